"""Safety work left undone: explained when the car is handed over, and signed for, or kept why nobody signed."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.enums import Answer
from db.models import Consent, ConsentItem, Handover, WorkOrder
from services.check_marks import Named
from services.consent_rows import Signature
from services.files import attach_signature
from services.handover_points import UNSIGNED
from services.handover_rows import mark
from services.order_facts import OrderFacts
from services.recommendations import is_on, open_recommendations
from services.refusals import NotNow, Refusal
from services.safety_warnings import unsafe
from services.validate import reason_given
from services.work import Work


class SafetyNotSigned(Refusal):
    """Safety work was left undone and nobody has signed for it: {jobs}."""


@dataclass(frozen=True)
class LeftUndone:
    """Safety work the customer declined or that is advised for later; `signed` when that was signed for with the order."""

    title: str
    why: str
    signed: bool


def left_undone(work: Work, facts: OrderFacts) -> list[LeftUndone]:
    """All safety work the car leaves without. Two queries at most."""
    declined = {line.id: line.answer for line in facts.lines if line.answer == Answer.DECLINED}
    jobs = unsafe(facts.jobs, facts.lines, declined)
    signed = _signed_lines(work, facts.order.id) if jobs else set()
    found = [LeftUndone(job.title, job.reason, all(line.id in signed for line in facts.job_lines(job))) for job in jobs]
    advised = (row for row in open_recommendations(work, facts.order.vehicle_id) if row.safety)
    return found + [LeftUndone(row.text, "", False) for row in advised if not is_on(facts.jobs, row)]


def to_sign(found: list[LeftUndone], row: Handover | None) -> list[LeftUndone]:
    """What still has to be signed for at the hand-over."""
    settled = row is not None and (row.safety_signature_id is not None or UNSIGNED in row.points)
    return [] if settled else [one for one in found if not one.signed]


def sign(work: Work, order: WorkOrder, row: Handover, signature: Signature) -> Handover:
    """It was explained, and the customer signs for leaving without it. The order is held by the caller. Refuses with NotNow when
    somebody signed already."""
    if row.safety_signature_id is not None:
        raise NotNow
    row.safety_signature_id = attach_signature(work, order, signature.png, signature.strokes).id
    work.note(order, "safety_signed")
    return work.add(row)


def nobody_signs(work: Work, order: WorkOrder, row: Handover, reason: str) -> Handover:
    """It was explained, and nobody signs: why is kept. The order is held by the caller. Refuses with ReasonMissing."""
    reason = reason_given(reason)
    mark(work, row, UNSIGNED, why=reason)
    work.note(order, "safety_not_signed", reason=reason)
    return work.add(row)


def refuse_open(work: Work, facts: OrderFacts, row: Handover) -> None:
    """Refuses with SafetyNotSigned when the car would leave without a word on it."""
    left = to_sign(left_undone(work, facts), row)
    if left:
        raise SafetyNotSigned(jobs=Named(tuple(one.title for one in left)))


def _signed_lines(work: Work, order_id: int) -> set[int]:
    """Lines whose refusal stands above a signature."""
    query = select(ConsentItem.line_id).join(Consent, col(Consent.id) == col(ConsentItem.consent_id))
    said = (Consent.order_id == order_id, col(Consent.signature_id).is_not(None), ConsentItem.answer == Answer.DECLINED)
    return set(work.db.exec(query.where(*said)))
