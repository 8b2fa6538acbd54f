"""What an advisor must know the moment the car of a call is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import AppointmentStatus
from db.enums_desk import OutreachReason, ReturnKind
from db.models import Appointment, Complaint, Job, Recommendation, Vehicle
from services.declined_work import DeclinedWork, declined_for_car
from services.due_work import Due, due_for_car
from services.recommendations import open_recommendations
from services.returning import RecentVisit, open_complaints, recent_visit, why_back
from services.work import Work

WARRANTY_OVER = timedelta(days=60)  # so long after its end it is worth a word that the customer pays now
_ELSEWHERE = {OutreachReason.DECLINED, OutreachReason.ABSENT}  # told job by job, and no news once they call


@dataclass(frozen=True)
class CarCall:
    """The facts of one car as of `today`. `returns`: why the manager will hear of the booking; `offered` are the ids of all jobs
    named here that the catalogue still has."""

    today: date
    returns: ReturnKind | None
    complaints: list[Complaint]
    recent: RecentVisit | None
    declined: list[DeclinedWork]
    due: list[Due]
    advised: list[Recommendation]
    no_shows: int
    warranty_until: date | None
    offered: frozenset[int]

    def jobs_of(self, due: Due) -> tuple[int, ...]:
        """The jobs to offer for something due that can be booked."""
        return tuple(job for job in due.jobs if job in self.offered)


def car_call(work: Work, vehicle_id: int, job_ids: Sequence[int] = ()) -> CarCall:
    """What matters for this call, in which these jobs are spoken of. A fixed number of queries, however long the car's history.

    Raises NotFound.
    """
    car = work.get(Vehicle, vehicle_id)
    due = [one for one in due_for_car(work, vehicle_id) if one.reason not in _ELSEWHERE]
    declined = declined_for_car(work, vehicle_id)
    advised = open_recommendations(work, vehicle_id)
    named = [*(one.job_id for one in declined), *(one.job_id for one in advised)]
    jobs = {job for one in due for job in one.jobs} | {job for job in named if job}
    warranty, today = car.warranty_until, work.local(work.now).date()
    complaints, recent = open_complaints(work, vehicle_id), recent_visit(work, vehicle_id)
    return CarCall(
        today=today,
        returns=why_back(work, complaints, recent, job_ids),
        complaints=complaints,
        recent=recent,
        declined=declined,
        due=due,
        advised=advised,
        no_shows=_no_shows(work, car.customer_id),
        warranty_until=warranty if warranty and warranty >= today - WARRANTY_OVER else None,
        offered=frozenset(work.db.exec(select(Job.id).where(col(Job.id).in_(jobs), col(Job.active)))),
    )


def _no_shows(work: Work, customer_id: int) -> int:
    missed = (Appointment.customer_id == customer_id, Appointment.status == AppointmentStatus.NO_SHOW)
    return int(work.db.exec(select(func.count()).select_from(Appointment).where(*missed)).one())
