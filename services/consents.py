"""The customer's word on each line, kept as evidence: what was asked, the sums at that moment, who answered and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, Payer
from db.models import Attachment, Consent, ConsentItem, OrderLine, Staff, WorkOrder
from services import permissions as may
from services.estimates import total, total_of
from services.files import attach_signature
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal, Stale
from services.validate import text
from services.work import Work, last_event
from services.workflow import advance


class SignatureMissing(Refusal):
    """The customer has not signed yet."""


class NoAnswer(Refusal):
    """Record the customer's answer first."""


class AlreadyAnswered(Refusal):
    """The customer has already answered about “{title}”."""


@dataclass(frozen=True)
class Signature:
    """As drawn on the tablet: the picture, and the strokes ([[x, y, ms], …] each)."""

    png: bytes
    strokes: Sequence[Any] = field(default_factory=list)


def approve(
    work: Work,
    order_id: int,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    version: int | None = None,
) -> Consent:
    """Keep the answers by line id and send the order to dispatch, both or neither.

    `version` is the order's as the customer saw it. Refuses with Stale when it changed since, SignatureMissing, and whatever
    stands in the way of the move: lines without an answer, nothing agreed.
    """
    order = work.lock(WorkOrder, order_id)
    _still(work, order, version)
    consent = answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note)
    advance(work, ORDERS, order_id, "approve", consent=consent.id, method=method.value)
    return consent


def answer_extra(
    work: Work,
    order_id: int,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
) -> Consent:
    """Keep the customer's answers about extra work. The car stays where it is."""
    order: WorkOrder = advance(work, ORDERS, order_id, "answer_extra", method=method.value)
    return answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note)


def answer_lines(
    work: Work,
    order: WorkOrder,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
) -> Consent:
    """Write the answers on lines that wait for one, with words and sums as they stand now. Makes no move of its own.

    Refuses a blank name, no answer at all, a line answered before or of another order, and a signed answer without signature.
    """
    work.needs(*may.RECEIVES)
    lines = _asked(work, order, answers)
    if method == ConsentMethod.SIGNED and signature is None:
        raise SignatureMissing
    for line in lines:
        line.answer = answers[line.id]
        work.db.add(line)
    consent = _consent(work, order, lines, method, text(person, N_("Who answered"), 120), signature, note)
    for line in lines:
        work.db.add(_snapshot(consent, line, work.garage.currency))
    work.db.flush()
    return consent


def consents(work: Work, order_id: int) -> list[tuple[Consent, list[ConsentItem]]]:
    """Everything the customer said about an order, oldest first. Two queries."""
    found = work.db.exec(select(Consent).where(Consent.order_id == order_id).order_by(col(Consent.id))).all()
    items = work.db.exec(select(ConsentItem).where(col(ConsentItem.consent_id).in_([c.id for c in found])))
    by_consent: dict[int, list[ConsentItem]] = {consent.id: [] for consent in found}
    for item in items:
        by_consent[item.consent_id].append(item)
    return [(consent, by_consent[consent.id]) for consent in found]


def _still(work: Work, order: WorkOrder, version: int | None) -> None:
    if version is None or order.version == version:
        return
    event = last_event(work, order)
    who = work.db.get(Staff, event.by_id) if event and event.by_id else None
    at = work.local(event.at).strftime("%H:%M") if event else ""
    raise Stale(name=who.name if who else "", at=at)


def _asked(work: Work, order: WorkOrder, answers: Mapping[int, Answer]) -> list[OrderLine]:
    given = {key: answer for key, answer in answers.items() if answer != Answer.PENDING}
    if not given:
        raise NoAnswer
    query = select(OrderLine).where(OrderLine.order_id == order.id, col(OrderLine.id).in_(given))
    lines = list(work.db.exec(query.order_by(col(OrderLine.id))))
    if len(lines) < len(given):
        raise NotFound
    for line in lines:
        if line.answer != Answer.PENDING:
            raise AlreadyAnswered(title=line.title)
    return lines


def _consent(
    work: Work,
    order: WorkOrder,
    lines: Sequence[OrderLine],
    method: ConsentMethod,
    person: str,
    signature: Signature | None,
    note: str,
) -> Consent:
    """`total` is what the customer pays for the lines agreed to now, tax in it. The row can never change: signature first."""
    agreed = [line for line in lines if line.answer == Answer.AGREED and line.payer == Payer.CUSTOMER]
    drawn = attach_signature(work, order, signature.png, signature.strokes) if signature else None
    return work.add(
        Consent(
            order_id=order.id,
            method=method,
            person=person,
            total=total(agreed, work.garage).total,
            signature_id=drawn.id if drawn else None,
            note=text(note, N_("Note"), 500, needed=False),
            at=work.now,
            by_id=work.by.id,
        )
    )


def _snapshot(consent: Consent, line: OrderLine, currency: str) -> ConsentItem:
    return ConsentItem(
        consent_id=consent.id,
        line_id=line.id,
        answer=line.answer,
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        total=total_of(line, currency),
    )


def signatures(work: Work, given: Sequence[Consent]) -> dict[int, Attachment]:
    """The signatures of consents, by their id."""
    ids = [consent.signature_id for consent in given if consent.signature_id]
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(ids)))}
