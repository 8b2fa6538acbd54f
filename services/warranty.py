"""Warranty cover of the jobs on an order: what the terms say, what was decided, and who pays after that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.choice import Label
from db.enums import Payer, Role, Skill
from db.enums_reception import Cover, OrderTaskKind
from db.models import Job, OrderJob, OrderTask, Vehicle, WarrantyTerm, WorkOrder
from services import orders
from services import permissions as may
from services.boards import OPEN
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_lines import job_of
from services.order_moves import ORDERS
from services.order_tasks import ask, close
from services.refusals import NotNow, ReasonMissing, Refusal
from services.validate import text
from services.warranty_rules import Judgement, Limits, Standing, judge, said
from services.warranty_terms import near, term_for, warranty_terms
from services.work import Work
from services.workflow import facts_of

DECIDES = (*may.RECEIVES, *may.DECIDES_WARRANTY)
REASON = 300  # characters
# Upkeep, wear and damage: a warranty on the whole car does not pay for them, only a term of their own group.
_OWN_TERM_ONLY = (Skill.SERVICE, Skill.TYRES, Skill.BODY)


class CoverChanged(Refusal):
    """“{title}” was decided meanwhile: {cover}."""


@dataclass(frozen=True)
class JobCover:
    """One job: what the terms say of it, what was decided (`job.cover`), and the clerk's task when there is or was one."""

    job: OrderJob
    judged: Judgement
    task: OrderTask | None

    @property
    def waits(self) -> bool:
        """Whether the warranty clerk has still to decide."""
        return self.task is not None and self.task.done_at is None

    @property
    def calls(self) -> bool:
        """Whether somebody must see it: decided, or the terms do not simply say that the customer pays."""
        return self.job.cover is not None or self.judged.cover != Cover.OUTSIDE


def covers(work: Work, facts: OrderFacts) -> list[JobCover]:
    """Every job of the order with what the terms say. A fixed number of queries."""
    car = work.get(Vehicle, facts.order.vehicle_id)
    known = _catalogue(work, facts.jobs)
    terms, clerks = warranty_terms(work), _tasks(work, facts.order.id)
    return [
        JobCover(job, _judged(work, facts, car, known.get(job.job_id or 0), terms), clerks.get(job.id))
        for job in facts.jobs
    ]


def assess(work: Work, order_id: int, order_job_id: int) -> Judgement:
    """What the terms say of one job, as the car stood when it came. Raises NotFound."""
    job = job_of(work, order_id, order_job_id)
    return next(one.judged for one in covers(work, facts_of(work, ORDERS, order_id)) if one.job.id == job.id)


def decide(
    work: Work, order_id: int, *, order_job_id: int, cover: Cover, seen: Cover | None = None, reason: str = ""
) -> OrderJob:
    """Decide about one job. Inside: warranty pays all its lines; outside: the customer again, where warranty did; undecided: the
    warranty clerk gets it as a task, and only the clerk or the manager decides from then on.

    What the terms do not say needs a reason. `seen` is the decision the person saw; refuses with CoverChanged when it is
    another by now, ReasonMissing, NotAllowed, NotNow (to the clerk twice; once the statement is issued or the car has left, unless
    the clerk was asked before).
    """
    order = work.lock(WorkOrder, order_id)
    job = job_of(work, order_id, order_job_id)
    work.db.refresh(job)
    facts = facts_of(work, ORDERS, order_id)
    now = next(one for one in covers(work, facts) if one.job.id == job.id)
    work.needs(*(may.DECIDES_WARRANTY if now.task else DECIDES))
    if job.cover != seen:
        raise CoverChanged(title=job.title, cover=job.cover.label if job.cover else Label(N_("not decided")))
    if not now.waits and (order.status not in OPEN or facts.billed is not None):
        raise NotNow
    why = text(reason, N_("Reason"), REASON, needed=False)
    if not why and cover != now.judged.cover:
        raise ReasonMissing
    why = why or now.judged.say(work.garage.language)[:REASON]
    if cover == Cover.UNDECIDED:
        _to_clerk(work, order, now, why)
    elif now.task and now.waits:
        close(work, now.task.id, why)
    work.event(order, "warranty", order.status.value, order.status.value, job=job.title, cover=cover.label, reason=why)
    job.cover, job.cover_reason = cover, why
    work.add(job)
    if facts.billed is None and order.status in OPEN:
        _pays(work, facts, job)
    return job


def send_undecided(work: Work, order_id: int) -> list[OrderJob]:
    """What the terms cannot decide and nobody has decided yet goes to the warranty clerk. For whoever goes on without a word."""
    found = covers(work, facts_of(work, ORDERS, order_id))
    left = [one.job for one in found if one.job.cover is None and one.judged.cover == Cover.UNDECIDED]
    return [decide(work, order_id, order_job_id=job.id, cover=Cover.UNDECIDED) for job in left]


def _to_clerk(work: Work, order: WorkOrder, now: JobCover, why: str) -> None:
    if now.task:
        raise NotNow
    asked = f"{now.job.title}: {why}"
    ask(work, order.id, OrderTaskKind.WARRANTY, Role.WARRANTY_CLERK, asked, now.job.id)


def _pays(work: Work, facts: OrderFacts, job: OrderJob) -> None:
    """Until it is decided the customer pays, so that a decision can only be good news."""
    payers = {line.payer for line in facts.job_lines(job)}
    if job.cover == Cover.INSIDE and payers != {Payer.WARRANTY}:
        orders.set_payer(work, job.order_id, order_job_id=job.id, payer=Payer.WARRANTY)
    elif job.cover != Cover.INSIDE and Payer.WARRANTY in payers:
        orders.set_payer(work, job.order_id, order_job_id=job.id, payer=Payer.CUSTOMER)


def _judged(work: Work, facts: OrderFacts, car: Vehicle, known: Job | None, terms: Sequence[WarrantyTerm]) -> Judgement:
    group = known.group if known else ""
    term = term_for(terms, car.make, group)
    own = term is not None and term.group != ""
    if known and not own and (known.skill in _OWN_TERM_ONLY or known.interval_km or known.interval_months):
        return said(Cover.OUTSIDE, N_("upkeep, wear or damage"))
    if term is None and car.warranty_until is None:
        return said(Cover.OUTSIDE, N_("no warranty terms for it"))
    if term and term.months == 0:
        return said(Cover.OUTSIDE, N_("not under warranty"))
    until = car.warranty_until if not own else None  # the car's own papers say more than a general term
    limits = Limits(until, term.months if term else None, term.km if term else None)
    return judge(limits, _standing(work, facts, car), near(work))


def _standing(work: Work, facts: OrderFacts, car: Vehicle) -> Standing:
    read = facts.inspection.odometer_km if facts.inspection else None
    came: date = work.local(facts.order.arrived_at).date()
    return Standing(came, car.first_registered, read, car.odometer_km)


def _catalogue(work: Work, jobs: Sequence[OrderJob]) -> dict[int, Job]:
    keys = {job.job_id for job in jobs if job.job_id}
    return {job.id: job for job in work.db.exec(select(Job).where(col(Job.id).in_(keys)))} if keys else {}


def _tasks(work: Work, order_id: int) -> dict[int, OrderTask]:
    mine = (OrderTask.order_id == order_id, OrderTask.kind == OrderTaskKind.WARRANTY)
    rows = work.db.exec(
        select(OrderTask).where(*mine, col(OrderTask.order_job_id).is_not(None)).order_by(col(OrderTask.id))
    )
    return {row.order_job_id or 0: row for row in rows}
