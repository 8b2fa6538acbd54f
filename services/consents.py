"""The customer's word on each line, kept as evidence: what was asked, the sums at that moment, who answered and how."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, OrderStatus
from db.models import Attachment, Consent, ConsentItem, OrderJob, OrderLine, Staff, WorkOrder
from services import permissions as may
from services.alternatives import completed
from services.claims import claim_of
from services.declining import nothing_wanted
from services.estimate_versions import last_change
from services.estimates import customer_pays, total_of
from services.files import attach_signature
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal, Stale
from services.safety_warnings import warnings
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

GIVEN = (
    ConsentMethod.SIGNED,
    ConsentMethod.PHONE,
    ConsentMethod.MESSAGE,
)  # ways a person answers; the program knows one more


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


@dataclass(frozen=True)
class Said:
    """How an answer came. `warned`: the jobs (by id) whose safety was explained; `language`: the one the customer read in."""

    method: ConsentMethod
    person: str
    signature: Signature | None = None
    note: str = ""
    warned: Collection[int] = ()
    language: str = ""


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
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Keep the answers by line id and send the order to dispatch, or end the visit when all is declined.

    `version` is the estimate's as the customer saw it: Stale when there is another. Refuses like `answer_lines` and the move.
    """
    order = work.lock(WorkOrder, order_id)
    still(work, order, version)
    order.estimate_version = order.estimate_version or 1  # put to the customer before versions were counted
    consent = answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note,
                           warned=warned, language=language)  # fmt: skip
    lines = facts_of(work, ORDERS, order_id).lines
    if order.status == OrderStatus.AWAITING_APPROVAL and all(line.answer == Answer.DECLINED for line in lines):
        nothing_wanted(work, order)
    else:
        advance(work, ORDERS, order_id, "approve", consent=consent.id, method=method.label)
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
    version: int | None = None,
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Keep the customer's answers about extra work, as of the estimate's `version` they were told. The car stays where it is.

    Refuses with Stale when there is another version by now, and as `answer_lines` does.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "answer_extra", method=method.label)
    still(work, order, version)
    return answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note,
                        warned=warned, language=language)  # fmt: skip


def answer_lines(
    work: Work,
    order: WorkOrder,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Write the answers on lines that wait for one, with words and sums as they stand now. Makes no move of its own.

    Of several ways to do a job, the one agreed declines the others. Refuses a blank name, no answer at all, a line answered
    before or of another order, two ways agreed, safety work declined without a warning, and a signed answer without signature.
    """
    work.needs(*may.RECEIVES)
    said = Said(method, person, signature, note, warned, language)
    if method not in GIVEN:
        raise NoAnswer
    answers, jobs, lines = _asked(work, order, answers)
    if method == ConsentMethod.SIGNED and signature is None:
        raise SignatureMissing
    explained = warnings(jobs, lines, answers, warned, language or work.by.language)
    return write_answers(work, order, [line for line in lines if line.id in answers], answers, said, explained)


def write_answers(
    work: Work,
    order: WorkOrder,
    lines: Sequence[OrderLine],
    answers: Mapping[int, Answer],
    said: Said,
    warned: Sequence[str] = (),
) -> Consent:
    """The rows themselves: answers on the lines, and the consent that can never change. Asks nothing; for services only."""
    for line in lines:
        line.answer = answers[line.id]
        work.db.add(line)
    consent = _consent(work, order, lines, said, warned)
    for line in lines:
        work.db.add(_snapshot(consent, line, work.garage.currency))
    work.db.flush()
    return consent


def still(work: Work, order: WorkOrder, version: int | None) -> None:
    """Refuses with Stale when the customer saw another version of the estimate; None asks nothing."""
    if version is None or order.estimate_version == version:
        return
    shown = last_change(work, order.id)
    who = work.db.get(Staff, shown.by_id) if shown and shown.by_id else None
    at = work.local(shown.at).strftime("%H:%M") if shown else ""
    raise Stale(name=who.name if who else "", at=at)


def consents(work: Work, order_id: int) -> list[tuple[Consent, list[ConsentItem]]]:
    """Everything the customer said about an order, oldest first. Two queries."""
    found = work.db.exec(select(Consent).where(Consent.order_id == order_id).order_by(col(Consent.id))).all()
    items = work.db.exec(select(ConsentItem).where(col(ConsentItem.consent_id).in_([c.id for c in found])))
    by_consent: dict[int, list[ConsentItem]] = {consent.id: [] for consent in found}
    for item in items:
        by_consent[item.consent_id].append(item)
    return [(consent, by_consent[consent.id]) for consent in found]


def signatures(work: Work, given: Sequence[Consent]) -> dict[int, Attachment]:
    """The signatures of consents, by their id."""
    ids = [consent.signature_id for consent in given if consent.signature_id]
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(ids)))}


def _asked(
    work: Work, order: WorkOrder, answers: Mapping[int, Answer]
) -> tuple[dict[int, Answer], Sequence[OrderJob], Sequence[OrderLine]]:
    """The answers with those that follow from them, and every job and line of the order."""
    given = {key: answer for key, answer in answers.items() if answer != Answer.PENDING}
    if not given:
        raise NoAnswer
    jobs = work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id).order_by(col(OrderJob.id))).all()
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id).order_by(col(OrderLine.id))).all()
    by_id = {line.id: line for line in lines}
    for key in given:
        if key not in by_id:
            raise NotFound
        if by_id[key].answer != Answer.PENDING:
            raise AlreadyAnswered(title=by_id[key].title)
    return completed(jobs, lines, given), jobs, lines


def _excess(work: Work, order: WorkOrder) -> Decimal:
    """What of an insurer's part the customer pays; agreed to with the order, not again with extra work."""
    claim = claim_of(work, order.id) if order.status == OrderStatus.AWAITING_APPROVAL else None
    return claim.excess if claim else Decimal(0)


def _consent(work: Work, order: WorkOrder, lines: Sequence[OrderLine], said: Said, warned: Sequence[str]) -> Consent:
    """`total` is what the customer pays for the lines agreed to now, tax in it. The row can never change: signature first."""
    drawn = attach_signature(work, order, said.signature.png, said.signature.strokes) if said.signature else None
    return work.add(
        Consent(
            order_id=order.id,
            method=said.method,
            person=text(said.person, N_("Who answered"), 120),
            total=customer_pays(lines, work.garage, _excess(work, order)).total,
            signature_id=drawn.id if drawn else None,
            note=text(said.note, N_("Note"), 500, needed=False),
            at=work.now,
            by_id=work.by.id,
            version=order.estimate_version,
            ask_over=order.ask_over,
            warned=list(warned) or None,
            language=said.language or work.by.language,
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
        payer=line.payer,
        payer_percent=line.payer_percent,
        unpriced=line.unpriced,
        up_to=line.up_to,
    )
