"""The booking desk: results of its tasks, bookings begun, links given out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from db.base import Base
from db.enums_desk import LinkPurpose, TaskKind, TaskOutcome
from db.models.columns import instant, key, one_of, ref


class TaskResult(Base, table=True):
    """What came of one task of a booking. The task itself follows from the booking; `about_at` is the booked time it was for,
    so that a moved booking is reminded of anew. Append-only."""

    __table_args__ = (Index("ix_task_result_appointment_kind", "appointment_id", "kind"),)

    id: int = key()
    appointment_id: int = ref("appointment.id", index=False)
    kind: TaskKind = one_of(TaskKind)
    about_at: datetime | None = instant(optional=True)
    outcome: TaskOutcome = one_of(TaskOutcome)
    note: str = Field(default="", max_length=500)
    at: datetime = instant(index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)


class Draft(Base, table=True):
    """What a person began to write and has not finished: it survives a reload and another tablet."""

    staff_id: int = Field(primary_key=True, foreign_key="staff.id")
    kind: str = Field(primary_key=True, max_length=30)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime = instant()


class PrivateLink(Base, table=True):
    """An unguessable address that shows one thing to whoever has it, until it expires or is ended."""

    id: int = key()
    token: str = Field(max_length=64, unique=True)
    purpose: LinkPurpose = one_of(LinkPurpose)
    subject_id: int | None = Field(default=None, index=True)
    created_at: datetime = instant()
    expires_at: datetime | None = instant(optional=True)
    ended_at: datetime | None = instant(optional=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
