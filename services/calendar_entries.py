"""What a booking is in a calendar file (iCalendar), for its customer and for the garage's feed alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event

from db.enums import AppointmentStatus

SHORTEST = timedelta(minutes=15)
OFF = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.UNMET)
_TENTATIVE = (AppointmentStatus.REQUESTED, AppointmentStatus.WAITING_PARTS)


@dataclass(frozen=True)
class CalendarEntry:
    """A booking's lines. Number and making name it for ever; `version` grows with every change; times are instants."""

    number: str
    created_at: datetime
    version: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    status: AppointmentStatus
    summary: str
    location: str
    description: str


def calendar_bytes(entries: Iterable[CalendarEntry], method: str, **named: str) -> bytes:
    """A whole calendar file. `named` are further lines of its head, such as x_wr_calname."""
    calendar = Calendar()
    calendar.add("prodid", "-//Service Lane//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for name, value in named.items():
        calendar.add(name.replace("_", "-"), value)
    head, end, rest = bytes(calendar.to_ical()).rpartition(b"END:VCALENDAR")
    return b"".join((head, *map(_lines, entries), end, rest))


@lru_cache(maxsize=8192)  # writing one takes a millisecond, a feed has thousands, and few change between two readings
def _lines(one: CalendarEntry) -> bytes:
    entry = Event()
    entry.add("uid", f"{one.number}-{one.created_at:%Y%m%dT%H%M%S%f}@service-lane")
    entry.add("sequence", one.version)
    entry.add("dtstamp", one.changed_at.astimezone(UTC))
    entry.add("last-modified", one.changed_at.astimezone(UTC))
    entry.add("dtstart", one.starts_at.astimezone(UTC))  # in UTC, which no change of the clocks can make doubtful
    entry.add("dtend", max(one.ends_at, one.starts_at + SHORTEST).astimezone(UTC))
    entry.add("status", _status(one.status))
    entry.add("summary", one.summary)
    if one.location:
        entry.add("location", one.location)
    entry.add("description", one.description)
    return bytes(entry.to_ical())


def _status(status: AppointmentStatus) -> str:
    if status in OFF:
        return "CANCELLED"
    return "TENTATIVE" if status in _TENTATIVE else "CONFIRMED"
