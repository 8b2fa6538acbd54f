"""Who pays an accident repair: the insurer what was agreed, the customer the excess (services/estimates.py)."""

from decimal import Decimal

from db.enums import Answer, Payer
from db.models import Garage, OrderJob
from services.claim_state import covered
from services.estimates import NOTHING, by_payer
from services.line_changes import set_payer
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from services.workflow import facts_of


def insurer_pays_all(work: Work, order_id: int) -> list[OrderJob]:
    """The insurer pays every job the customer would pay, in whole; what warranty or goodwill pay, and shares set by hand, stay."""
    facts = facts_of(work, ORDERS, order_id)
    mine = [job for job in facts.jobs if paid_by(facts, job) == Payer.CUSTOMER and not _declined(facts, job)]
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


def _declined(facts: OrderFacts, job: OrderJob) -> bool:
    return facts.job_answer(job) == Answer.DECLINED
