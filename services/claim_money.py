"""What comes of a claim: approved, cut, rejected, paid in one sum or several, taken back by the payer, written off."""

from decimal import Decimal

from db.enums_money import ClaimRejection, ClaimStatus
from db.models import ClaimReceipt, PayerClaim
from services.claim_moves import CLAIMS
from services.i18n import N_
from services.money import Sum
from services.order_lines import sum_typed
from services.refusals import NotNow, Refusal
from services.validate import line, one_of, reason_given, text
from services.work import Work
from services.workflow import advance, facts_of


class NotCut(Refusal):
    """That is no cut: {asked} were asked for. A part of it is more than nothing and less than all."""


class MoreThanApproved(Refusal):
    """Only {due} are still to come on this claim."""


class MoreThanCame(Refusal):
    """Only {received} came in on this claim."""


def approve(work: Work, claim_id: int, *, reference: str = "") -> PayerClaim:
    """The payer pays all that was asked."""
    claim = _answered(work, claim_id, "approve", reference)
    claim.approved, claim.rejection, claim.reason = claim.asked, None, ""
    return work.add(claim)


def cut(
    work: Work,
    claim_id: int,
    *,
    approved: Decimal | None,
    why: ClaimRejection | None,
    reason: str = "",
    reference: str = "",
) -> PayerClaim:
    """The payer pays a part, and says why not all. Refuses with NotCut, NotExact, ReasonMissing (for another one)."""
    claim = _answered(work, claim_id, "cut", reference)
    clean = sum_typed(work, approved, N_("Approved"))
    if not 0 < clean < claim.asked:
        raise NotCut(asked=Sum(claim.asked, work.garage.currency))
    claim.approved = clean
    return _refused(work, claim, why, reason)


def reject(
    work: Work, claim_id: int, *, why: ClaimRejection | None, reason: str = "", reference: str = ""
) -> PayerClaim:
    """The payer pays nothing, and says why. Refuses with ReasonMissing (for another reason)."""
    claim = _answered(work, claim_id, "reject", reference)
    claim.approved = Decimal(0)
    return _refused(work, claim, why, reason)


def receive(work: Work, claim_id: int, *, amount: Decimal | None, reference: str = "") -> ClaimReceipt:
    """Money came in, all of it or a part; with the last of it the claim is paid. Refuses with MoreThanApproved, NotExact."""
    work.lock(PayerClaim, claim_id)
    due = facts_of(work, CLAIMS, claim_id).due
    clean = _some(work, amount)
    if CLAIMS.move("receive").before >= {work.get(PayerClaim, claim_id).status} and clean > due:
        raise MoreThanApproved(due=Sum(due, work.garage.currency))
    receipt = _receipt(work, claim_id, clean, reference)
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "receive", amount=str(clean))
    if claim.status == ClaimStatus.PAID:
        claim.ended_at = work.now
        work.db.add(claim)
    return receipt


def return_money(work: Work, claim_id: int, *, amount: Decimal | None, reason: str) -> ClaimReceipt:
    """The payer took money back, for a reason; the claim is no longer paid. Refuses with MoreThanCame, ReasonMissing."""
    reason, clean = reason_given(reason, 120), _some(work, amount)
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "return_money", amount=str(clean), reason=reason)
    received = facts_of(work, CLAIMS, claim_id).received
    if clean > received:
        raise MoreThanCame(received=Sum(received, work.garage.currency))
    claim.ended_at = None
    work.db.add(claim)
    return _receipt(work, claim_id, -clean, reason)


def write_off(work: Work, claim_id: int, *, reason: str) -> PayerClaim:
    """Nothing more will come of it: the manager gives it up, for a reason. Refuses with ReasonMissing."""
    reason = reason_given(reason)
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "write_off", reason=reason)
    claim.reason, claim.ended_at = reason, work.now
    return work.add(claim)


def _answered(work: Work, claim_id: int, action: str, reference: str) -> PayerClaim:
    claim: PayerClaim = advance(work, CLAIMS, claim_id, action)
    claim.reference = line(reference, N_("Their reference"), 60, needed=False) or claim.reference
    claim.answered_at = work.now
    return claim


def _refused(work: Work, claim: PayerClaim, why: ClaimRejection | None, reason: str) -> PayerClaim:
    claim.rejection = one_of(why, ClaimRejection, N_("Reason"))
    needed = claim.rejection == ClaimRejection.OTHER
    claim.reason = reason_given(reason) if needed else text(reason, N_("Reason"), 300, needed=False)
    return work.add(claim)


def _some(work: Work, amount: Decimal | None) -> Decimal:
    clean = sum_typed(work, amount, N_("Amount"))
    if not clean:
        raise NotNow
    return clean


def _receipt(work: Work, claim_id: int, amount: Decimal, reference: str) -> ClaimReceipt:
    words = line(reference, N_("Reference of the transfer"), 120, needed=False)
    return work.add(ClaimReceipt(claim_id=claim_id, amount=amount, reference=words, at=work.now, by_id=work.by.id))
