"""What earlier visits of a car left behind."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select

from db.enums import Answer, OrderStatus
from db.models import OrderJob, OrderLine, WorkOrder
from services.work import Work


@dataclass(frozen=True)
class Declined:
    """A job the customer did not want at an earlier visit."""

    order_job_id: int
    job_id: int | None
    title: str
    at: datetime


def declined_before(work: Work, order: WorkOrder, most: int = 5) -> list[Declined]:
    """Jobs found on this car before and declined, the newest first; a job done at a later visit is left out. Two queries."""
    jobs = (
        select(OrderJob, WorkOrder.arrived_at, OrderLine.answer)
        .join(WorkOrder, col(WorkOrder.id) == col(OrderJob.order_id))
        .join(OrderLine, col(OrderLine.order_job_id) == col(OrderJob.id))
        .where(WorkOrder.vehicle_id == order.vehicle_id, col(WorkOrder.id) < order.id)
        .where(or_(col(WorkOrder.status) != OrderStatus.CANCELLED, col(OrderLine.answer) == Answer.DECLINED))
        .order_by(col(WorkOrder.id).desc(), col(OrderJob.id))
        .limit(200)
    )
    rows = work.db.exec(jobs).all()
    chosen = {(job.order_id, job.alternative) for job, _, answer in rows if job.alternative and answer == Answer.AGREED}
    seen: set[str] = set()
    found: list[Declined] = []
    for job, at, answer in rows:
        if (job.order_id, job.alternative) in chosen and answer != Answer.AGREED:
            continue  # another way to do it was chosen
        if job.title not in seen and answer == Answer.DECLINED:
            found.append(Declined(job.id, job.job_id, job.title, at))
        seen.add(job.title)
    return found[:most]
