"""What was planned for a car when it is given to somebody: who helps, and what of it lies on later days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.models import Reservation
from services.calendar_days import calendar_days
from services.slots import GRID, instant
from services.work import Work

_LONGEST = timedelta(days=7)  # nothing holds a place for longer than a week


@dataclass(frozen=True)
class Plan:
    """The places held for a car: those up to the end of the day work begins on, and those of `later` days."""

    day: Sequence[Reservation]
    later: Sequence[Reservation]

    def partners(self, staff_id: int) -> list[int]:
        """Who was planned to work on it together with `staff_id`, or with the one they stand in for."""
        first = min((row.starts_at for row in self.day if row.staff_id), default=None)
        team = [row.staff_id for row in self.day if row.staff_id and row.starts_at == first]
        others = [one for one in team if one != staff_id]
        return others[len(others) - len(team) + 1 :]

    def until(self, work: Work, start: datetime, whole: datetime) -> datetime:
        """How long places are held from `start` on: until the work is done (`whole`), but a large job only as far as it is
        planned for that day, else until closing; the rest follows on later days."""
        if self.later:
            planned = max((row.ends_at for row in self.day), default=whole)
            return min(max(planned, start + GRID), whole)
        if work.local(whole).date() == work.local(start).date():
            return whole
        (day,) = calendar_days(work, work.local(start).date(), 1)
        closes = instant(day.day, day.hours[1], work.zone) if day.hours else whole
        return min(closes, whole) if closes > start else whole


def plan_of(work: Work, order_id: int, start: datetime) -> Plan:
    """The places held for an order, as seen from when its work begins."""
    query = select(Reservation).where(Reservation.order_id == order_id).order_by(col(Reservation.id))
    rows = work.db.exec(query).all()
    day = work.local(start).date()
    later = [row for row in rows if work.local(row.starts_at).date() > day]
    return Plan([row for row in rows if row not in later], later)


def next_taken(
    work: Work, order_id: int, staff_id: int, bay_id: int, start: datetime, until: datetime
) -> datetime | None:
    """When the person or the bay has another car first, after `start` and before `until`."""
    rows = select(Reservation.starts_at).where(
        (Reservation.staff_id == staff_id) | (Reservation.bay_id == bay_id),
        col(Reservation.starts_at) > start,
        col(Reservation.starts_at) < until,
        col(Reservation.order_id).is_distinct_from(order_id),
    )
    return work.db.exec(rows.order_by(col(Reservation.starts_at)).limit(1)).first()


def taken(work: Work, staff_id: int, start: datetime, until: datetime) -> bool:
    """Whether somebody has another car in that time."""
    overlap = (
        Reservation.staff_id == staff_id,
        col(Reservation.starts_at) > start - _LONGEST,
        col(Reservation.starts_at) < until,
        col(Reservation.ends_at) > start,
    )
    return work.db.exec(select(Reservation.id).where(*overlap)).first() is not None
