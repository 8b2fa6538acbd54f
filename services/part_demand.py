"""Who needs which parts: the cars that are here, and the bookings ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import EXPECTED, Answer
from db.models import Appointment, AppointmentJob, JobPart, OrderLine, Vehicle, WorkOrder
from services.order_moves import ORDERS
from services.work import Work


@dataclass(frozen=True)
class Want:
    """How much of a part a car needs, and when: as promised, or as booked. `booked_id`: the booking a car here came with."""

    part_id: int
    quantity: Decimal
    at: datetime | None
    number: str
    plate: str
    order_id: int | None = None
    appointment_id: int | None = None
    booked_id: int | None = None

    @property
    def holders(self) -> list[tuple[str, int]]:
        """Under whose name the part may be kept or bought for this car."""
        found = (("order", self.order_id), ("booking", self.appointment_id), ("booking", self.booked_id))
        return [(kind, key) for kind, key in found if key]

    def only(self, quantity: Decimal) -> "Want":
        """The same with another quantity."""
        return replace(self, quantity=quantity)


def wants_here(work: Work) -> list[Want]:
    """What the agreed lines of the cars in the shop still need. One query."""
    query: Any = (
        sa_select(
            WorkOrder.id, WorkOrder.number, WorkOrder.promised_at, WorkOrder.appointment_id, Vehicle.plate,
            OrderLine.part_id, func.sum(col(OrderLine.quantity)), func.sum(col(OrderLine.issued)),
        )  # type: ignore[call-overload]
        .join(OrderLine, col(OrderLine.order_id) == col(WorkOrder.id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(
            col(WorkOrder.status).in_(ORDERS.move("issue").before), col(OrderLine.part_id).is_not(None),
            col(OrderLine.answer) == Answer.AGREED, col(OrderLine.issued) < col(OrderLine.quantity),
        )
        .group_by(col(WorkOrder.id), col(Vehicle.plate), col(OrderLine.part_id))
    )  # fmt: skip
    rows: Iterable[Any] = work.db.execute(query)
    return [Want(part, asked - issued, at, number, plate, order_id=key, booked_id=booked)
            for key, number, at, booked, plate, part, asked, issued in rows]  # fmt: skip


def wants_ahead(work: Work, until: datetime) -> list[Want]:
    """What the jobs of the bookings from now until then ask for. One query."""
    query: Any = (
        sa_select(
            Appointment.id, Appointment.number, Appointment.starts_at, Vehicle.plate, JobPart.part_id,
            func.sum(col(JobPart.quantity)),
        )  # type: ignore[call-overload]
        .join(AppointmentJob, col(AppointmentJob.appointment_id) == col(Appointment.id))
        .join(JobPart, col(JobPart.job_id) == col(AppointmentJob.job_id))
        .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
        .where(
            col(Appointment.status).in_(EXPECTED), col(Appointment.starts_at) >= work.now,
            col(Appointment.starts_at) < until,
        )
        .group_by(col(Appointment.id), col(Vehicle.plate), col(JobPart.part_id))
    )  # fmt: skip
    rows: Iterable[Any] = work.db.execute(query)
    return [
        Want(part, quantity, at, number, plate, appointment_id=key) for key, number, at, plate, part, quantity in rows
    ]
