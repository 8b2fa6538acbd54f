"""What the garage answers for: so long, or so far, on each job it did, from the day the car was handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, or_, select

from db.models import Event, Guarantee, GuaranteeTerm, Job, OrderJob, WorkOrder
from services import permissions as may
from services.i18n import N_
from services.measures import MOST_KM
from services.order_facts import OrderFacts
from services.term_rows import put_limits
from services.validate import line, within
from services.work import Work

EVERY_OTHER = ""  # the group of jobs no other term is set for
MOST_DAYS = 3650


@dataclass(frozen=True)
class Covered:
    """A job that came back while the garage still answers for it."""

    guarantee: Guarantee
    number: str  # the order it was done on
    order_job_id: int


def set_term(work: Work, group: str, *, days: int | None, km: int | None) -> Event:
    """How long the garage answers for jobs of a group (blank: every other): days or km, whichever is first; neither: it does not.

    What was promised stays promised. Refuses with NotAllowed, TooLong, OutOfRange.
    """
    work.needs(*may.MANAGES)
    group = line(group, N_("Group"), 60, needed=False)
    if days is not None:
        within(days, N_("Days"), 1, MOST_DAYS)
    if km is not None:
        within(km, N_("Kilometres"), 1, MOST_KM)
    row = work.db.get(GuaranteeTerm, group)
    put_limits(work, row, lambda: GuaranteeTerm(group=group), days=days, km=km)
    return work.event(work.garage, "guarantee_term", group=group, days=days, km=km)


def terms(work: Work) -> list[GuaranteeTerm]:
    """What is promised by group, the one for every other job first."""
    return list(work.db.exec(select(GuaranteeTerm).order_by(col(GuaranteeTerm.group))))


def proposal(work: Work, facts: OrderFacts) -> list[Guarantee]:
    """What would be promised if the car left now: a row for each job done whose group has a term. Two queries."""
    done = [job for job in facts.agreed_jobs if job.done_at]
    known = {term.group: term for term in terms(work)} if done else {}
    if not known:
        return []
    keys = {job.job_id for job in done if job.job_id}
    groups = dict(work.db.exec(select(Job.id, Job.group).where(col(Job.id).in_(keys))).all())
    today, read = work.local(work.now).date(), facts.inspection.odometer_km if facts.inspection else None
    found = []
    for job in done:
        term = known.get(groups.get(job.job_id or 0, EVERY_OTHER)) or known.get(EVERY_OTHER)
        if term:
            found.append(_promised(facts.order, job, term, today, read, work))
    return found


def promise(work: Work, facts: OrderFacts) -> Sequence[Guarantee]:
    """Write it down, once per job: what was promised at an earlier hand-over of this order stays as it was."""
    before = {row.order_job_id for row in of_order(work, facts.order.id)}
    new = [row for row in proposal(work, facts) if row.order_job_id not in before]
    work.db.add_all(new)
    return new


def of_order(work: Work, order_id: int) -> list[Guarantee]:
    """What was promised when the car was handed over."""
    return list(work.db.exec(select(Guarantee).where(Guarantee.order_id == order_id).order_by(col(Guarantee.id))))


def covered(work: Work, facts: OrderFacts, km: int | None) -> list[Covered]:
    """Of the jobs on this order those an earlier visit's promise still holds for, the newest promise of each. `km`: what the car
    shows now, None when nobody has read it. One query."""
    if not facts.jobs:
        return []
    today = work.local(work.now).date()
    query = (
        select(Guarantee, OrderJob.job_id, WorkOrder.number)
        .join(OrderJob, col(OrderJob.id) == col(Guarantee.order_job_id))
        .join(WorkOrder, col(WorkOrder.id) == col(Guarantee.order_id))
        .where(Guarantee.vehicle_id == facts.order.vehicle_id, Guarantee.order_id != facts.order.id)
        .where(or_(col(Guarantee.until).is_(None), col(Guarantee.until) >= today))
        .order_by(col(Guarantee.id).desc())
    )
    rows = [row for row in work.db.exec(query) if km is None or row[0].until_km is None or km <= row[0].until_km]
    return [found for job in facts.jobs if (found := _of_job(job, rows))]


def _of_job(job: OrderJob, rows: Iterable[tuple[Guarantee, int | None, str]]) -> Covered | None:
    for row, job_id, number in rows:
        if (job.job_id is not None and job.job_id == job_id) or job.title.casefold() == row.title.casefold():
            return Covered(row, number, job.id)
    return None


def _promised(
    order: WorkOrder, job: OrderJob, term: GuaranteeTerm, today: date, read: int | None, work: Work
) -> Guarantee:
    return Guarantee(
        order_id=order.id,
        order_job_id=job.id,
        vehicle_id=order.vehicle_id,
        title=job.title,
        until=today + timedelta(days=term.days) if term.days else None,
        until_km=read + term.km if term.km and read is not None else None,
        at=work.now,
    )
