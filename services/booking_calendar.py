"""What the calendar shows: every place held in a stretch of time, with the car that holds it, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import DateTime, bindparam, func, literal, select, type_coerce, union_all

from db.base import Base
from db.enums import EXPECTED, AppointmentStatus, OrderStatus
from db.models import Appointment, AppointmentJob, Customer, Job, OrderJob, Reservation, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.shared import shared
from services.work import Work

LONGEST = timedelta(days=7)  # nothing holds a place for longer than a week
HeldBy = Literal["bay", "person", "both"]


@dataclass(frozen=True, slots=True)
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
        return self.order_id is None and self.status in EXPECTED


def _columns(table: type[Base]) -> Any:
    return table.__table__.c  # type: ignore[attr-defined]


_PLACE, _BOOKING, _ORDER = _columns(Reservation), _columns(Appointment), _columns(WorkOrder)
_CAR, _OWNER = _columns(Vehicle), _columns(Customer)
_BOOKED, _JOB, _TO_DO = _columns(AppointmentJob), _columns(Job), _columns(OrderJob)
_INSIDE = (
    _PLACE.starts_at >= bindparam("since", type_=UtcDateTime()),
    _PLACE.starts_at < bindparam("end", type_=UtcDateTime()),
    _PLACE.ends_at > bindparam("start", type_=UtcDateTime()),
)
_OF: dict[HeldBy, tuple[Any, ...]] = {
    "bay": (_PLACE.bay_id.is_not(None),),
    "person": (_PLACE.staff_id.is_not(None),),
    "both": (),
}
# Only the columns, with the times as the driver reads them: whole rows of a full week cost more to load than all the rest.
# Built once, because putting a statement together costs more than running it.
_HELD: dict[HeldBy, Any] = {
    of: select(
        _PLACE.id, _PLACE.appointment_id, _PLACE.order_id, _PLACE.bay_id, _PLACE.staff_id,
        *(type_coerce(column, DateTime(timezone=True)) for column in (_PLACE.starts_at, _PLACE.ends_at)),
        _CAR.plate, _OWNER.name, func.coalesce(_ORDER.concern, _BOOKING.concern), _ORDER.status, _BOOKING.status,
    )
    .select_from(Reservation)
    .outerjoin(WorkOrder, _ORDER.id == _PLACE.order_id)
    .outerjoin(Appointment, _BOOKING.id == _PLACE.appointment_id)
    .outerjoin(Vehicle, _CAR.id == func.coalesce(_ORDER.vehicle_id, _BOOKING.vehicle_id))
    .outerjoin(Customer, _OWNER.id == func.coalesce(_ORDER.customer_id, _BOOKING.customer_id))
    .where(*_INSIDE, *only)
    .order_by(_PLACE.starts_at, _PLACE.id)
    for of, only in _OF.items()
}  # fmt: skip
_JOBS: Any = union_all(
    select(literal(0), _BOOKED.appointment_id, _JOB.name, _BOOKED.id)
    .join_from(AppointmentJob, Job, _JOB.id == _BOOKED.job_id)
    .where(_BOOKED.appointment_id.in_(select(_PLACE.appointment_id).where(*_INSIDE, _PLACE.order_id.is_(None)))),
    select(literal(1), _TO_DO.order_id, _TO_DO.title, _TO_DO.id).where(
        _TO_DO.order_id.in_(select(_PLACE.order_id).where(*_INSIDE))
    ),
).order_by("id")


def held(work: Work, start: datetime, end: datetime, of: HeldBy = "both") -> list[Held]:
    """The places held between two instants, by time: those of bays, of people, or both. Two queries, however many."""
    return shared(work, (held, start, end, of), lambda: _read(work, start, end, of))


def _read(work: Work, start: datetime, end: datetime, of: HeldBy) -> list[Held]:
    ask, between = work.db.connection().execute, {"since": start - LONGEST, "start": start, "end": end}
    rows = ask(_HELD[of], between).all()
    jobs: dict[tuple[int, int], list[str]] = {}
    for kind, key, name, _ in ask(_JOBS, between) if rows else ():
        jobs.setdefault((kind, key), []).append(name)
    return list(_each(rows, jobs))


def _each(rows: Any, jobs: dict[tuple[int, int], list[str]]) -> Iterator[Held]:
    for key, booking, order, bay, person, starts, ends, plate, customer, concern, shop, booked in rows:
        what = jobs.get((1, order) if order else (0, booking))
        yield Held(
            key, booking, order, bay, person, _utc(starts), _utc(ends), plate or "", customer or "",
            " · ".join(what) if what else concern or "", shop or booked,
        )  # fmt: skip


def _utc(moment: datetime) -> datetime:
    """SQLite keeps no zone: what is stored bare is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
