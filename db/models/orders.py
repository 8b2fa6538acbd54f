"""Work orders: the car in the shop, its jobs and lines."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from db.base import Base
from db.enums import Answer, BayKind, Channel, HoldReason, LineKind, OrderStatus, Payer, PaymentMethod, Skill, Urgency
from db.enums_reception import Cover, Stay
from db.models.columns import exact, instant, key, later, later_words, one_of, ref


class WorkOrder(Base, table=True):
    """One visit of one car, from arrival to closing.

    `ask_over`: how much extra work may cost before the customer is asked; `moment`: how far check-in has come. `due_on`: when what
    is owed has to be paid, none while the books are even or the car is still here and nobody let it leave with money owed.
    """

    __table_args__ = (
        Index("ix_work_order_status_promised", "status", "promised_at"),
        Index(
            "ix_work_order_due",
            "due_on",
            sqlite_where=text("due_on IS NOT NULL"),
            postgresql_where=text("due_on IS NOT NULL"),
        ),
    )

    id: int = key()
    number: str = Field(max_length=20, unique=True)
    appointment_id: int | None = ref("appointment.id", optional=True)
    customer_id: int = ref("customer.id")
    vehicle_id: int = ref("vehicle.id")
    advisor_id: int | None = ref("staff.id", optional=True, index=False)
    status: OrderStatus = one_of(OrderStatus, OrderStatus.RECEPTION)
    concern: str = Field(default="", max_length=2000)
    arrived_at: datetime = instant(index=True)
    greeted_at: datetime | None = instant(optional=True)
    promised_at: datetime | None = instant(optional=True)
    waits: bool = False
    wash: bool = False
    old_parts: bool = False
    payment_method: PaymentMethod | None = one_of(PaymentMethod, optional=True)
    key_tag: str = Field(default="", max_length=20)
    place: str = Field(default="", max_length=60)
    technician_id: int | None = ref("staff.id", optional=True)
    bay_id: int | None = ref("bay.id", optional=True, index=False)
    hold_reason: HoldReason | None = one_of(HoldReason, optional=True)
    rework_count: int = 0
    told_at: datetime | None = instant(optional=True)
    pick_up_at: datetime | None = instant(optional=True)
    delivered_at: datetime | None = instant(optional=True, index=True)
    closed_at: datetime | None = instant(optional=True)
    credit_by_id: int | None = ref("staff.id", optional=True, index=False)
    credit_reason: str = Field(default="", max_length=300)
    advice: str = Field(default="", max_length=2000)
    reason: str = Field(default="", max_length=300)
    version: int = 1
    answers: dict[str, Any] | None = Field(default=None, sa_type=JSON, description="clarifying questions, by symptom")
    estimate_version: int = later(0, "how often an estimate was put to the customer")
    promise_reason: str = later_words(300)
    ask_over: Decimal | None = exact(optional=True)
    reach_by: Channel | None = one_of(Channel, optional=True)
    reach_at: str = later_words(120)
    stay: Stay | None = one_of(Stay, optional=True)
    requests: str = later_words(500)
    papers: list[str] | None = Field(default=None, sa_type=JSON, description="handed over, by `HandedPaper`")
    due_on: date | None = None
    on_account: bool = later(False, "owed within the customer's account; else on the manager's word")
    handed_at: datetime | None = instant(optional=True)
    accepted_at: datetime | None = instant(optional=True)
    moment: str = later_words(20)


class OrderJob(Base, table=True):
    """One job on an order. `minutes` is its standard time; an `extra` one was found during the work.

    Of the jobs with the same `alternative` number the customer chooses one.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    job_id: int | None = ref("job.id", optional=True, index=False)
    title: str = Field(max_length=160)
    minutes: int = 0
    skill: Skill = one_of(Skill, Skill.SERVICE)
    bay_kind: BayKind = one_of(BayKind, BayKind.LIFT)
    extra: bool = False
    reason: str = Field(default="", max_length=500)
    urgency: Urgency | None = one_of(Urgency, optional=True)
    cause: str = Field(default="", max_length=1000)
    correction: str = Field(default="", max_length=1000)
    done_at: datetime | None = instant(optional=True)
    alternative: int | None = None
    safety: bool = later(False, "declined only after it was explained")
    dismantling: bool = later(False, "the car is taken apart to find out")
    cover: Cover | None = one_of(Cover, optional=True)
    cover_reason: str = later_words(300)
    complaint: str = later_words(1000)


class OrderLine(Base, table=True):
    """What one job charges: labour, a part, outside work or a fee. `answer` is the customer's word on it.

    `payer` pays `payer_percent` of it and the customer the rest. An `unpriced` line is priced after diagnosis, at most
    `up_to` when a limit was agreed. `tax_percent` none: the garage's own. Of outside work `supplier`, `cost`, when it is due,
    went out and came back.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    order_job_id: int = ref("order_job.id")
    kind: LineKind = one_of(LineKind)
    part_id: int | None = ref("part.id", optional=True)
    title: str = Field(max_length=160)
    quantity: Decimal = exact(Decimal(1))
    unit_price: Decimal = exact()
    discount: Decimal = exact()
    payer: Payer = one_of(Payer, Payer.CUSTOMER)
    answer: Answer = one_of(Answer, Answer.PENDING)
    issued: Decimal = exact()
    unit: str = later_words(20)
    payer_percent: int = later(100)
    unpriced: bool = later(False)
    up_to: Decimal | None = exact(optional=True)
    tax_percent: Decimal | None = exact(optional=True)
    supplier: str = later_words(120)
    cost: Decimal | None = exact(optional=True)
    due_at: datetime | None = instant(optional=True)
    sent_at: datetime | None = instant(optional=True)
    back_at: datetime | None = instant(optional=True)
