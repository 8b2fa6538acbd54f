"""What the calendar shows: every place held in a stretch of time, with the car that holds it, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import AppointmentStatus, OrderStatus
from db.models import Appointment, AppointmentJob, Customer, Job, OrderJob, Reservation, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.work import Work

LONGEST = timedelta(days=7)  # nothing holds a place for longer than a week
MOVABLE = (AppointmentStatus.REQUESTED, AppointmentStatus.CONFIRMED, AppointmentStatus.WAITING_PARTS)


@dataclass(frozen=True)
class Held:
    """One bay or one person held for a car."""

    reservation_id: int
    appointment_id: int | None
    order_id: int | None
    bay_id: int | None
    staff_id: int | None
    starts_at: datetime
    ends_at: datetime
    plate: str
    customer: str
    what: str
    status: AppointmentStatus | OrderStatus | None

    @property
    def whose(self) -> int:
        """The same number for all places of one visit."""
        return self.appointment_id or -(self.order_id or 0)

    @property
    def movable(self) -> bool:
        """Whether it is still a booking, and not a car in the shop."""
        return self.order_id is None and self.status in MOVABLE


@dataclass(frozen=True)
class _Car:
    plate: str
    customer: str
    what: str
    status: AppointmentStatus | OrderStatus


_UNKNOWN = ("", "", "", None)


# Only the columns: whole rows of a full week cost more to load than all the rest.
_TAKEN = Reservation.__table__.c  # type: ignore[attr-defined]
_HELD: Any = (
    sa_select(
        *(_TAKEN[name] for name in ("id", "appointment_id", "order_id", "bay_id", "staff_id", "starts_at", "ends_at"))
    )
    .where(
        _TAKEN.starts_at >= bindparam("since", type_=UtcDateTime()),
        _TAKEN.starts_at < bindparam("end", type_=UtcDateTime()),
        _TAKEN.ends_at > bindparam("start", type_=UtcDateTime()),
    )
    .order_by(_TAKEN.starts_at, _TAKEN.id)
)


def held(work: Work, start: datetime, end: datetime) -> list[Held]:
    """The places held between two instants, by time. Five queries, however many."""
    rows = work.db.execute(_HELD, {"since": start - LONGEST, "start": start, "end": end}).all()
    bookings = _bookings(work, {row.appointment_id for row in rows if row.appointment_id and not row.order_id})
    orders = _orders(work, {row.order_id for row in rows if row.order_id})
    return [_one(row, orders.get(row.order_id or 0) or bookings.get(row.appointment_id or 0)) for row in rows]


def _one(row: Any, car: _Car | None) -> Held:
    plate, customer, what, status = (car.plate, car.customer, car.what, car.status) if car else _UNKNOWN
    return Held(row.id, row.appointment_id, row.order_id, row.bay_id, row.staff_id, row.starts_at, row.ends_at,
                plate, customer, what, status)  # fmt: skip


def _bookings(work: Work, keys: Iterable[int]) -> dict[int, _Car]:
    jobs = _jobs(work, select(AppointmentJob.appointment_id, Job.name).join(Job, col(Job.id) == AppointmentJob.job_id)
                 .where(col(AppointmentJob.appointment_id).in_(list(keys))).order_by(col(AppointmentJob.id)))  # fmt: skip
    return _cars(work, Appointment, keys, jobs)


def _orders(work: Work, keys: Iterable[int]) -> dict[int, _Car]:
    titles = select(OrderJob.order_id, OrderJob.title).where(col(OrderJob.order_id).in_(list(keys)))
    return _cars(work, WorkOrder, keys, _jobs(work, titles.order_by(col(OrderJob.id))))


def _jobs(work: Work, query: Any) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for key, name in work.db.exec(query):
        found.setdefault(key, []).append(name)
    return {key: " · ".join(names) for key, names in found.items()}


def _cars(work: Work, table: Any, keys: Iterable[int], jobs: dict[int, str]) -> dict[int, _Car]:
    """The cars of bookings or of orders."""
    query: Any = (
        sa_select(table.id, table.concern, table.status, col(Vehicle.plate), col(Customer.name))
        .join(Vehicle, col(Vehicle.id) == col(table.vehicle_id))
        .join(Customer, col(Customer.id) == col(table.customer_id))
        .where(col(table.id).in_(list(keys)))
    )
    rows = work.db.execute(query)
    return {key: _Car(plate, name, jobs.get(key) or concern, status) for key, concern, status, plate, name in rows}
