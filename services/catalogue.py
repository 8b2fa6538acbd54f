"""The jobs the garage offers, with their parts, price and stock, and what a visit comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import LineKind
from db.models import Job, JobPart, Part
from services.estimates import taxed, together
from services.free_time import Need
from services.i18n import N_
from services.money import hours, line_total
from services.normalize import clean_text
from services.part_reservations import reserved
from services.refusals import Missing, NotFound
from services.tax_rates import Kinds, first_rate, kind_rates
from services.work import Work

Listed = dict[Decimal, Decimal]  # sums as the catalogue has them, by the rate of tax in per cent


@dataclass(frozen=True)
class NeededPart:
    """A part of a job: how much is needed, how much lies in stock, and how much of that other bookings have."""

    id: int
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    on_hand: Decimal
    taken: Decimal = Decimal(0)
    tax_percent: Decimal | None = None

    @property
    def free(self) -> Decimal:
        """How much can still be promised."""
        return max(self.on_hand - self.taken, Decimal(0))

    @property
    def in_stock(self) -> bool:
        """Whether there is enough for this job."""
        return self.free >= self.quantity


@dataclass
class Offered:
    """A job of the catalogue with its parts. `price` is labour and parts with tax, as told; `listed` as the catalogue has
    them."""

    job: Job
    price: Decimal
    listed: Listed
    parts: list[NeededPart] = field(default_factory=list)

    @property
    def need(self) -> Need:
        """What it asks of bay and person."""
        return Need(self.job.bay_kind, self.job.skill, self.job.minutes, self.job.people, self.job.group)

    @property
    def short(self) -> list[NeededPart]:
        """Parts of which there is not enough."""
        return [part for part in self.parts if not part.in_stock]


@dataclass(frozen=True)
class Estimate:
    """What the customer is told: the jobs, how long they take in minutes, and the price with tax."""

    offered: list[Offered]
    minutes: int
    price: Decimal

    @property
    def needs(self) -> list[Need]:
        """What the jobs ask of bays and people."""
        return [one.need for one in self.offered]

    @property
    def short(self) -> list[NeededPart]:
        """Parts of which there is not enough."""
        return [part for one in self.offered for part in one.short]

    @property
    def parts_needed(self) -> dict[int, Decimal]:
        """How much of each part, by its id, all jobs together ask for."""
        needed: dict[int, Decimal] = {}
        for part in (part for one in self.offered for part in one.parts):
            needed[part.id] = needed.get(part.id, Decimal(0)) + part.quantity
        return needed


def groups(work: Work) -> list[str]:
    """The groups of jobs, those with most jobs first."""
    query = select(Job.group).where(col(Job.active)).group_by(Job.group)
    return list(work.db.exec(query.order_by(func.count().desc(), Job.group)))


def find_jobs(work: Work, *, group: str | None = None, typed: str = "", limit: int = 30) -> list[Offered]:
    """The active jobs of a group, or those whose name or code has every word typed. Four queries."""
    query = select(Job).where(col(Job.active)).order_by(Job.code).limit(limit)
    if group:
        query = query.where(Job.group == group)
    for word in clean_text(typed).split():
        named = col(Job.name).icontains(word, autoescape=True)
        query = query.where(named | col(Job.code).icontains(word, autoescape=True))
    return offered_jobs(work, list(work.db.exec(query)))


def estimate(work: Work, job_ids: Sequence[int], *, without: int | None = None) -> Estimate:
    """What these jobs come to; parts kept for the booking `without` count as free. Four queries.

    Refuses with Missing when there are none, NotFound for one that is not offered.
    """
    if not job_ids:
        raise Missing(field=N_("Jobs"))
    wanted = list(dict.fromkeys(job_ids))
    jobs = {job.id: job for job in work.db.exec(select(Job).where(col(Job.id).in_(wanted), col(Job.active)))}
    if len(jobs) < len(wanted):
        raise NotFound
    offered = offered_jobs(work, [jobs[key] for key in wanted], without=without, together=True)
    price = with_tax(work, [one.listed for one in offered])
    return Estimate(offered, sum(job.minutes for job in jobs.values()), price)


def offered_jobs(
    work: Work, jobs: Sequence[Job], *, without: int | None = None, together: bool = False
) -> list[Offered]:
    """The jobs with parts, stock and price. With `together` a later job finds less of what the earlier ones need. Three queries."""
    query = select(JobPart, Part).join(Part, col(Part.id) == col(JobPart.part_id))
    rows = work.db.exec(query.where(col(JobPart.job_id).in_([job.id for job in jobs])).order_by(Part.code)).all()
    by_job: dict[int, list[tuple[JobPart, Part]]] = {}
    for needs, part in rows:
        by_job.setdefault(needs.job_id, []).append((needs, part))
    taken, kinds = reserved(work, {part.id for _, part in rows}, without=without), kind_rates(work)
    found = []
    for job in jobs:
        parts = [_needed(needs, part, taken) for needs, part in by_job.get(job.id, [])]
        found.append(_offer(work, job, parts, kinds))
        if together:
            taken |= {part.id: part.taken + part.quantity for part in parts}
    return found


def _needed(needs: JobPart, part: Part, taken: Mapping[int, Decimal]) -> NeededPart:
    kept = taken.get(part.id, Decimal(0))
    return NeededPart(part.id, part.name, part.unit, needs.quantity, part.price, part.on_hand, kept, part.tax_percent)


def _offer(work: Work, job: Job, parts: list[NeededPart], kinds: Kinds) -> Offered:
    listed = _listed(work, job, parts, kinds)
    return Offered(job, with_tax(work, [listed]), listed, parts)


def with_tax(work: Work, listed: Iterable[Listed]) -> Decimal:
    """What lines come to as the customer is told it; the tax of each rate is reckoned once."""
    garage, sums = work.garage, dict[Decimal, Decimal]()
    for one in listed:
        for rate, amount in one.items():
            sums[rate] = sums.get(rate, Decimal(0)) + amount
    return together(taxed(amount, rate, garage) for rate, amount in sums.items()).total


def _listed(work: Work, job: Job, parts: Sequence[NeededPart], kinds: Kinds) -> Listed:
    own = work.garage.tax_percent
    labour = first_rate(kinds, LineKind.LABOUR, job.tax_percent)
    sums = {own if labour is None else labour: labour_price(work, job)}
    for part in parts:
        rate = first_rate(kinds, LineKind.PART, part.tax_percent)
        rate = own if rate is None else rate
        total = line_total(part.quantity, part.price, Decimal(0), work.garage.currency)
        sums[rate] = sums.get(rate, Decimal(0)) + total
    return sums


def labour_price(work: Work, job: Job) -> Decimal:
    """What the work of a job costs: its fixed price, or its hours at the garage's rate."""
    if not job.by_hours:
        return job.price
    return line_total(hours(job.minutes), work.garage.labour_rate, Decimal(0), work.garage.currency)
