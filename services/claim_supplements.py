"""More damage found than was assessed, put to the insurer while the car waits or is in work, and the answer."""

from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.models import ClaimSupplement, InsuranceClaim
from services.claims import existing
from services.i18n import N_
from services.order_lines import most_sum, sum_typed
from services.order_moves import ORDERS
from services.refusals import NotFound, NotNow
from services.validate import line, reason_given, within
from services.work import Work
from services.workflow import advance


def ask_more(work: Work, order_id: int, *, reason: str, amount: Decimal | None) -> ClaimSupplement:
    """Put more damage to the insurer: what was found, and what it comes to. Refuses a blank reason, and sums that cannot be."""
    reason = reason_given(reason, 500)
    within(amount, N_("Amount"), Decimal("0.001"), most_sum(work))
    advance(work, ORDERS, order_id, "supplement", reason=reason)
    claim = existing(work, order_id)
    row = ClaimSupplement(claim_id=claim.id, reason=reason, amount=sum_typed(work, amount, N_("Amount")),
                          asked_at=work.now, by_id=work.by.id)  # fmt: skip
    return work.add(row)


def answer_more(work: Work, order_id: int, *, supplement_id: int, agreed: Decimal | None, name: str) -> ClaimSupplement:
    """The insurer's answer: the sum agreed (nothing: refused), by the name of who said so.

    Refuses with NotNow when it was answered before, OutOfRange when more was agreed than asked.
    """
    row = work.get(ClaimSupplement, supplement_id)
    if work.get(InsuranceClaim, row.claim_id).order_id != order_id:
        raise NotFound
    name = line(name, N_("Name"), 120)
    agreed = sum_typed(work, agreed, N_("Agreed sum"))
    within(agreed, N_("Agreed sum"), Decimal(0), row.amount)
    advance(work, ORDERS, order_id, "claim", supplement=row.reason, agreed=str(agreed))
    row = work.lock(ClaimSupplement, supplement_id)
    if row.answered_at is not None:
        raise NotNow
    row.agreed_sum, row.answered_by, row.answered_at = agreed, name, work.now
    return work.add(row)


def supplements(work: Work, claim_id: int) -> list[ClaimSupplement]:
    """What was asked on top, oldest first."""
    mine = select(ClaimSupplement).where(ClaimSupplement.claim_id == claim_id).order_by(col(ClaimSupplement.id))
    return list(work.db.exec(mine))


def agreed_on_top(work: Work, claim_id: int) -> Decimal:
    """What the insurer agreed to beyond the assessment."""
    mine = select(func.sum(ClaimSupplement.agreed_sum)).where(ClaimSupplement.claim_id == claim_id)
    return work.db.exec(mine).one() or Decimal(0)
