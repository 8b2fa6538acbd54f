"""Statements, payments and exit passes. Never edited, only reversed."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from db.base import Base
from db.enums import LineKind, Payer, PaymentMethod
from db.enums_money import Difference, PaymentKind
from db.models.columns import exact, instant, key, later, later_choice, later_words, one_of, ref


class Statement(Base, table=True):
    """A bill as issued. A credit note is a statement with `reverses_id` and negative sums. Append-only.

    `issued_for`: whom it was for and the advice on it, as they were then; None for one from before that was kept.
    """

    __table_args__ = (
        Index(
            "uq_statement_reverses_id",
            "reverses_id",
            unique=True,
            sqlite_where=text("reverses_id IS NOT NULL"),
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
    )

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    order_id: int = ref("work_order.id")
    reverses_id: int | None = ref("statement.id", optional=True, index=False)
    net: Decimal = exact()
    tax: Decimal = exact()
    total: Decimal = exact()
    customer_share: Decimal = exact()
    tax_percent: Decimal = exact()
    currency: str = Field(max_length=3)
    reason: str = Field(default="", max_length=300)
    at: datetime = instant(index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
    issued_for: dict[str, str] | None = Field(default=None, sa_type=JSON)


class StatementLine(Base, table=True):
    """One line as billed: `payer` pays `payer_percent` of its total, the customer the rest. `agreed`: what it might come to as
    the customer last said; where it comes to something else, `difference` and its words say why. Append-only."""

    id: int = key()
    statement_id: int = ref("statement.id")
    line_id: int | None = ref("order_line.id", optional=True, index=False)
    kind: LineKind = one_of(LineKind)
    title: str = Field(max_length=160)
    quantity: Decimal = exact()
    unit_price: Decimal = exact()
    discount: Decimal = exact()
    payer: Payer = one_of(Payer)
    payer_percent: int = later(100)
    total: Decimal = exact()
    tax_percent: Decimal | None = exact(optional=True)
    agreed: Decimal | None = exact(optional=True)
    difference: Difference | None = one_of(Difference, optional=True)
    difference_words: str = later_words(300)


class Payment(Base, table=True):
    """Money in (or, reversed, out). `tendered` and `change` are for cash; `number` is the receipt's, which payments made in one
    act share. Append-only."""

    id: int = key()
    order_id: int = ref("work_order.id")
    method: PaymentMethod = one_of(PaymentMethod)
    amount: Decimal = exact()
    tendered: Decimal | None = exact(optional=True)
    change: Decimal = exact()
    reverses_id: int | None = ref("payment.id", optional=True, index=False)
    reason: str = Field(default="", max_length=300)
    at: datetime = instant(index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
    kind: PaymentKind = later_choice(PaymentKind, PaymentKind.PAYMENT)
    number: str = later_words(20)


class ExitPass(Base, table=True):
    """Leave to drive out, once."""

    id: int = key()
    order_id: int = Field(foreign_key="work_order.id", unique=True)
    number: str = Field(max_length=20, unique=True)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    used_at: datetime | None = instant(optional=True)
    used_by_id: int | None = Field(default=None, description="who let it out at the gate")
