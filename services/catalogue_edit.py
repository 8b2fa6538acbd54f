"""Making and changing the jobs the garage offers, with their standard time and price."""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.enums import BayKind, Skill
from db.models import Bay, Job
from services import permissions as may
from services import validate
from services.demo.content import load
from services.i18n import N_
from services.money import to_coin
from services.refusals import Refusal
from services.work import Work

MOST_HOURS, MOST_PRICE = 100, 10_000_000


class CodeTaken(Refusal):
    """There is already an entry with the code {code}."""


@dataclass(frozen=True)
class JobTyped:
    """A job as typed; hours are the standard labour time, of each of the `people` who do it together.

    `by_hours`: priced by them at the garage's rate, whatever `price` says. `safety`: declined only after a warning.
    `tax_percent` None: that of its kind.
    """

    code: str
    name: str
    group: str
    hours: Decimal
    price: Decimal
    bay_kind: BayKind
    skill: Skill
    active: bool = True
    people: int = 1
    by_hours: bool = False
    safety: bool = False
    tax_percent: Decimal | None = None


def all_jobs(work: Work) -> list[Job]:
    """Every job by group and name, those no longer offered last."""
    return list(work.db.exec(select(Job).order_by(col(Job.active).desc(), col(Job.group), col(Job.name))))


def put_job(work: Work, job_id: int | None, typed: JobTyped) -> Job:
    """Change a job, or make one (`job_id` None). Refuses with NotAllowed, Missing, TooLong, OutOfRange, CodeTaken."""
    work.needs(*may.MANAGES)
    row = (
        work.lock(Job, job_id)
        if job_id
        else Job(code="", name="", minutes=0, bay_kind=typed.bay_kind, skill=typed.skill)
    )
    row.code = _free_code(work, typed.code, job_id)
    row.name = validate.line(typed.name, N_("Job"), 120)
    row.group = validate.line(typed.group, N_("Group"), 60, needed=False)
    validate.within(typed.hours, N_("Labour hours"), Decimal("0.05"), MOST_HOURS)
    row.minutes = round(typed.hours * 60)
    row.price = _price(work, typed.price, N_("Price"))
    validate.within(typed.people, N_("People at once"), 1, 2)
    row.by_hours, row.safety = typed.by_hours, typed.safety
    if typed.tax_percent is not None:
        validate.within(typed.tax_percent, N_("Tax in percent"), 0, 100)
    row.tax_percent = typed.tax_percent
    row.bay_kind, row.skill, row.active, row.people = typed.bay_kind, typed.skill, typed.active, typed.people
    work.event(work.add(row), "changed" if job_id else "added", name=row.name)
    return row


def put_common_jobs(work: Work) -> None:
    """The jobs most garages offer, for a garage that begins: standard times as they are, prices where the currency is the same.

    Jobs that need a kind of bay the garage does not have are left out.
    """
    content, garage = load(work.garage.language), work.garage
    kinds = set(work.db.exec(select(Bay.kind)))
    same = content.garage.currency == garage.currency
    for job in content.jobs:
        if job.bay_kind in kinds:
            price = job.price if same else Decimal(0)
            work.add(
                Job(code=job.code, name=job.name, group=job.group, minutes=job.minutes, price=price, bay_kind=job.bay_kind,
                    skill=job.skill, interval_km=job.every_km, interval_months=job.every_months, safety=job.safety,
                    by_hours=job.by_hours)
            )  # fmt: skip


def _free_code(work: Work, typed: str, own: int | None) -> str:
    code = validate.line(typed, N_("Code"), 30)
    if work.db.exec(select(Job.id).where(Job.code == code, Job.id != (own or 0))).first():
        raise CodeTaken(code=code)
    return code


def _price(work: Work, amount: Decimal, field: str) -> Decimal:
    validate.within(amount, field, 0, MOST_PRICE)
    return to_coin(amount, work.garage.currency)
