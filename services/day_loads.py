"""How full each day of a month is: share of the bays' open time, number of cars, and why the garage is closed."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from db.models import Reservation
from db.types import UtcDateTime
from services.booking_calendar import LONGEST
from services.capacity import capacity
from services.slots import instant
from services.work import Work


@dataclass(frozen=True)
class DayLoad:
    """A day: `share` of the bays' open time that is taken, None on a day the garage is closed; `reason` says why it is, or why
    it is not as every week."""

    day: date
    share: float | None
    cars: int
    reason: str = ""


_TAKEN: Any = Reservation.__table__.c  # type: ignore[attr-defined]
_CARS = select(_TAKEN.appointment_id, _TAKEN.order_id, _TAKEN.starts_at, _TAKEN.ends_at).where(
    _TAKEN.starts_at >= bindparam("since", type_=UtcDateTime()),
    _TAKEN.starts_at < bindparam("end", type_=UtcDateTime()),
    _TAKEN.bay_id.is_not(None),
)


def day_loads(work: Work, first: date, days: int) -> list[DayLoad]:
    """The days from `first` on. A fixed number of queries that look at no more than these days."""
    free = capacity(work, first, days, people=False)
    start, end = (instant(day, 0, work.zone) for day in (first, first + timedelta(days=days)))
    rows = work.db.connection().execute(_CARS, {"since": start - LONGEST, "end": end})
    cars = cars_by_day(
        (row.appointment_id or -row.order_id, work.local(row.starts_at), work.local(row.ends_at)) for row in rows
    )
    load = free.load()
    return [DayLoad(one.day, load.get(one.day), cars.get(one.day, 0), one.reason) for one in free.days]


def cars_by_day(stays: Iterable[tuple[Hashable, datetime, datetime]]) -> dict[date, int]:
    """How many cars stand in the bays on each day. `stays`: whose, from, to on the garage's clock; one that ends at midnight does
    not count for the day that begins then."""
    found: dict[date, set[Hashable]] = defaultdict(set)
    for key, starts, ends in stays:
        last = (ends - timedelta(microseconds=1)).date()
        for number in range((last - starts.date()).days + 1):
            found[starts.date() + timedelta(days=number)].add(key)
    return {day: len(keys) for day, keys in found.items()}
