"""What kind of day a date is: open and from when to when, whose weekday's shifts hold, closed and why. The one place that decides.

First the manager's own word about the day counts, then (when the garage keeps them) public holidays and make-up working days,
then the weekly hours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import ClosingDay, OpeningHours
from services.i18n import N_, translate
from services.public_holidays import HolidayName, make_up_days
from services.work import Work

MAKE_UP = N_("Make-up working day")
_HOURS: Any = select(OpeningHours)
_BETWEEN: Any = select(ClosingDay).where(col(ClosingDay.day).between(bindparam("first"), bindparam("last")))
LOOK_AHEAD_DAYS = 400  # further than the longest run of closed days, and than anybody books
Week = Mapping[int, tuple[int, int]]  # opening and closing in minutes after midnight, by weekday


class Special(Protocol):
    """The manager's word about a day."""

    @property
    def reason(self) -> str: ...
    @property
    def open(self) -> bool: ...
    @property
    def opens(self) -> int | None: ...
    @property
    def closes(self) -> int | None: ...


@dataclass(frozen=True)
class Day:
    """A date: `hours` in minutes after midnight, None when closed; `weekday` whose shifts are worked; `reason` why it is closed,
    or why it is not as every week; `holiday` the name of the public holiday it is, whether kept or not."""

    day: date
    hours: tuple[int, int] | None
    weekday: int
    reason: str = ""
    holiday: str = ""
    special: bool = False

    @property
    def open(self) -> bool:
        """Whether the garage works."""
        return self.hours is not None

    def said(self, language: str) -> str:
        """The reason in the reader's language; what the manager wrote stays as it is."""
        return self.reason.say(language) if isinstance(self.reason, HolidayName) else translate(language, self.reason)


@dataclass(frozen=True)
class Calendar:
    """The weekly hours, what the manager said about days, and the country whose holidays are kept ("" for none)."""

    week: Week
    special: Mapping[date, Special]
    country: str = ""
    language: str = "en"

    def of(self, day: date) -> Day:
        """What kind of day that is."""
        name = self.holiday(day)
        said = self.special.get(day)
        if said is not None:
            hours, weekday = self._as_usual(day)
            own = (said.opens, said.closes) if said.opens is not None and said.closes is not None else hours
            return Day(day, own if said.open else None, weekday, said.reason or name, name, special=True)
        if name:
            return Day(day, None, day.weekday(), name, name)
        if self.country and day in make_up_days(self.country, day.year):
            return Day(day, *self._as_usual(day), MAKE_UP)
        return Day(day, self.week.get(day.weekday()), day.weekday())

    def holiday(self, day: date) -> str:
        """The name of the holiday kept on that day."""
        return HolidayName(self.country, day, self.language)

    def _as_usual(self, day: date) -> tuple[tuple[int, int] | None, int]:
        """The hours of its weekday; of Monday, or of the first open weekday, when that one is closed every week."""
        for weekday in (day.weekday(), 0, *sorted(self.week)):
            if weekday in self.week:
                return self.week[weekday], weekday
        return None, day.weekday()


def calendar_from(work: Work, hours: Iterable[Any], special: Mapping[date, Special]) -> Calendar:
    """The calendar from rows that were read already: weekly hours, and what the manager said by day."""
    garage = work.garage
    return Calendar(
        {row.weekday: (row.opens, row.closes) for row in hours},
        special,
        garage.country if garage.keeps_holidays else "",
        work.by.language or garage.language,
    )


def calendar(work: Work, first: date, last: date) -> Calendar:
    """The calendar of the days from `first` to `last`, both included. Two queries."""
    special = work.db.execute(_BETWEEN, {"first": first, "last": last}).scalars()
    return calendar_from(work, work.db.execute(_HOURS).scalars(), {row.day: row for row in special})


def calendar_days(work: Work, first: date, days: int) -> list[Day]:
    """What kind of days they are, one after the other. Two queries."""
    found = calendar(work, first, first + timedelta(days=days - 1))
    return [found.of(first + timedelta(days=number)) for number in range(days)]


def is_open(work: Work, day: date) -> bool:
    """Whether the garage works on that day."""
    return calendar(work, day, day).of(day).open


def next_open_day(work: Work, after: date) -> date:
    """The first day after `after` on which the garage works; the very next one when it never opens. Two queries."""
    found = calendar(work, after, after + timedelta(days=LOOK_AHEAD_DAYS))
    ahead = (after + timedelta(days=number) for number in range(1, LOOK_AHEAD_DAYS + 1))
    return next((day for day in ahead if found.of(day).open), after + timedelta(days=1))


def days_ahead(work: Work, days: int) -> Sequence[Day]:
    """From today on, the days that are not as every week: holidays, make-up days, and those the manager spoke about."""
    first = work.local(work.now).date()
    found = calendar(work, first, first + timedelta(days=days))
    ahead = (found.of(first + timedelta(days=number)) for number in range(days + 1))
    return [day for day in ahead if day.special or day.reason]
