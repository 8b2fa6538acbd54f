"""Ready by closing time (B13): what the next open day still lacks, and when that becomes somebody's trouble."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from db.enums import AppointmentStatus
from services.calendar_days import calendar, next_open_day
from services.day_bookings import Planned, bookings_of_day, ready_count
from services.i18n import N_
from services.work import Work

NEAR_CLOSING = timedelta(minutes=90)


@dataclass(frozen=True)
class DayName:
    """A day inside a sentence, said in the reader's language."""

    day: date

    def say(self, language: str) -> str:
        """The day with its weekday, without the year."""
        return format_date(self.day, "EEEE d MMMM" if language == "en" else "M月d日EEEE", locale=language)


@dataclass(frozen=True)
class Preparation:
    """The next open day's bookings, and until when today they are to be prepared (None when the garage is closed today)."""

    day: date
    due_at: datetime | None
    bookings: Sequence[Planned]

    @property
    def ready(self) -> int:
        """How many bookings have everything."""
        return ready_count(self.bookings)

    @property
    def open(self) -> list[Planned]:
        """The bookings that lack something."""
        return [one for one in self.bookings if not one.ready]


def preparation(work: Work) -> Preparation:
    """How far the next open day is prepared. A fixed number of queries."""
    today = work.local(work.now).date()
    day = next_open_day(work, today)
    return Preparation(day, _closing(work, today), bookings_of_day(work, day))


def lacking(one: Planned) -> list[str]:
    """What a booking still lacks, as English source texts."""
    said = (
        (not one.placed, N_("no bay or technician")),
        (one.waits_for_part, AppointmentStatus.WAITING_PARTS.label),
        (any(part.bought is None for part in one.short), N_("part missing, not ordered")),
        (any(part.bought is not None for part in one.short), N_("part on its way")),
        (bool(one.to_pick), N_("parts to pick")),
    )
    return [words for true, words in said if true]


def overdue(work: Work) -> Preparation | None:
    """The next open day when closing time is near or past today and something is still lacking; None otherwise."""
    due_at = _closing(work, work.local(work.now).date())
    if due_at is None or work.now < due_at - NEAR_CLOSING:
        return None
    found = preparation(work)
    return found if found.open else None


def _closing(work: Work, day: date) -> datetime | None:
    hours = calendar(work, day, day).of(day).hours
    if hours is None:
        return None
    midnight = datetime.combine(day, time(), work.zone)
    return midnight + timedelta(minutes=hours[1])  # on the wall clock: aware datetimes of one zone add that way
