"""What the workshop advises for later: written on the order, it follows the car until it is done, declined or no longer needed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.enums import Answer, Urgency
from db.enums_workshop import AdviceEnd
from db.models import Job, OrderJob, Recommendation, Vehicle, WorkOrder
from services import orders
from services import permissions as may
from services.i18n import N_
from services.measures import MOST_KM
from services.order_facts import OrderFacts
from services.order_lines import NotOffered
from services.order_moves import ORDERS
from services.refusals import NotFound, NotNow, Refusal
from services.validate import line, within
from services.work import Work
from services.workflow import advance, facts_of

MOST_LETTERS = 160  # as many as the title of a job holds, for it may become one
MOST_ADVICE = 2000
MOST_YEARS = 10
_OPEN: Any = (
    select(Recommendation)
    .where(col(Recommendation.vehicle_id) == bindparam("vehicle"), col(Recommendation.ended).is_(None))
    .order_by(col(Recommendation.id))
)
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


class AdvisedAlready(Refusal):
    """“{what}” is already recommended for this car."""


class DuePassed(Refusal):
    """The day lies in the past or too far ahead."""


class TooMuchAdvice(Refusal):
    """That is too much advice for one visit. Shorten it, or take something back."""


def recommend(
    work: Work,
    order_id: int,
    *,
    text: str,
    urgency: Urgency = Urgency.LATER,
    job_id: int | None = None,
    due_on: date | None = None,
    due_km: int | None = None,
    safety: bool = False,
) -> Recommendation:
    """Advise something for later, in words or as a job of the catalogue (whose name counts when `text` is blank), by a day or a
    reading in km. It stands on the order as advice, too.

    Refuses with Missing, TooLong (over 160 characters), AdvisedAlready, DuePassed, OutOfRange, NotOffered, TooMuchAdvice.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "recommend", text=text or _job_name(work, job_id))
    words = line(text or _job_name(work, job_id), N_("Recommendation"), MOST_LETTERS)
    work.lock(Vehicle, order.vehicle_id)  # two people beside one car see the same thing
    there = open_recommendations(work, order.vehicle_id)
    if any(_same(one, job_id, words) for one in there):
        raise AdvisedAlready(what=words)
    _due(work, due_on, due_km)
    row = work.add(
        Recommendation(vehicle_id=order.vehicle_id, order_id=order_id, job_id=job_id, text=words, urgency=urgency, safety=safety,
                       due_on=due_on, due_km=due_km, at=work.now, by_id=work.by.id)
    )  # fmt: skip
    _write_on(work, order, [*there, row])
    return row


def open_recommendations(work: Work, vehicle_id: int) -> list[Recommendation]:
    """What is advised for a car and still to be done: safety first, then by urgency, the oldest first. One query."""
    return _ranked(work.db.execute(_OPEN, {"vehicle": vehicle_id}).scalars())


def of_order(work: Work, order_id: int) -> list[Recommendation]:
    """What was advised on that visit, also what has ended since."""
    query = select(Recommendation).where(Recommendation.order_id == order_id)
    return list(work.db.exec(query.order_by(col(Recommendation.id))))


def end(work: Work, recommendation_id: int, *, how: AdviceEnd, order_id: int | None = None) -> Recommendation:
    """It needs no more thought: done elsewhere, not wanted, no longer needed. Refuses with NotAllowed, NotNow when it has ended."""
    work.needs(*may.ADVISES)
    row = work.lock(Recommendation, recommendation_id)
    if row.ended is not None:
        raise NotNow
    _end(work, row, how, order_id)
    order = work.lock(WorkOrder, row.order_id)
    if order.closed_at is None:
        _write_on(work, order, open_recommendations(work, row.vehicle_id))
    return row


def put_on_order(work: Work, order_id: int, *, recommendation_id: int) -> OrderJob:
    """Put it on the estimate of a car at reception, as a job of the catalogue or in its own words, priced after diagnosis.

    Refuses with NotFound for another car's, NotNow when it has ended or is on the order, NotOffered.
    """
    row = work.lock(Recommendation, recommendation_id)  # before the order, as in `end`
    order = work.lock(WorkOrder, order_id)
    if row.vehicle_id != order.vehicle_id:
        raise NotFound
    title = "" if row.job_id else row.text
    if row.ended is not None or is_on(facts_of(work, ORDERS, order_id).jobs, row):
        raise NotNow
    job = orders.add_job(work, order_id, job_id=row.job_id, title=title, unpriced=row.job_id is None)
    job.urgency, job.safety = row.urgency, row.safety
    job.reason = row.text if row.text != job.title else ""
    return work.add(job)


def is_on(jobs: Iterable[OrderJob], row: Recommendation) -> bool:
    """Whether the work stands among these jobs."""
    return any(_means(job, row) for job in jobs)


def visit_over(work: Work, facts: OrderFacts) -> None:
    """A visit ended: what was advised and done on it is done; what was offered and not wanted goes on as declined work."""
    answers = ((job, facts.job_answer(job)) for job in facts.jobs)
    said = [(job, answer) for job, answer in answers if answer == Answer.DECLINED or job.done_at]
    for row in open_recommendations(work, facts.order.vehicle_id) if said else ():
        spoken = {answer for job, answer in said if _means(job, row)}
        if Answer.AGREED in spoken:
            _end(work, row, AdviceEnd.DONE, facts.order.id)
        elif Answer.DECLINED in spoken:
            _end(work, row, AdviceEnd.DECLINED, facts.order.id)


def _ranked(rows: Iterable[Recommendation]) -> list[Recommendation]:
    return sorted(rows, key=lambda one: (not one.safety, _RANK[one.urgency], one.id))


def _end(work: Work, row: Recommendation, how: AdviceEnd, order_id: int | None) -> None:
    row.ended, row.ended_at, row.ended_order_id, row.ended_by_id = how, work.now, order_id, work.by.id
    work.event(work.add(row), "ended", what=row.text, how=how.label)


def _write_on(work: Work, order: WorkOrder, advised: Sequence[Recommendation]) -> None:
    """The advice of this visit in words, for the statement and the follow-up call."""
    words = "; ".join(one.text for one in _ranked(advised) if one.order_id == order.id)
    if len(words) > MOST_ADVICE:
        raise TooMuchAdvice
    order.advice = words
    work.db.add(order)
    work.db.flush()


def _same(one: Recommendation, job_id: int | None, words: str) -> bool:
    return one.text.casefold() == words.casefold() and one.job_id in (None, job_id)


def _means(job: OrderJob, row: Recommendation) -> bool:
    by_id = row.job_id is not None and job.job_id == row.job_id
    return by_id or row.text.casefold() in (job.title.casefold(), job.reason.casefold())


def _job_name(work: Work, job_id: int | None) -> str:
    if job_id is None:
        return ""
    job = work.get(Job, job_id)
    if not job.active:
        raise NotOffered(name=job.name)
    return job.name


def _due(work: Work, due_on: date | None, due_km: int | None) -> None:
    today = work.local(work.now).date()
    if due_on is not None and not today <= due_on <= today.replace(year=today.year + MOST_YEARS, day=1):
        raise DuePassed
    if due_km is not None:
        within(due_km, N_("Odometer, km"), 1, MOST_KM)
