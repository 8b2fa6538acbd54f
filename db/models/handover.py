"""Giving the car back: what was shown, what is promised on the work, and what others are asked to pay for."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from db.base import Base
from db.enums import Payer
from db.enums_money import ClaimRejection, ClaimStatus, OldPartState
from db.models.columns import exact, instant, key, one_of, ref


class Handover(Base, table=True):
    """How far showing the car and giving it back has come.

    `points`: what was shown and given back, each with when and by whom; `moment`: the screen it stands at. Who was told of
    safety work left undone signs for it: `safety_signature_id`; who takes the car: `signature_id`.
    """

    order_id: int = Field(primary_key=True, foreign_key="work_order.id")
    moment: str = Field(default="", max_length=20)
    points: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    taken_by: str = Field(default="", max_length=120)
    next_on: date | None = None
    next_km: int | None = None
    next_reason: str = Field(default="", max_length=300)
    safety_signature_id: int | None = ref("attachment.id", optional=True, index=False)
    signature_id: int | None = ref("attachment.id", optional=True, index=False)
    started_at: datetime = instant()
    ended_at: datetime | None = instant(optional=True)
    version: int = 1


class GuaranteeTerm(Base, table=True):
    """How long the garage answers for its work on jobs of one group (blank: every other): days or km, whichever is first."""

    group: str = Field(primary_key=True, max_length=60)
    days: int | None = None
    km: int | None = None


class Guarantee(Base, table=True):
    """What the garage promised on one job when it was handed over: until a day or an odometer reading. Append-only."""

    id: int = key()
    order_id: int = ref("work_order.id")
    order_job_id: int = ref("order_job.id", index=False)
    vehicle_id: int = ref("vehicle.id")
    title: str = Field(max_length=160)
    until: date | None = None
    until_km: int | None = None
    at: datetime = instant()


class FreeService(Base, table=True):
    """The first service of a make's new cars is free within so many months of first registration or up to so many km."""

    make: str = Field(primary_key=True, max_length=60)
    months: int | None = None
    km: int | None = None


class PayerClaim(Base, table=True):
    """What the garage asks of a manufacturer (one line) or of an insurer (the order's whole part) after the work.

    `asked` is with tax; `approved` what they agreed to pay; what came in is in ClaimReceipt. `limit_on`: the last day to hand in.
    """

    __table_args__ = (
        Index(
            "uq_payer_claim_line",
            "line_id",
            unique=True,
            sqlite_where=text("line_id IS NOT NULL"),
            postgresql_where=text("line_id IS NOT NULL"),
        ),
        Index("ix_payer_claim_status_limit", "status", "limit_on"),
    )

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    order_id: int = ref("work_order.id")
    line_id: int | None = ref("order_line.id", optional=True, index=False)
    payer: Payer = one_of(Payer)
    status: ClaimStatus = one_of(ClaimStatus, ClaimStatus.OPEN)
    title: str = Field(max_length=160)
    payer_name: str = Field(default="", max_length=120)
    reference: str = Field(default="", max_length=60)
    part_code: str = Field(default="", max_length=60)
    failure: str = Field(default="", max_length=500)
    cause: str = Field(default="", max_length=500)
    odometer_km: int | None = None
    asked: Decimal = exact()
    approved: Decimal | None = exact(optional=True)
    rejection: ClaimRejection | None = one_of(ClaimRejection, optional=True)
    reason: str = Field(default="", max_length=300)
    limit_on: date | None = None
    created_at: datetime = instant(index=True)
    sent_at: datetime | None = instant(optional=True)
    answered_at: datetime | None = instant(optional=True)
    ended_at: datetime | None = instant(optional=True)
    version: int = 1


class ClaimReceipt(Base, table=True):
    """Money that came in on a claim, or (negative) was taken back. Append-only."""

    id: int = key()
    claim_id: int = ref("payer_claim.id")
    amount: Decimal = exact()
    reference: str = Field(default="", max_length=120)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class OldPart(Base, table=True):
    """A part taken out of a car, and where it lies: for the customer, or until who pays for the new one wants it."""

    id: int = key()
    order_id: int = ref("work_order.id")
    line_id: int | None = Field(default=None, foreign_key="order_line.id", ondelete="SET NULL", index=True)
    claim_id: int | None = ref("payer_claim.id", optional=True)
    title: str = Field(max_length=160)
    quantity: Decimal = exact(Decimal(1))
    place: str = Field(default="", max_length=60)
    state: OldPartState = one_of(OldPartState, OldPartState.KEPT, index=True)
    keep_until: date | None = None
    note: str = Field(default="", max_length=300)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    ended_at: datetime | None = instant(optional=True)
    version: int = 1
