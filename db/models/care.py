"""Follow-up calls, every try to reach a customer, complaints."""

from datetime import datetime

from sqlmodel import Field

from db.base import Base
from db.enums import Channel, ComplaintKind, ComplaintStatus, FollowUpStatus
from db.enums_money import PickUpAnswer
from db.models.columns import instant, key, one_of, ref


class FollowUp(Base, table=True):
    """A call due after delivery. `recommend` is 0 to 10."""

    id: int = key()
    order_id: int = ref("work_order.id")
    customer_id: int = ref("customer.id")
    status: FollowUpStatus = one_of(FollowUpStatus, FollowUpStatus.DUE, index=True)
    due_at: datetime = instant(index=True)
    recommend: int | None = None
    comment: str = Field(default="", max_length=2000)
    finished_at: datetime | None = instant(optional=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
    version: int = 1


class FollowUpAnswer(Base, table=True):
    """One answer, 1 (bad) to 5 (very good)."""

    follow_up_id: int = Field(primary_key=True, foreign_key="follow_up.id")
    question: str = Field(primary_key=True, max_length=30)
    score: int


class ContactAttempt(Base, table=True):
    """A try to reach a customer. Append-only."""

    id: int = key()
    customer_id: int = ref("customer.id")
    appointment_id: int | None = ref("appointment.id", optional=True)
    follow_up_id: int | None = ref("follow_up.id", optional=True)
    order_id: int | None = ref("work_order.id", optional=True)
    channel: Channel = one_of(Channel, Channel.PHONE)
    reached: bool = False
    note: str = Field(default="", max_length=500)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    answer: PickUpAnswer | None = one_of(PickUpAnswer, optional=True)


class Complaint(Base, table=True):
    """A complaint from receipt to closing."""

    id: int = key()
    customer_id: int = ref("customer.id")
    order_id: int | None = ref("work_order.id", optional=True)
    follow_up_id: int | None = ref("follow_up.id", optional=True)
    status: ComplaintStatus = one_of(ComplaintStatus, ComplaintStatus.RECEIVED, index=True)
    kind: ComplaintKind | None = one_of(ComplaintKind, optional=True)
    text: str = Field(max_length=2000)
    responsible_id: int | None = ref("staff.id", optional=True, index=False)
    plan: str = Field(default="", max_length=2000)
    handling: str = Field(default="", max_length=2000)
    answer: str = Field(default="", max_length=2000)
    due_at: datetime | None = instant(optional=True)
    received_at: datetime = instant()
    closed_at: datetime | None = instant(optional=True)
    version: int = 1
