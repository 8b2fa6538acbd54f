"""Work found on a car and declined: what of it still stands, and when to speak of it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import or_
from sqlmodel import col, select

from db.enums import Answer, OrderStatus, Urgency
from db.models import OrderJob, OrderLine, WorkOrder
from services.work import Work

READ_BACK = timedelta(days=730)  # what was found longer ago has to be looked at anew
AGAIN_AFTER = {Urgency.NOW: timedelta(days=7), Urgency.SOON: timedelta(days=30), Urgency.LATER: timedelta(days=90)}


@dataclass(frozen=True)
class DeclinedWork:
    """A job the customer did not want, and nobody did since. `due_on`: when it is worth another word."""

    order_id: int
    order_job_id: int
    job_id: int | None
    title: str
    at: datetime
    urgency: Urgency | None
    due_on: date


def declined_for_car(work: Work, vehicle_id: int) -> list[DeclinedWork]:
    """Work declined on the visits of the last two years and not agreed to since, the newest first. One query."""
    return declined_for(work, [vehicle_id])[vehicle_id]


def declined_for(work: Work, vehicle_ids: Sequence[int]) -> dict[int, list[DeclinedWork]]:
    """The same for many cars. One query."""
    answered = (
        select(WorkOrder.vehicle_id, WorkOrder.arrived_at, OrderJob, OrderLine.answer)
        .join(OrderJob, col(OrderJob.order_id) == col(WorkOrder.id))
        .join(OrderLine, col(OrderLine.order_job_id) == col(OrderJob.id))
        .where(col(WorkOrder.vehicle_id).in_(vehicle_ids), col(WorkOrder.arrived_at) >= work.now - READ_BACK)
        # what was agreed on a visit that ended without work was not done; what was declined was declined
        .where(or_(col(WorkOrder.status) != OrderStatus.CANCELLED, col(OrderLine.answer) == Answer.DECLINED))
        .order_by(col(WorkOrder.arrived_at).desc(), col(WorkOrder.id).desc(), col(OrderJob.id))
    )
    cars: dict[int, dict[int, tuple[datetime, OrderJob, set[Answer]]]] = {key: {} for key in vehicle_ids}
    for car, at, job, answer in work.db.exec(answered):
        cars[car].setdefault(job.id, (at, job, set()))[2].add(Answer(answer))
    return {car: _standing(work, jobs.values()) for car, jobs in cars.items()}


def _standing(work: Work, said: Iterable[tuple[datetime, OrderJob, set[Answer]]]) -> list[DeclinedWork]:
    """Only the newest word on a job counts; a way not chosen because another one was is no word at all."""
    seen: set[int | str] = set()
    found = []
    jobs = list(said)
    done = {(job.order_id, job.alternative) for _, job, answers in jobs if job.alternative and Answer.AGREED in answers}
    for _, visit in groupby(jobs, key=lambda one: one[1].order_id):
        mine = [one for one in visit if (one[1].order_id, one[1].alternative) not in done or Answer.AGREED in one[2]]
        agreed = {job.title for _, job, answers in mine if Answer.AGREED in answers}
        for at, job, answers in mine:  # the same job for two axles is two pieces of work, told apart by their titles
            if not seen & _names(job) and job.title not in agreed and answers == {Answer.DECLINED}:
                found += [] if _other_way(job, mine) else [_declined(work, at, job)]
        seen |= {name for _, job, _ in mine for name in _names(job)}
    return found


def _other_way(job: OrderJob, visit: Iterable[tuple[datetime, OrderJob, set[Answer]]]) -> bool:
    """Whether it is a further way to do what an earlier job of the visit stands for already."""
    return job.alternative is not None and any(
        other.alternative == job.alternative and other.id < job.id for _, other, _ in visit
    )


def _names(job: OrderJob) -> set[int | str]:
    return {job.job_id or job.title, job.title}


def _declined(work: Work, at: datetime, job: OrderJob) -> DeclinedWork:
    due = work.local(at).date() + AGAIN_AFTER[job.urgency or Urgency.SOON]
    return DeclinedWork(job.order_id, job.id, job.job_id, job.title, at, job.urgency, due)
