"""Parts kept for bookings, and parts to buy."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base
from db.enums_desk import PurchaseStatus
from db.models.columns import exact, instant, key, one_of, ref


class PartReservation(Base, table=True):
    """A part kept for a booking, or for an order that has none, until it is issued or the visit is over.

    `picked_at`: lies ready with a label.
    """

    __table_args__ = (UniqueConstraint("appointment_id", "part_id"), UniqueConstraint("order_id", "part_id"))

    id: int = key()
    part_id: int = ref("part.id")
    appointment_id: int | None = ref("appointment.id", optional=True, index=False)
    order_id: int | None = ref("work_order.id", optional=True, index=False)
    quantity: Decimal = exact()
    picked_at: datetime | None = instant(optional=True)
    picked_by_id: int | None = ref("staff.id", optional=True, index=False)
    created_at: datetime = instant()


class PurchaseLine(Base, table=True):
    """A part to buy, in the words of who asks for it; for a booking that waits, for an order, or for the shelf."""

    id: int = key()
    part_id: int | None = ref("part.id", optional=True)
    appointment_id: int | None = ref("appointment.id", optional=True)
    what: str = Field(max_length=160)
    quantity: Decimal = exact(Decimal(1))
    status: PurchaseStatus = one_of(PurchaseStatus, PurchaseStatus.PLANNED, index=True)
    supplier: str = Field(default="", max_length=120)
    expected_on: date | None = None
    reason: str = Field(default="", max_length=300)
    created_at: datetime = instant()
    arrived_at: datetime | None = instant(optional=True, index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
    version: int = 1
    order_id: int | None = ref("work_order.id", optional=True)
    purchase_order_id: int | None = ref("purchase_order.id", optional=True)
    supplier_id: int | None = ref("supplier.id", optional=True, index=False)
    unit_cost: Decimal | None = exact(optional=True)
