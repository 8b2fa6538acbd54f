"""What happened, what is to be sent, what was attached, and the counters behind numbers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from db.base import Base
from db.enums import Channel, MessageState
from db.models.columns import instant, key, one_of, ref


class Event(Base, table=True):
    """One act: on what, by whom, when, from which status to which. Append-only."""

    __table_args__ = (Index("ix_event_subject", "subject", "subject_id"),)

    id: int = key()
    subject: str = Field(max_length=30)
    subject_id: int
    action: str = Field(max_length=40)
    before: str = Field(default="", max_length=60)
    after: str = Field(default="", max_length=60)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = instant(index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)


class Message(Base, table=True):
    """A message to a customer, written in the same transaction as the act it tells of."""

    __table_args__ = (Index("ix_message_subject", "subject", "subject_id"),)

    id: int = key()
    customer_id: int = ref("customer.id")
    channel: Channel = one_of(Channel)
    address: str = Field(max_length=200)
    text: str = Field(max_length=2000)
    kind: str = Field(max_length=40)
    subject: str = Field(default="", max_length=30)
    subject_id: int | None = None
    state: MessageState = one_of(MessageState, MessageState.QUEUED, index=True)
    tries: int = 0
    error: str = Field(default="", max_length=500)
    created_at: datetime = instant()
    due_at: datetime = instant(index=True)
    sent_at: datetime | None = instant(optional=True)


class Attachment(Base, table=True):
    """A picture on disk, by its SHA-256; a signature also keeps its strokes. Append-only."""

    __table_args__ = (Index("ix_attachment_subject", "subject", "subject_id"),)

    id: int = key()
    sha256: str = Field(max_length=64, index=True)
    media_type: str = Field(max_length=40)
    kind: str = Field(max_length=30)
    subject: str = Field(default="", max_length=30)
    subject_id: int | None = None
    strokes: list[Any] | None = Field(default=None, sa_type=JSON)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class NumberSeries(Base, table=True):
    """The last number given in a series and period, so that numbers have no gaps."""

    kind: str = Field(primary_key=True, max_length=20)
    period: str = Field(primary_key=True, max_length=10)
    last: int = 0


class Once(Base, table=True):
    """A token of an act that must not happen twice, however often it is tapped."""

    token: str = Field(primary_key=True, max_length=64)
    at: datetime = instant()
