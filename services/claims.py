"""An accident repair with an insurer: opened, and what is known of the accident and its assessment written down."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.models import ClaimSupplement, InsuranceClaim, PayerClaim, Staff, WorkOrder
from services.estimate_versions import changed_while_shown
from services.i18n import N_
from services.order_lines import sum_typed
from services.order_moves import ORDERS
from services.refusals import AlreadyDone, NotFound, Refusal, Stale
from services.validate import line, text
from services.work import Work, last_event
from services.workflow import advance, facts_of

RESETS = ("insurer", "assessed_sum", "excess")  # a change of these asks all three parties anew
_SUMS = ("assessed_sum", "excess")
_RECENT = 200  # claims looked back for the insurers of late


class ClaimInUse(Refusal):
    """Something is written down about this accident already, so it stays on the order."""


class NotYetHappened(Refusal):
    """This lies in the future."""


class AssessedBefore(Refusal):
    """The damage cannot have been assessed before the accident."""


class AlreadyBilled(Refusal):
    """The statement has been issued; its sums stay as they are."""


def claim_of(work: Work, order_id: int) -> InsuranceClaim | None:
    """The accident claim of an order; None when it is no accident repair."""
    return work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == order_id)).first()


def open_claim(work: Work, order_id: int) -> InsuranceClaim:
    """The order becomes an accident repair. Refuses with NotNow when it is one."""
    advance(work, ORDERS, order_id, "open_claim")
    return work.add(InsuranceClaim(order_id=order_id, created_at=work.now))


def drop_claim(work: Work, order_id: int) -> None:
    """It is no accident repair after all. Refuses with ClaimInUse once anything is written down."""
    advance(work, ORDERS, order_id, "claim", dropped=True)
    claim = existing(work, order_id)
    told = (claim.insurer, claim.policy_number, claim.claim_number, claim.happened_at, claim.story, claim.assessor,
            claim.assessed_sum, claim.excess, claim.agreed, claim.papers)  # fmt: skip
    if any(told) or work.db.exec(select(ClaimSupplement.id).where(ClaimSupplement.claim_id == claim.id)).first():
        raise ClaimInUse
    work.db.delete(claim)
    work.db.flush()


def set_field(work: Work, order_id: int, field: str, value: Any, *, was: Any) -> InsuranceClaim:
    """Write one field of the claim. `was` is what the tablet showed before: two people may fill in different fields at once.

    Sums and the insurer ask all three parties anew. Refuses with Stale when somebody wrote another value meanwhile, with
    AlreadyBilled, and what cannot be (TooLong, OutOfRange, NotExact, NotYetHappened, AssessedBefore).
    """
    advance(work, ORDERS, order_id, "claim", field=field)
    claim, clean = existing(work, order_id), _CLEAN[field](work, value)
    now = getattr(claim, field)
    if now == clean:
        return claim
    if now != was:
        raise someone_else(work, work.get(WorkOrder, order_id))
    if field in _SUMS and facts_of(work, ORDERS, order_id).billed is not None:
        raise AlreadyBilled
    setattr(claim, field, clean)
    if field == "assessed_sum" and clean is not None and claim.assessed_at is None:
        claim.assessed_at = work.now
    _in_order(work, claim)
    if field in RESETS and claim.agreed:
        claim.agreed = {}
    if field == "excess":  # a customer who is just reading the estimate signs for it
        changed_while_shown(work, work.get(WorkOrder, order_id))
    return work.add(claim)


def existing(work: Work, order_id: int) -> InsuranceClaim:
    """The claim as it is now, held until the end. Raises NotFound."""
    claim = claim_of(work, order_id)
    if claim is None:
        raise NotFound
    return work.lock(InsuranceClaim, claim.id)


def recent_insurers(work: Work, most: int = 6) -> list[str]:
    """The insurers of late, the one met most often first."""
    newest = select(InsuranceClaim.insurer).order_by(col(InsuranceClaim.id).desc()).limit(_RECENT)
    names = [name for name in work.db.exec(newest) if name]
    return sorted(dict.fromkeys(names), key=lambda name: -names.count(name))[:most]


def someone_else(work: Work, row: WorkOrder | PayerClaim) -> Refusal:
    """The refusal that names who wrote last, before this act."""
    mine = last_event(work, row)
    event = last_event(work, row, before=mine.id) if mine else None
    who = work.db.get(Staff, event.by_id) if event and event.by_id else None
    if event is None:
        return AlreadyDone()
    return Stale(name=who.name if who else N_("Someone"), at=work.local(event.at).strftime("%H:%M"))


def _in_order(work: Work, claim: InsuranceClaim) -> None:
    happened, assessed = claim.happened_at, claim.assessed_at
    if happened and assessed and work.local(assessed).date() < work.local(happened).date():
        raise AssessedBefore


def _words(field: str, most: int, clean: Callable[..., str] = line) -> Callable[[Work, Any], Any]:
    return lambda _work, value: clean(value, field, most, needed=False)


def _past(work: Work, value: datetime | None) -> datetime | None:
    if value is not None and value > work.now:
        raise NotYetHappened
    return value


def _sum(field: str, empty: Decimal | None) -> Callable[[Work, Any], Any]:
    return lambda work, value: empty if value is None else sum_typed(work, value, field)


_CLEAN: dict[str, Callable[[Work, Any], Any]] = {
    "insurer": _words(N_("Insurer"), 120),
    "policy_number": _words(N_("Policy number"), 60),
    "claim_number": _words(N_("Claim number"), 60),
    "story": _words(N_("What happened"), 2000, text),
    "assessor": _words(N_("Loss assessor"), 120),
    "assessor_phone": _words(N_("Phone of the loss assessor"), 40),
    "happened_at": _past,
    "assessed_at": _past,
    "assessed_sum": _sum(N_("Assessed sum"), None),
    "excess": _sum(N_("Excess the customer pays"), Decimal(0)),
}
