"""The words an earlier order is found by, kept from the moment its car leaves."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists
from sqlmodel import col, select

from db.models import CaseText, OrderJob, Vehicle, WorkOrder
from services.case_words import hints_of, model_word, said, symptom_word, words_of
from services.work import Work

_KEPT = exists().where(col(CaseText.order_id) == col(WorkOrder.id))


def keep_words(work: Work, order: WorkOrder) -> None:
    """Write what the order is found by; what was kept before gives way. For orders whose car has left."""
    jobs = work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id).order_by(col(OrderJob.id)))
    words = _words(order, work.get(Vehicle, order.vehicle_id), jobs.all())
    row = work.db.get(CaseText, order.id) or CaseText(order_id=order.id, tokens="")
    row.tokens = " ".join(words)
    work.add(row)


def keep_older(work: Work, below: int | None, most: int) -> int | None:
    """Write the words of delivered orders that have none: at most so many, the newest with an id under `below` (None: the newest
    of all). Returns where to go on, None when nothing is left. Three queries."""
    orders = select(WorkOrder).where(col(WorkOrder.delivered_at).is_not(None), ~_KEPT)
    if below is not None:
        orders = orders.where(col(WorkOrder.id) < below)
    missing = work.db.exec(orders.order_by(col(WorkOrder.id).desc()).limit(most)).all()
    jobs: dict[int, list[OrderJob]] = {order.id: [] for order in missing}
    for job in work.db.exec(select(OrderJob).where(col(OrderJob.order_id).in_(jobs)).order_by(col(OrderJob.id))):
        jobs[job.order_id].append(job)
    cars = select(Vehicle).where(col(Vehicle.id).in_({order.vehicle_id for order in missing}))
    by_key = {car.id: car for car in work.db.exec(cars)}
    for order in missing:
        words = _words(order, by_key[order.vehicle_id], jobs[order.id])
        work.db.add(CaseText(order_id=order.id, tokens=" ".join(words)))
    return missing[-1].id if len(missing) == most else None


def _words(order: WorkOrder, car: Vehicle, jobs: Sequence[OrderJob]) -> Iterable[str]:
    """Nothing for an order from which nothing can be learned: no finished job with a cause or a correction."""
    told = [job for job in jobs if job.done_at and (job.cause or job.correction)]
    if not told:
        return []
    complaints = [said(words) for words in (order.concern, *(job.complaint for job in told))]
    rest = [words for job in told for words in (job.title, job.cause, job.correction)]
    symptoms = {code for complaint in complaints for code in hints_of(complaint)} | set(order.answers or {})
    found = words_of(" . ".join((*complaints, *rest, car.make, car.model)))
    return filter(None, [*found, *sorted(map(symptom_word, symptoms)), model_word(car.make, car.model)])
