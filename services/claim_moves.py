"""The flow of a claim against who pays instead of the customer: handed in, answered, paid; or written off."""

from db.enums import Payer
from db.enums_money import ClaimStatus as C
from db.models import PayerClaim
from services import permissions as may
from services.check_marks import Named
from services.claim_agreement import NoInsurer
from services.claim_facts import ClaimFacts, load_claims
from services.claim_state import to_hand_in
from services.i18n import N_
from services.refusals import Refusal
from services.workflow import Flow, Move


class FailureMissing(Refusal):
    """What failed is not written down yet."""


class CauseMissing(Refusal):
    """The cause is not written down yet."""


class OdometerMissing(Refusal):
    """The odometer reading is missing."""


class ClaimIncomplete(Refusal):
    """It cannot be handed in yet: {gaps}."""


def failure_told(facts: ClaimFacts) -> Refusal | None:
    """The manufacturer wants to know what failed."""
    return FailureMissing() if _warranty(facts) and not facts.claim.failure else None


def cause_told(facts: ClaimFacts) -> Refusal | None:
    """And why."""
    return CauseMissing() if _warranty(facts) and not facts.claim.cause else None


def odometer_told(facts: ClaimFacts) -> Refusal | None:
    """And at which reading."""
    return OdometerMissing() if _warranty(facts) and facts.claim.odometer_km is None else None


def papers_complete(facts: ClaimFacts) -> Refusal | None:
    """The insurer wants the accident, the assessment agreed by all and every paper; without them a name and a number at least."""
    if facts.claim.payer != Payer.INSURER:
        return None
    if facts.insurance is None:
        return None if facts.claim.payer_name and facts.claim.reference else NoInsurer()
    gaps = to_hand_in(facts.insurance, facts.supplements_open)
    return ClaimIncomplete(gaps=Named(tuple(gap.label for gap in gaps))) if gaps else None


def _warranty(facts: ClaimFacts) -> bool:
    return facts.claim.payer == Payer.WARRANTY


def _unpaid(facts: ClaimFacts) -> bool:
    return facts.received == 0


def _refused_by_insurer(facts: ClaimFacts) -> bool:
    return facts.claim.payer == Payer.INSURER and facts.insurance is not None and facts.lost > 0


def _answered(facts: ClaimFacts) -> bool:
    return facts.claim.approved is not None


def _answered_before(facts: ClaimFacts) -> bool:
    return facts.claim.payer == Payer.INSURER and _answered(facts)


_ANSWERED = frozenset({C.APPROVED, C.SHORT, C.REJECTED})
_COMING = frozenset({C.APPROVED, C.SHORT})
_BY_ITSELF = (*may.TAKES_MONEY, *may.GIVES_CREDIT)  # whoever issues a statement or takes it back
CLAIMS: Flow[ClaimFacts] = Flow(
    PayerClaim,
    (
        Move("edit", N_("Change the claim"), "edit", frozenset({C.OPEN}), None, may.SETTLES_CLAIMS, "F08"),
        Move("send", N_("Hand in"), "send", frozenset({C.OPEN}), C.SENT, may.SETTLES_CLAIMS, "F08",
             (failure_told, cause_told, odometer_told, papers_complete), primary=True),
        Move("approve", N_("Approved in full"), "thumb_up", frozenset({C.SENT}), C.APPROVED, may.SETTLES_CLAIMS, "F08",
             primary=True),
        Move("cut", N_("Approved in part"), "content_cut", frozenset({C.SENT}), C.SHORT, may.SETTLES_CLAIMS, "F08"),
        Move("reject", N_("Rejected"), "thumb_down", frozenset({C.SENT}), C.REJECTED, may.SETTLES_CLAIMS, "F08"),
        Move("receive", N_("Money came in"), "payments", _COMING, None, may.CLAIMS_MONEY, "F08",
             detour=(lambda facts: facts.due == 0, C.PAID), primary=True),
        Move("return_money", N_("Money was taken back"), "undo", _COMING | {C.PAID}, C.APPROVED, may.CLAIMS_MONEY, "F08",
             shown=lambda facts: facts.received > 0, detour=(lambda facts: facts.lost > 0, C.SHORT)),
        Move("ask_again", N_("Claim again"), "replay", frozenset({C.SHORT, C.REJECTED}), C.OPEN, may.SETTLES_CLAIMS, "F08",
             shown=_unpaid),
        Move("write_off", N_("Write off"), "money_off", frozenset({C.OPEN, C.SENT}) | _ANSWERED, C.WRITTEN_OFF,
             may.WRITES_OFF, "F08"),
        Move("take_back", N_("Taken back with the statement"), "undo", frozenset({C.OPEN, C.SENT}) | _COMING, C.TAKEN_BACK,
             _BY_ITSELF, "F08", shown=_unpaid),
        Move("renew", N_("Asked for again with the new statement"), "restore", frozenset({C.TAKEN_BACK}), C.OPEN, _BY_ITSELF,
             "F08"),
        Move("restate", N_("Sum of the new statement"), "price_change", _ANSWERED | {C.PAID}, None, _BY_ITSELF, "R15",
             shown=_answered, detour=(lambda facts: facts.received > 0 and facts.due == 0, C.PAID)),
        Move("charge_customer", N_("The customer pays the difference"), "person", frozenset({C.SHORT, C.REJECTED, C.PAID}), None,
             may.GIVES_CREDIT, "R15", shown=_refused_by_insurer),
        Move("settle", N_("Answered before"), "gavel", frozenset({C.OPEN, C.SHORT}), C.APPROVED, may.GIVES_CREDIT, "R15",
             shown=_answered_before, detour=(lambda facts: facts.lost > 0, C.SHORT)),
    ),
    load_claims,
)  # fmt: skip
