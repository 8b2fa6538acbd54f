"""What is known about claims: read for many at once in a fixed number of queries, judged by the conditions of their flow."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.models import ClaimReceipt, PayerClaim
from services.work import Work

NONE = Decimal(0)


@dataclass(frozen=True)
class ClaimFacts:
    """One claim with what came in on it so far."""

    claim: PayerClaim
    received: Decimal = NONE

    @property
    def due(self) -> Decimal:
        """What they agreed to pay and have not paid yet; nothing before they agreed."""
        return max((self.claim.approved or NONE) - self.received, NONE)

    @property
    def lost(self) -> Decimal:
        """What was asked for and will not come: cut or rejected; nothing before they answered."""
        return NONE if self.claim.approved is None else self.claim.asked - self.claim.approved


def load_claims(work: Work, rows: Sequence[PayerClaim]) -> dict[int, ClaimFacts]:
    """The facts of claims, by id. One query."""
    came = _received(work, [row.id for row in rows])
    return {row.id: ClaimFacts(row, came.get(row.id, NONE)) for row in rows}


def _received(work: Work, keys: Sequence[int]) -> dict[int, Decimal]:
    sums = select(ClaimReceipt.claim_id, func.sum(ClaimReceipt.amount)).where(col(ClaimReceipt.claim_id).in_(keys))
    return dict(work.db.exec(sums.group_by(col(ClaimReceipt.claim_id))).all()) if keys else {}
