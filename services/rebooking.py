"""A booking made once more: what an earlier one knew already."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from db.models import Appointment, AppointmentJob, Job
from services.work import Work


@dataclass(frozen=True)
class Earlier:
    """What another booking takes over from an earlier one; jobs no longer offered are left out."""

    vehicle_id: int
    concern: str
    clarification: str
    answers: dict[str, Any]
    jobs: list[int]
    waits: bool


def booked_before(work: Work, appointment_id: int) -> Earlier:
    """What the booking said, whatever became of it. Two queries. Raises NotFound."""
    row = work.get(Appointment, appointment_id)
    jobs = (
        select(AppointmentJob.job_id)
        .join(Job, col(Job.id) == col(AppointmentJob.job_id))
        .where(AppointmentJob.appointment_id == row.id, col(Job.active))
        .order_by(col(AppointmentJob.id))
    )
    return Earlier(
        row.vehicle_id, row.concern, row.clarification, row.answers or {}, list(work.db.exec(jobs)), row.waits
    )
