"""When something is due: by the date, or by the kilometres a car is expected to have by then. Pure calculation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS = 30  # readings closer together say little about a year
READ_BACK = timedelta(days=730)  # how somebody drove before that tells little of how they drive now
MOST_DAYS_ON = 3650  # further ahead nobody plans
FIRST_SERVICE_MONTHS = 6
FIRST_YEAR_MONTHS = 12


@dataclass(frozen=True, order=True)
class Reading:
    """What the odometer showed on a day, in km."""

    on: date
    km: int


@dataclass(frozen=True)
class Use:
    """How a car is driven: `km` in `days` up to its last reading."""

    km: int
    days: int
    last: Reading

    def on_day(self, day: date) -> int:
        """The reading expected on a day, whole kilometres rounded down."""
        return self.last.km + max((day - self.last.on).days, 0) * self.km // self.days

    def reaches(self, km: int) -> date | None:
        """The first day it is expected to show `km`; the day of the last reading when it did then, None beyond ten years."""
        missing = km - self.last.km
        days = -(-missing * self.days // self.km) if missing > 0 else 0
        return self.last.on + timedelta(days=days) if days <= MOST_DAYS_ON else None


def use_of(readings: Iterable[Reading]) -> Use | None:
    """How a car is driven, from its readings; None when there are too few to say: fewer than two, less than 30 days apart, or
    no kilometre driven between them.

    After a reading below the one before (a new instrument, a slip) only what follows counts.
    """
    known = _since_it_last_went_back(readings)
    if len(known) < 2:
        return None
    last = known[-1]
    first = next((one for one in known[:-1] if one.on >= last.on - READ_BACK), known[-2])
    days, km = (last.on - first.on).days, last.km - first.km
    return Use(km, days, last) if days >= LEAST_DAYS and km > 0 else None


def months_on(day: date, months: int) -> date:
    """The same day some months later, the last of the month when there is no such day. `months` may be negative."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def next_service(
    *, next_on: date | None, last_on: date | None, months: int | None, at_km: int | None, use: Use | None
) -> tuple[date, int | None] | None:
    """When the routine service is due, date or expected kilometres whichever comes first, with the km when these decide.

    The date is `next_on`, or `last_on` and `months` after it. None when neither date nor kilometres say anything.
    """
    by_date = next_on or (months_on(last_on, months) if last_on and months else None)
    by_km = use.reaches(at_km) if use and at_km is not None else None
    if by_km and (by_date is None or by_km < by_date):
        return by_km, at_km
    return (by_date, None) if by_date else None


def first_service(registered: date, months: int | None) -> date:
    """When a new car's first service is due: after six months, or after the catalogue's interval when that is shorter."""
    return months_on(registered, min(FIRST_SERVICE_MONTHS, months or FIRST_SERVICE_MONTHS))


def _since_it_last_went_back(readings: Iterable[Reading]) -> Sequence[Reading]:
    known: list[Reading] = []
    for reading in sorted(readings):
        if known and reading.km < known[-1].km:
            known = []
        known.append(reading)
    return known
