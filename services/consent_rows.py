"""A customer's answers as rows: on the lines, and the consent that can never change. Asks nothing: see services/consents.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, OrderStatus
from db.models import Attachment, Consent, ConsentItem, OrderLine, WorkOrder
from services.claims import claim_of
from services.estimates import customer_pays, total_of
from services.files import attach_signature
from services.i18n import N_
from services.kept_parts import keep_for_order
from services.tax_rates import rate_of
from services.validate import text
from services.work import Work


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


def write_answers(
    work: Work,
    order: WorkOrder,
    lines: Sequence[OrderLine],
    answers: Mapping[int, Answer],
    said: Said,
    warned: Sequence[str] = (),
) -> Consent:
    """The rows themselves: answers on the lines, and the consent that can never change. Asks nothing; for services only.

    What is agreed to keeps the tax it was told with, whatever the garage's rate becomes.
    """
    for line in lines:
        line.answer = answers[line.id]
        if line.answer == Answer.AGREED:
            line.tax_percent = rate_of(line, work.garage)
        work.db.add(line)
    consent = _consent(work, order, lines, said, warned)
    for line in lines:
        work.db.add(_snapshot(consent, line, work.garage.currency))
    work.db.flush()
    keep_for_order(work, order)
    return consent


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
