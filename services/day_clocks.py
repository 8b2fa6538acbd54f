"""The clocks of a day: who worked on which car from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import OrderStatus
from db.models import ClockEntry, OrderJob, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.work import Work

_LONGEST = timedelta(days=1)  # a clock forgotten for longer shows up where forgotten clocks are asked about


@dataclass(frozen=True)
class Clocked:
    """One stretch of work of one person. `ends_at` None: the clock runs."""

    order_id: int
    staff_id: int
    bay_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    job: str
    plate: str
    status: OrderStatus


_CLOCKS: Any = (
    sa_select(
        col(ClockEntry.order_id), col(ClockEntry.staff_id), col(WorkOrder.bay_id), col(ClockEntry.started_at),
        col(ClockEntry.ended_at), col(OrderJob.title), col(Vehicle.plate), col(WorkOrder.status),
    )
    .join(WorkOrder, col(WorkOrder.id) == col(ClockEntry.order_id))
    .join(OrderJob, col(OrderJob.id) == col(ClockEntry.order_job_id))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .where(
        col(ClockEntry.started_at) >= bindparam("since", type_=UtcDateTime()),
        col(ClockEntry.started_at) < bindparam("end", type_=UtcDateTime()),
        or_(col(ClockEntry.ended_at).is_(None), col(ClockEntry.ended_at) > bindparam("start", type_=UtcDateTime())),
    )
    .order_by(col(ClockEntry.started_at), col(ClockEntry.id))
)  # fmt: skip


def clocks_between(work: Work, start: datetime, end: datetime) -> Sequence[Clocked]:
    """The clocks that ran between two instants, by time. One query, by the index of their beginning."""
    rows = work.db.execute(_CLOCKS, {"since": start - _LONGEST, "start": start, "end": end})
    return [Clocked(*row) for row in rows]
