"""A car that comes back: with a complaint that is still open, or for what we did a short time ago. The manager must know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import ComplaintStatus, OrderStatus
from db.enums_desk import ReturnKind
from db.models import Complaint, Job, OrderJob, Vehicle, WorkOrder
from services.work import Work

RECENT = timedelta(days=30)  # who comes back that soon for the same kind of job comes back because of it


@dataclass(frozen=True)
class RecentVisit:
    """A visit that ended a short time ago, with the titles and groups of the jobs done."""

    order_id: int
    number: str
    left_at: datetime
    titles: tuple[str, ...]
    groups: frozenset[str]


def return_kind(work: Work, vehicle_id: int, job_ids: Sequence[int]) -> ReturnKind | None:
    """Why a car booked for these jobs comes back, None when it does not. At most five queries. Raises NotFound."""
    return why_back(work, open_complaints(work, vehicle_id), recent_visit(work, vehicle_id), job_ids)


def why_back(
    work: Work, complaints: Sequence[Complaint], recent: RecentVisit | None, job_ids: Sequence[int]
) -> ReturnKind | None:
    """The same from what was read already. One query at most."""
    if complaints:
        return ReturnKind.COMPLAINT
    if recent is None or not job_ids:
        return None
    groups = set(work.db.exec(select(Job.group).where(col(Job.id).in_(job_ids))).all())
    return ReturnKind.REWORK if recent.groups & groups else None


def open_complaints(work: Work, vehicle_id: int) -> list[Complaint]:
    """Complaints of the car's customer that are not closed, the newest first: about this car, or about none in particular."""
    mine = (
        select(Complaint)
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(Complaint.order_id))
        .where(Complaint.customer_id == work.get(Vehicle, vehicle_id).customer_id)
        .where(Complaint.status != ComplaintStatus.CLOSED)
        .where(col(Complaint.order_id).is_(None) | (col(WorkOrder.vehicle_id) == vehicle_id))
    )
    return list(work.db.exec(mine.order_by(col(Complaint.received_at).desc())))


def recent_visit(work: Work, vehicle_id: int) -> RecentVisit | None:
    """The latest visit, when the car left less than `RECENT` ago. Two queries."""
    left = (
        select(WorkOrder)
        .where(WorkOrder.vehicle_id == vehicle_id, WorkOrder.status != OrderStatus.CANCELLED)
        .where(col(WorkOrder.delivered_at) > work.now - RECENT)
    )
    order = work.db.exec(left.order_by(col(WorkOrder.id).desc()).limit(1)).first()
    if order is None or order.delivered_at is None:
        return None
    done = (
        select(OrderJob.title, Job.group)
        .outerjoin(Job, col(Job.id) == col(OrderJob.job_id))
        .where(OrderJob.order_id == order.id, col(OrderJob.done_at).is_not(None))
    )
    jobs = work.db.exec(done.order_by(col(OrderJob.id))).all()
    titles, groups = tuple(title for title, _ in jobs), frozenset(group for _, group in jobs if group)
    return RecentVisit(order.id, order.number, order.delivered_at, titles, groups)
