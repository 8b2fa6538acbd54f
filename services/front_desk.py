"""The counter, half-hour by half-hour: who is at work there, which cars are picked up, which booked ones arrive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import AppointmentStatus, OrderStatus
from db.models import Appointment, WorkOrder
from db.types import UtcDateTime
from services import permissions as may
from services.at_work import AtWork, at_work
from services.people import people_with
from services.shared import shared
from services.work import Work

HALF_HOUR = timedelta(minutes=30)
_FROM = bindparam("start", type_=UtcDateTime())
_PICKED_UP: Any = sa_select(col(WorkOrder.id), col(WorkOrder.advisor_id), col(WorkOrder.pick_up_at)).where(
    col(WorkOrder.status) == OrderStatus.READY, col(WorkOrder.pick_up_at) >= _FROM
)
_ARRIVES: Any = sa_select(col(Appointment.id), col(Appointment.advisor_id), col(Appointment.starts_at)).where(
    col(Appointment.status) == AppointmentStatus.CONFIRMED,
    col(Appointment.starts_at) >= _FROM,
    col(Appointment.starts_at) < bindparam("end", type_=UtcDateTime()),
)
Taken = Mapping[datetime, Sequence[int | None]]  # by half-hour, the advisor of each car


@dataclass(frozen=True)
class FrontDesk:
    """The next week at the counter. `people` are the names of those who hand over, by id."""

    people: Mapping[int, str]
    hours: AtWork
    picked_up: Taken
    arriving: Taken

    def there(self, staff_id: int, moment: datetime) -> bool:
        """Whether they are at work then."""
        return any(first <= moment < last for first, last in self.hours.spans.get(staff_id, ()))

    def free(self, moment: datetime) -> list[int]:
        """Who is at work then and has no car of their own to hand over or to receive, by name; never more than are left when
        every car takes somebody."""
        taken = [*self.picked_up.get(half_hour(moment), ()), *self.arriving.get(half_hour(moment), ())]
        there = [key for key in self.people if self.there(key, moment)]
        mine = [key for key in there if key not in taken]
        return mine[: max(len(there) - len(taken), 0)]


def front_desk(work: Work, *, without: int | None = None) -> FrontDesk:
    """The counter from this half-hour on for a week, without the pick-up of one order. Seven queries, however many cars."""
    start = half_hour(work.now)
    return shared(work, (front_desk, start, without), lambda: _read(work, start, without))


def _read(work: Work, start: datetime, without: int | None) -> FrontDesk:
    people = {one.id: one.name for one in people_with(work, may.DELIVERS)}
    hours = at_work(work, people)
    picked_up = work.db.execute(_PICKED_UP, {"start": start}).all()
    arriving = work.db.execute(_ARRIVES, {"start": start, "end": hours.days[-1][1]}).all()
    return FrontDesk(people, hours, _taken(row for row in picked_up if row[0] != without), _taken(arriving))


def half_hour(moment: datetime) -> datetime:
    """When the half-hour began that a moment lies in."""
    return moment - timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)


def _taken(rows: Any) -> dict[datetime, list[int | None]]:
    found: dict[datetime, list[int | None]] = {}
    for _, advisor_id, at in rows:
        found.setdefault(half_hour(at), []).append(advisor_id)
    return found
