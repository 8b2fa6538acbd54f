"""Starting points for an estimate: what this car had before, and what others of its model had. Prices are today's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from db.enums import LineKind, OrderStatus
from db.models import Job, OrderJob, OrderLine, Part, Vehicle, WorkOrder
from services.order_lines import HOURS, put_catalogue_jobs
from services.order_moves import ORDERS
from services.refusals import NotFound
from services.tax_rates import Kinds, first_rate, kind_rates
from services.work import Work
from services.workflow import advance

VISITS, JOBS = 5, 8
READ_BACK = timedelta(days=730)
_READ = 300


@dataclass(frozen=True)
class PastJob:
    """A job as an earlier order had it; `times` how often cars of the model had it since two years."""

    order_job_id: int
    title: str
    minutes: int
    at: datetime
    times: int = 1


@dataclass(frozen=True)
class PastVisit:
    """An earlier visit of the car with its jobs."""

    number: str
    at: datetime
    jobs: list[PastJob] = field(default_factory=list)


def earlier_visits(work: Work, order: WorkOrder) -> list[PastVisit]:
    """The last visits of this car with their jobs, the newest first. One query."""
    rows = _jobs_before(work, order, WorkOrder.vehicle_id == order.vehicle_id).limit(_READ)
    visits: dict[int, PastVisit] = {}
    for job, visit in work.db.exec(rows):
        if visit.id in visits or len(visits) < VISITS:
            found = visits.setdefault(visit.id, PastVisit(visit.number, visit.arrived_at))
            found.jobs.append(PastJob(job.id, job.title, job.minutes, visit.arrived_at))
    return list(visits.values())


def on_this_model(work: Work, order: WorkOrder, without: Sequence[str] = ()) -> list[PastJob]:
    """Jobs other cars of the same make and model had within two years, the most frequent first, each as it was done last.

    Those with a title of `without` are left out. Two queries.
    """
    car = work.get(Vehicle, order.vehicle_id)
    same = (Vehicle.make == car.make, Vehicle.model == car.model, col(Vehicle.id) != car.id)
    cars = select(Vehicle.id).where(*same)
    query = _jobs_before(work, order, col(WorkOrder.vehicle_id).in_(cars), WorkOrder.arrived_at >= work.now - READ_BACK)
    found: dict[str, PastJob] = {}
    for job, visit in work.db.exec(query.limit(_READ)):
        last = found.get(job.title) or PastJob(job.id, job.title, job.minutes, visit.arrived_at, 0)
        found[job.title] = PastJob(last.order_job_id, last.title, last.minutes, last.at, last.times + 1)
    often = sorted(found.values(), key=lambda one: -one.times)
    return [one for one in often if one.title not in without][:JOBS]


def copy_job(work: Work, order_id: int, *, source_id: int) -> OrderJob:
    """A job of an earlier order put on this one with its lines, at today's prices; all of it is to be answered anew.

    Sums of what the catalogue does not have stay as they were. Refuses with NotFound.
    """
    source = work.get(OrderJob, source_id)
    if source.order_id == order_id:
        raise NotFound
    advance(work, ORDERS, order_id, "edit", job=source.title)
    job = work.db.get(Job, source.job_id) if source.job_id else None
    row = work.add(
        OrderJob(order_id=order_id, job_id=source.job_id, title=source.title, minutes=source.minutes, skill=source.skill,
                 bay_kind=source.bay_kind, safety=source.safety)
    )  # fmt: skip
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == source.id).order_by(col(OrderLine.id))).all()
    parts = {
        p.id: p for p in work.db.exec(select(Part).where(col(Part.id).in_([x.part_id for x in lines if x.part_id])))
    }
    kinds = kind_rates(work)
    work.db.add_all([_again(work, row, line, job, parts.get(line.part_id or 0), kinds) for line in lines])
    work.db.flush()
    return row


def add_package(work: Work, order_id: int, *, job_ids: Sequence[int]) -> list[OrderJob]:
    """The jobs of a package that are offered and not on the order yet, with their parts."""
    advance(work, ORDERS, order_id, "edit", jobs=list(job_ids))
    there = set(work.db.exec(select(OrderJob.job_id).where(OrderJob.order_id == order_id)))
    offered = set(work.db.exec(select(Job.id).where(col(Job.id).in_(job_ids), col(Job.active))))
    wanted = [key for key in dict.fromkeys(job_ids) if key in offered and key not in there]
    return put_catalogue_jobs(work, work.get(WorkOrder, order_id), wanted) if wanted else []


def _jobs_before(work: Work, order: WorkOrder, *which: Any) -> Any:
    return (
        select(OrderJob, WorkOrder)
        .join(WorkOrder, col(WorkOrder.id) == col(OrderJob.order_id))
        .where(*which, col(WorkOrder.id) != order.id, WorkOrder.status != OrderStatus.CANCELLED)
        .order_by(col(OrderJob.order_id).desc(), col(OrderJob.id))
    )


def _again(work: Work, row: OrderJob, line: OrderLine, job: Job | None, part: Part | None, kinds: Kinds) -> OrderLine:
    own = part or (job if line.kind == LineKind.LABOUR else None)  # what the catalogue has of it
    again = OrderLine(
        order_id=row.order_id, order_job_id=row.id, kind=line.kind, part_id=line.part_id, title=line.title,
        quantity=line.quantity, unit=line.unit, unit_price=line.unit_price, unpriced=line.unpriced and not line.unit_price,
        supplier=line.supplier, tax_percent=first_rate(kinds, line.kind, own.tax_percent if own else None),
    )  # fmt: skip
    if part is not None and part.active:
        again.title, again.unit, again.unit_price = part.name, part.unit, part.price
    elif line.kind == LineKind.LABOUR and line.unit == HOURS:
        again.unit_price = work.garage.labour_rate
    elif line.kind == LineKind.LABOUR and job is not None and job.active and not job.by_hours:
        again.unit_price = job.price
    return again
