"""What a statement breaks down into, discounts, the cash drawer, reminders of money owed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from db.base import Base
from db.enums import Channel, LineKind, Payer, PaymentMethod
from db.enums_money import DiscountReason, DiscountState, DrawerKind
from db.models.columns import exact, instant, key, one_of, ref
from db.types import choice


class KindTax(Base, table=True):
    """The tax on lines of one kind, in per cent, where it is not the garage's own."""

    kind: LineKind = Field(primary_key=True, sa_type=choice(LineKind))
    percent: Decimal = exact()


class PayWay(Base, table=True):
    """Whether the garage takes money by a method, and the picture customers scan for it; no row: as usual in its country."""

    method: PaymentMethod = Field(primary_key=True, sa_type=choice(PaymentMethod))
    taken: bool = True
    picture: str = Field(default="", max_length=64, description="its SHA-256; empty: none")


class StatementShare(Base, table=True):
    """What one payer owes of a statement at one rate of tax: their sums add up to the statement. Append-only."""

    __table_args__ = (UniqueConstraint("statement_id", "payer", "tax_percent"),)

    id: int = key()
    statement_id: int = ref("statement.id", index=False)
    payer: Payer = one_of(Payer)
    tax_percent: Decimal = exact()
    net: Decimal = exact()
    tax: Decimal = exact()
    total: Decimal = exact()


class Discount(Base, table=True):
    """Less than the price for a line, or (`line_id` none) for the customer's whole part: asked for, then given or refused.

    `amount` is in the prices' own way, with tax or without; `percent` was the wish, where it was one. `parts`: what of a given
    one was taken off which line, by line id; `withdrawn_at`: until when it stood, when it was given.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    line_id: int | None = Field(default=None, foreign_key="order_line.id", ondelete="SET NULL", index=True)
    title: str = Field(default="", max_length=160)
    amount: Decimal = exact()
    percent: Decimal | None = exact(optional=True)
    parts: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    reason: DiscountReason = one_of(DiscountReason)
    note: str = Field(default="", max_length=300)
    state: DiscountState = one_of(DiscountState, DiscountState.ASKED, index=True)
    asked_at: datetime = instant()
    asked_by_id: int | None = ref("staff.id", optional=True, index=False)
    answered_at: datetime | None = instant(optional=True)
    approver_id: int | None = ref("staff.id", optional=True, index=False)
    answer: str = Field(default="", max_length=300)
    withdrawn_at: datetime | None = instant(optional=True)


class CashDrawer(Base, table=True):
    """The cash drawer from its opening to its count; one is open at a time. Closing it closes the day's takings.

    `expected` and `counted` are its cash; `closing` numbers the sheet.
    """

    __table_args__ = (
        Index(
            "uq_cash_drawer_one_open",
            "open",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int = key()
    open: bool = True
    opened_at: datetime = instant()
    opened_by_id: int | None = ref("staff.id", optional=True, index=False)
    closed_at: datetime | None = instant(optional=True, index=True)
    closed_by_id: int | None = ref("staff.id", optional=True, index=False)
    closing: str | None = Field(default=None, max_length=20, unique=True)
    expected: Decimal | None = exact(optional=True)
    counted: Decimal | None = exact(optional=True)
    difference_reason: str = Field(default="", max_length=300)


class DrawerEntry(Base, table=True):
    """One change of what was taken: cash in the drawer, or money by another `method` beside it. Given back is negative.

    Append-only.
    """

    id: int = key()
    drawer_id: int = ref("cash_drawer.id")
    kind: DrawerKind = one_of(DrawerKind)
    method: PaymentMethod = one_of(PaymentMethod, PaymentMethod.CASH)
    amount: Decimal = exact()
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    reason: str = Field(default="", max_length=300)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class MoneyReminder(Base, table=True):
    """A customer was reminded of money owed on an order, for the `level`th time. Append-only."""

    id: int = key()
    order_id: int = ref("work_order.id")
    level: int
    channel: Channel = one_of(Channel)
    promised_on: date | None = None
    note: str = Field(default="", max_length=300)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
