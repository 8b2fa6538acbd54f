"""Parts: who supplies them, which cars they fit, what they cost before, and what the workshop asks the store for."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base
from db.enums_workshop import PriceSource, RequisitionStatus
from db.models.columns import exact, instant, key, one_of, ref


class Supplier(Base, table=True):
    """Who sells parts. `delivery_days`: how many days an order usually takes."""

    id: int = key()
    name: str = Field(max_length=120, unique=True)
    contact: str = Field(default="", max_length=80)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=300)
    delivery_days: int | None = None
    active: bool = True


class PartSupplier(Base, table=True):
    """A part as a supplier sells it: under which number, at what cost. The preferred one is ordered from first."""

    part_id: int = Field(primary_key=True, foreign_key="part.id")
    supplier_id: int = Field(primary_key=True, foreign_key="supplier.id", index=True)
    code: str = Field(default="", max_length=60)
    cost: Decimal | None = exact(optional=True)
    preferred: bool = False
    updated_at: datetime = instant()


class PartFit(Base, table=True):
    """A car the part fits: make, model (none: all of the make) and years of building, both included."""

    __table_args__ = (Index("ix_part_fit_make_model", "make", "model"),)

    id: int = key()
    part_id: int = ref("part.id")
    make: str = Field(max_length=60)
    model: str = Field(default="", max_length=60)
    year_from: int | None = None
    year_to: int | None = None


class PriceChange(Base, table=True):
    """A part's price or cost before and after. Append-only."""

    id: int = key()
    part_id: int = ref("part.id")
    source: PriceSource = one_of(PriceSource)
    price_was: Decimal = exact()
    price: Decimal = exact()
    cost_was: Decimal = exact()
    cost: Decimal = exact()
    note: str = Field(default="", max_length=200)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class Requisition(Base, table=True):
    """Parts the workshop asks the store for, for one order: asked, picked, issued against a signature."""

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    order_id: int = ref("work_order.id")
    status: RequisitionStatus = one_of(RequisitionStatus, RequisitionStatus.ASKED, index=True)
    note: str = Field(default="", max_length=200)
    asked_at: datetime = instant()
    asked_by_id: int | None = ref("staff.id", optional=True, index=False)
    picked_at: datetime | None = instant(optional=True)
    picked_by_id: int | None = ref("staff.id", optional=True, index=False)
    issued_at: datetime | None = instant(optional=True, index=True)
    issued_by_id: int | None = ref("staff.id", optional=True, index=False)
    taken_by_id: int | None = ref("staff.id", optional=True, index=False)
    signature_id: int | None = ref("attachment.id", optional=True, index=False)
    version: int = 1


class RequisitionLine(Base, table=True):
    """How much of one order line is asked for, and how much was picked and given out."""

    __table_args__ = (UniqueConstraint("requisition_id", "line_id"),)

    id: int = key()
    requisition_id: int = ref("requisition.id", index=False)
    line_id: int = ref("order_line.id")
    quantity: Decimal = exact()
    picked: Decimal = exact()
    issued: Decimal = exact()


class PurchaseOrder(Base, table=True):
    """What was ordered together from one supplier."""

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    supplier_id: int = ref("supplier.id")
    ordered_at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    note: str = Field(default="", max_length=300)
