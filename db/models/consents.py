"""What the customer agreed to, kept as evidence."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON
from sqlmodel import Field

from db.base import Base
from db.enums import Answer, ConsentMethod, Payer
from db.models.columns import exact, instant, key, later, later_words, one_of, ref


class Consent(Base, table=True):
    """One answer of the customer: how, when, to whom, for what sum. Append-only."""

    id: int = key()
    order_id: int = ref("work_order.id")
    method: ConsentMethod = one_of(ConsentMethod)
    person: str = Field(max_length=120)
    total: Decimal = exact()
    signature_id: int | None = ref("attachment.id", optional=True, index=False)
    note: str = Field(default="", max_length=500)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    version: int = later(1, "of the estimate")
    ask_over: Decimal | None = exact(optional=True)
    warned: list[str] | None = Field(
        default=None, sa_type=JSON, description="safety work declined, as it was explained"
    )
    language: str = later_words(10)


class ConsentItem(Base, table=True):
    """The answer on one line, with the words and sums as they stood at that moment. Append-only."""

    id: int = key()
    consent_id: int = ref("consent.id")
    line_id: int = ref("order_line.id")
    answer: Answer = one_of(Answer)
    title: str = Field(max_length=160)
    quantity: Decimal = exact()
    unit_price: Decimal = exact()
    total: Decimal = exact()
    payer: Payer | None = one_of(Payer, optional=True)
    payer_percent: int = later(100)
    unpriced: bool = later(False)
    up_to: Decimal | None = exact(optional=True)
