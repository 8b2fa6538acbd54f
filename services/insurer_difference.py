"""What an insurer would not pay: the customer takes it on, by word and name, on a new statement; the old one is credited."""

from decimal import Decimal

from db.enums import ConsentMethod, OrderStatus
from db.enums_reception import ClaimParty
from db.models import PayerClaim, Statement, WorkOrder
from services.claim_agreement import word
from services.claim_moves import CLAIMS
from services.claims import existing, set_field
from services.handover import reopen
from services.i18n import N_
from services.money import Sum
from services.order_lines import sum_typed
from services.order_refusals import StatementMissing
from services.refusals import Refusal
from services.settlement import bill, credit_note, standing, statement_lines, statements
from services.validate import line, one_of, reason_given
from services.work import Work
from services.workflow import advance, facts_of

SAID_BY = (ConsentMethod.PHONE, ConsentMethod.MESSAGE)  # who comes to pay signs the new statement
_ANSWER = ("approved", "rejection", "reason", "sent_at", "answered_at")


class MoreThanRefused(Refusal):
    """The insurer refused {lost}. The customer is asked for more than nothing and for no more than that."""


def charge_customer(
    work: Work, claim_id: int, *, amount: Decimal | None, method: ConsentMethod, person: str, reason: str
) -> Statement:
    """The customer agreed to pay `amount` (tax in it) of what the insurer refused: it is added to the excess, the statement is
    credited and issued anew, and the claim keeps its answer. A closed order is opened again by this act.

    Refuses with NotAllowed but for the manager, MoreThanRefused, Missing (who agreed), ReasonMissing, NotExact, and like `bill`.
    """
    reason, person = reason_given(reason, 150), line(person, N_("Who agreed"), 120)
    method = one_of(method, SAID_BY, N_("How they agreed"))
    work.lock(WorkOrder, work.get(PayerClaim, claim_id).order_id)  # every act on a statement holds the order first
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "charge_customer", amount=str(amount), by_word_of=person)
    facts, clean = facts_of(work, CLAIMS, claim_id), sum_typed(work, amount, N_("Amount"))
    if not 0 < clean <= facts.lost:
        raise MoreThanRefused(lost=Sum(facts.lost, work.garage.currency))
    answer = {name: getattr(claim, name) for name in _ANSWER}
    statement = _anew(work, claim.order_id, clean, f"{person}, {method.value}: {reason}", person)
    _answer_stands(work, claim_id, answer)
    return statement


def _anew(work: Work, order_id: int, amount: Decimal, words: str, person: str) -> Statement:
    """Credit the statement that counts and issue it again with so much more of the insurer's part on the customer."""
    if work.get(WorkOrder, order_id).status == OrderStatus.CLOSED:
        reopen(work, order_id, reason=words)
    before = standing(statements(work, order_id))
    if before is None:
        raise StatementMissing
    said = {one.line_id: (one.difference, one.difference_words) for one in statement_lines(work, before.id)
            if one.line_id and one.difference}  # fmt: skip
    credit_note(work, before.id, reason=words)
    told = existing(work, order_id)
    agreed = told.agreed
    told = set_field(work, order_id, "excess", told.excess + amount, was=told.excess)
    told.agreed = agreed | {ClaimParty.CUSTOMER.value: word(work, told, name=person)}
    work.db.add(told)
    work.db.flush()
    return bill(work, order_id, differences=said)


def _answer_stands(work: Work, claim_id: int, answer: dict[str, object]) -> None:
    """What the insurer said stays said, though the claim was taken back with the old statement and made again with the new."""
    claim = work.lock(PayerClaim, claim_id)
    if claim.status not in CLAIMS.move("settle").before:
        return  # rejected or paid as it was
    for name, value in answer.items():
        setattr(claim, name, value)
    work.db.add(claim)
    work.db.flush()
    advance(work, CLAIMS, claim_id, "settle")
