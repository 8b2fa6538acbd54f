"""Who pays an accident repair: the insurer what was agreed, the customer the excess (services/estimates.py)."""

from decimal import Decimal

from db.enums import Answer, Payer, Skill
from db.models import Garage, OrderJob
from services.claim_state import covered
from services.estimates import NOTHING, by_payer
from services.line_changes import set_payer
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.work import Work
from services.workflow import facts_of


class NoAccidentWork(Refusal):
    """No job here is accident work by itself. Say job by job who pays."""


def insurer_pays_all(work: Work, order_id: int) -> list[OrderJob]:
    """The insurer pays in whole every job the customer would pay, but the catalogue's routine service, which no accident causes.
    What warranty or goodwill pay, and shares set by hand, stay. Refuses with NoAccidentWork when nothing is left."""
    facts = facts_of(work, ORDERS, order_id)
    jobs = [job for job in facts.jobs if not _routine(job) and facts.job_answer(job) != Answer.DECLINED]
    mine = [job for job in jobs if paid_by(facts, job) == Payer.CUSTOMER]
    if not mine and not any(paid_by(facts, job) == Payer.INSURER for job in jobs):
        raise NoAccidentWork
    for job in mine:
        set_payer(work, order_id, order_job_id=job.id, payer=Payer.INSURER)
    return mine


def paid_by(facts: OrderFacts, job: OrderJob) -> Payer | None:
    """Who pays a job; None when its lines differ, or the payer pays a part only."""
    lines = facts.job_lines(job)
    payers = {line.payer for line in lines}
    whole = all(line.payer_percent == 100 for line in lines)
    return payers.pop() if len(payers) == 1 and whole else None


def too_much(facts: OrderFacts, garage: Garage, on_top: Decimal) -> Decimal:
    """By how much the insurer's work, tax in it, exceeds what was assessed and agreed `on_top`; 0 before the assessment."""
    most = covered(facts.claim, on_top) if facts.claim else None
    if most is None:
        return Decimal(0)
    return max(by_payer(facts.counted_lines, garage).get(Payer.INSURER, NOTHING).total - most, Decimal(0))


def _routine(job: OrderJob) -> bool:
    return job.job_id is not None and job.skill == Skill.SERVICE
