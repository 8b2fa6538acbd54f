"""Bookings and the reservations that hold their places."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field

from db.base import Base
from db.enums import AppointmentStatus, Channel, UnmetReason
from db.enums_desk import ReturnKind
from db.models.columns import exact, instant, key, one_of, ref


class Appointment(Base, table=True):
    """A booking. `minutes` is how long the car needs a place; `price` what the customer was told."""

    __table_args__ = (Index("ix_appointment_status_starts", "status", "starts_at"),)

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    customer_id: int = ref("customer.id")
    vehicle_id: int = ref("vehicle.id")
    advisor_id: int | None = ref("staff.id", optional=True, index=False)
    status: AppointmentStatus = one_of(AppointmentStatus, AppointmentStatus.REQUESTED)
    channel: Channel = one_of(Channel, Channel.PHONE)
    garage_called: bool = False
    concern: str = Field(default="", max_length=2000)
    clarification: str = Field(default="", max_length=2000)
    starts_at: datetime | None = instant(optional=True, index=True)
    minutes: int = 0
    price: Decimal = exact()
    waits: bool = False
    reason: str = Field(default="", max_length=300)
    unmet_reason: UnmetReason | None = one_of(UnmetReason, optional=True)
    override_reason: str = Field(default="", max_length=300)
    reminded_at: datetime | None = instant(optional=True)
    wished_at: datetime | None = instant(optional=True)
    answers: dict[str, Any] | None = Field(default=None, sa_type=JSON, description="clarifying questions, by symptom")
    stock_question: str | None = Field(default=None, max_length=300)
    returns: ReturnKind | None = one_of(ReturnKind, optional=True)
    created_at: datetime = instant(index=True)
    version: int = 1


class AppointmentJob(Base, table=True):
    """A likely job of a booking, with the price told."""

    id: int = key()
    appointment_id: int = ref("appointment.id")
    job_id: int = ref("job.id", index=False)
    minutes: int
    price: Decimal = exact()


class Reservation(Base, table=True):
    """One bay or one person is taken from `starts_at` to `ends_at`. Overlaps are refused by the database (db/ddl.py)."""

    __table_args__ = (
        CheckConstraint("(bay_id IS NULL) <> (staff_id IS NULL)", name="one_resource"),
        CheckConstraint("starts_at < ends_at", name="runs_forward"),
        Index("ix_reservation_bay_starts", "bay_id", "starts_at"),
        Index("ix_reservation_staff_starts", "staff_id", "starts_at"),
    )

    id: int = key()
    appointment_id: int | None = ref("appointment.id", optional=True)
    order_id: int | None = ref("work_order.id", optional=True)
    bay_id: int | None = ref("bay.id", optional=True, index=False)
    staff_id: int | None = ref("staff.id", optional=True, index=False)
    starts_at: datetime = instant(index=True)
    ends_at: datetime = instant()
