"""What is known about claims: read for many at once in a fixed number of queries, judged by the conditions of their flow."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import Payer
from db.models import ClaimReceipt, ClaimSupplement, InsuranceClaim, PayerClaim
from services.work import Work

NONE = Decimal(0)


@dataclass(frozen=True)
class ClaimFacts:
    """One claim with what came in on it so far; of an insurer's what was written down of the accident, and questions still open."""

    claim: PayerClaim
    received: Decimal = NONE
    insurance: InsuranceClaim | None = None
    supplements_open: int = 0

    @property
    def due(self) -> Decimal:
        """What they agreed to pay and have not paid yet; nothing before they agreed."""
        return max((self.claim.approved or NONE) - self.received, NONE)

    @property
    def lost(self) -> Decimal:
        """What was asked for and will not come: cut or rejected; nothing before they answered."""
        return NONE if self.claim.approved is None else self.claim.asked - self.claim.approved


def load_claims(work: Work, rows: Sequence[PayerClaim]) -> dict[int, ClaimFacts]:
    """The facts of claims, by id. One query, two more where an insurer is among them."""
    came = _received(work, [row.id for row in rows])
    told, asked = _insurance(work, [row.order_id for row in rows if row.payer == Payer.INSURER])
    found = {}
    for row in rows:
        accident = told.get(row.order_id) if row.payer == Payer.INSURER else None
        found[row.id] = ClaimFacts(row, came.get(row.id, NONE), accident, asked.get(accident.id, 0) if accident else 0)
    return found


def _received(work: Work, keys: Sequence[int]) -> dict[int, Decimal]:
    sums = select(ClaimReceipt.claim_id, func.sum(ClaimReceipt.amount)).where(col(ClaimReceipt.claim_id).in_(keys))
    return dict(work.db.exec(sums.group_by(col(ClaimReceipt.claim_id))).all()) if keys else {}


def _insurance(work: Work, orders: Sequence[int]) -> tuple[dict[int, InsuranceClaim], dict[int, int]]:
    """The accidents of these orders, by order; and how often the insurer was asked about more damage without an answer yet."""
    if not orders:
        return {}, {}
    rows = work.db.exec(select(InsuranceClaim).where(col(InsuranceClaim.order_id).in_(orders)))
    told = {row.order_id: row for row in rows}
    keys = [row.id for row in told.values()]
    count = select(ClaimSupplement.claim_id, func.count()).where(
        col(ClaimSupplement.claim_id).in_(keys), col(ClaimSupplement.answered_at).is_(None)
    )
    return told, dict(work.db.exec(count.group_by(col(ClaimSupplement.claim_id))).all())
