"""The customer wants none of what was offered: the answers are kept as evidence, and the visit ends without work."""

from collections.abc import Collection, Mapping

from db.enums import Answer, ConsentMethod
from db.models import Consent, Vehicle, WorkOrder
from services import orders
from services.consents import Signature, answer_lines, still
from services.i18n import N_, translate
from services.order_moves import ORDERS
from services.order_refusals import ConsentMissing
from services.refusals import NotNow
from services.work import Work
from services.workflow import facts_of


def decline_all(
    work: Work,
    order_id: int,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    version: int | None = None,
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Keep the answers by line id and end the visit, both or neither; what was declined follows the car.

    Refuses with NotNow when something is agreed, ConsentMissing while a line has no answer, and otherwise like
    `consents.approve` and `orders.cancel`.
    """
    order = work.lock(WorkOrder, order_id)
    still(work, order, version)
    consent = answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note,
                           warned=warned, language=language)  # fmt: skip
    facts = facts_of(work, ORDERS, order_id)
    if facts.pending:
        raise ConsentMissing(lines=", ".join(line.title for line in facts.pending))
    if any(line.answer == Answer.AGREED for line in facts.lines):
        raise NotNow
    orders.cancel(work, order_id, reason=translate(work.garage.language, N_("The customer wants none of it")))
    work.get(Vehicle, order.vehicle_id).reckoned = False  # what is due for it has changed
    return consent
