"""Bookings as calendar files (iCalendar): one booking for its customer, and the garage's bookings as a feed to subscribe to."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar
from icalendar import Event as Entry
from sqlmodel import col, func, select

from db.enums import AppointmentStatus
from db.models import Event, Garage
from services.boards import local_day
from services.booking_papers import PAPERS
from services.day_bookings import Planned, bookings_between, planned
from services.i18n import N_, translate
from services.newest import newest
from services.work import Work

BACK, AHEAD = timedelta(days=30), timedelta(days=90)
SHORTEST = timedelta(minutes=15)
_TENTATIVE = (AppointmentStatus.REQUESTED, AppointmentStatus.WAITING_PARTS)
_OFF = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.UNMET)
_SHOWN = tuple(status for status in AppointmentStatus if status not in _OFF)


def appointment_file(work: Work, appointment_id: int) -> bytes:
    """One booking as its customer keeps it, in the customer's language; a cancelled one takes itself out of the calendar.

    Refuses with NotFound. Times are written in UTC, which no change of the clocks can make doubtful.
    """
    one = planned(work, appointment_id)
    language = one.customer.language or work.garage.language
    entry = _entry(one, _changed(work, [one.row.id]).get(one.row.id, one.row.created_at))
    entry.add("summary", f"{work.garage.name}: {one.car.plate} · {one.what}")
    entry.add("description", _told(one, work.garage, language))
    if work.garage.address:
        entry.add("location", work.garage.address)
    return bytes(_calendar([entry], "CANCEL" if one.row.status in _OFF else "PUBLISH").to_ical())


def feed_version(work: Work) -> tuple[str, datetime]:
    """What changes when the feed may have changed, and since when it stands: two look-ups, however long the history."""
    last, version = newest(work.db.connection())
    today, _ = local_day(work)
    row = work.db.get(Event, last) if last else None
    return f"{today:%Y%m%d}-{version}", max(today.astimezone(UTC), row.at) if row else today


def feed_file(work: Work) -> bytes:
    """The garage's bookings, 30 days back and 90 ahead, in its language: plate, jobs, bay, people. No names of customers."""
    today, _ = local_day(work)
    found = bookings_between(work, today - BACK, today + AHEAD, _SHOWN)
    changed = _changed(work, [one.row.id for one in found])
    calendar = _calendar([_in_feed(work, one, changed) for one in found], "PUBLISH")
    name = translate(work.garage.language, N_("Bookings of {garage}"), garage=work.garage.name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", work.garage.zone)
    calendar.add("x-published-ttl", "PT15M")
    return bytes(calendar.to_ical())


def _calendar(entries: Collection[Entry], method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Service Lane//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(entry)
    return calendar


def _in_feed(work: Work, one: Planned, changed: dict[int, datetime]) -> Entry:
    entry = _entry(one, changed.get(one.row.id, one.row.created_at))
    places = dict.fromkeys(name for stay in one.stays for name in (stay.bay, *stay.people))
    entry.add("summary", f"{one.car.plate} · {one.what}")
    entry.add("location", " · ".join(filter(None, places)))
    status = translate(work.garage.language, one.row.status.label)
    entry.add("description", "\n".join(filter(None, (one.row.number, status, one.advisor))))
    return entry


def _entry(one: Planned, changed: datetime) -> Entry:
    """What both have in common. The identity never changes, and the sequence grows with every change of the booking."""
    row = one.row
    starts = (row.starts_at or row.created_at).astimezone(UTC)
    ends = max((stay.ends_at for stay in one.stays), default=starts + timedelta(minutes=row.minutes))
    entry = Entry()
    entry.add("uid", f"{row.number}-{row.created_at:%Y%m%dT%H%M%S%f}@service-lane")
    entry.add("sequence", row.version)
    entry.add("dtstamp", changed.astimezone(UTC))
    entry.add("last-modified", changed.astimezone(UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", max(ends.astimezone(UTC), starts + SHORTEST))
    entry.add("status", _status(row.status))
    entry.add("transp", "OPAQUE")
    return entry


def _status(status: AppointmentStatus) -> str:
    if status in _OFF:
        return "CANCELLED"
    return "TENTATIVE" if status in _TENTATIVE else "CONFIRMED"


def _told(one: Planned, garage: Garage, language: str) -> str:
    bring = ", ".join(translate(language, paper) for paper in PAPERS)
    lines = (
        translate(language, N_("Booking {number}"), number=one.row.number),
        f"{translate(language, N_('Please bring'))}: {bring}",
        f"{translate(language, N_('Questions'))}: {garage.phone}" if garage.phone else "",
    )
    return "\n".join(filter(None, lines))


def _changed(work: Work, keys: Collection[int]) -> dict[int, datetime]:
    """When something last happened to each booking."""
    newest: Any = func.max(Event.id)
    about = (Event.subject == "appointment", col(Event.subject_id).in_(keys))
    last = select(newest).where(*about).group_by(col(Event.subject_id))
    return dict(work.db.exec(select(Event.subject_id, Event.at).where(col(Event.id).in_(last))).all())
