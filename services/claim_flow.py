"""Claims against who pays instead of the customer: made with the statement, written up, handed in, taken back with it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise

from sqlmodel import col, select

from db.enums import Payer
from db.models import (
    Inspection,
    OldPart,
    OrderJob,
    OrderLine,
    Part,
    PayerClaim,
    Statement,
    StatementLine,
    StatementShare,
    Vehicle,
    WorkOrder,
)
from services.claim_fields import WORDS
from services.claim_moves import CLAIMS
from services.estimates import split
from services.i18n import N_
from services.money import to_coin
from services.numbers import yearly_number
from services.validate import line as one_line
from services.validate import reason_given
from services.work import Work
from services.workflow import advance

SERIES = "C"  # claims are C2026-00042
NONE = Decimal(0)


def make_claims(work: Work, statement: Statement) -> list[PayerClaim]:
    """The claims a statement gives rise to, made in the act that issues it: one for each line the warranty pays, at its part of
    the warranty's share, tax in it. What was taken back with an earlier statement is asked for again under its own number; what
    was answered before keeps its answer and gets the new sum."""
    asked = _asked(work, statement)
    mine = select(PayerClaim).where(PayerClaim.order_id == statement.order_id, PayerClaim.payer == Payer.WARRANTY)
    before = {row.line_id or 0: row for row in work.db.exec(mine.order_by(col(PayerClaim.id)))}
    new = _written(work, statement, [key for key in asked if key not in before])
    for key, row in before.items():
        amount = asked.get(key, NONE)
        if amount and row.status in CLAIMS.move("renew").before:
            renew(work, row, amount)
        elif row.asked != amount and row.status in CLAIMS.move("restate").before:
            restate(work, row.id, amount)
    for key, row in new.items():
        row.number, row.asked = yearly_number(work, SERIES), asked[key]
        work.db.add(row)
    work.db.flush()
    for key, row in new.items():
        work.event(row, "made", "", row.status.value, statement=statement.number)
        for old in work.db.exec(select(OldPart).where(OldPart.line_id == key)):
            old.claim_id = row.id
            work.db.add(old)
    return [new.get(key) or before[key] for key in asked]


def renew(work: Work, row: PayerClaim, asked: Decimal) -> PayerClaim:
    """A claim that was taken back with its statement is open again, at the sum of the new one."""
    claim: PayerClaim = advance(work, CLAIMS, row.id, "renew", asked=str(asked))
    claim.asked, claim.limit_on = asked, limit_on(work)
    claim.sent_at = claim.answered_at = claim.ended_at = claim.approved = claim.rejection = None
    claim.reason = ""
    return work.add(claim)


def restate(work: Work, claim_id: int, asked: Decimal) -> PayerClaim:
    """What was answered before keeps its answer, at most the sum of the new statement."""
    row = work.lock(PayerClaim, claim_id)
    was, row.asked, row.approved = row.asked, asked, min(row.approved or NONE, asked)
    work.add(row)
    restated: PayerClaim = advance(work, CLAIMS, claim_id, "restate", asked=str(asked), was=str(was))
    return restated


def take_claims_back(work: Work, note: Statement) -> None:
    """The claims of an order whose statement a credit note reverses are taken back, as long as nothing was paid or refused."""
    mine = select(PayerClaim).where(PayerClaim.order_id == note.order_id).order_by(col(PayerClaim.id)).with_for_update()
    rows = work.db.exec(mine.execution_options(populate_existing=True)).all()
    facts, move = CLAIMS.load(work, rows), CLAIMS.move("take_back")
    for row in rows:
        if move.fits(facts[row.id], row.status):
            claim: PayerClaim = advance(work, CLAIMS, row.id, "take_back", note=note.number)
            claim.reason, claim.ended_at = note.reason, work.now
            work.db.add(claim)
    work.db.flush()


def limit_on(work: Work) -> date:
    """The last day to hand in what is claimed now."""
    return work.local(work.now).date() + timedelta(days=work.garage.claim_days)


def shared_out(total: Decimal, amounts: Mapping[int, Decimal], currency: str) -> dict[int, Decimal]:
    """A total over rows in proportion to their amounts, exact to the coin: what is rounded off one falls to the next."""
    whole_sum = sum(amounts.values(), NONE)
    if not whole_sum:
        return dict.fromkeys(amounts, NONE)
    steps = [to_coin(total * upto / whole_sum, currency) for upto in accumulate(amounts.values(), initial=NONE)]
    return {key: upto - before for key, (before, upto) in zip(amounts, pairwise(steps), strict=True)}


def send(work: Work, claim_id: int, *, reference: str = "") -> PayerClaim:
    """Hand the claim in; `reference` is the payer's own number for it, where one is known by now. Refuses with what is missing."""
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "send")
    claim.reference = one_line(reference, N_("Their reference"), 60, needed=False) or claim.reference
    claim.sent_at = work.now
    return work.add(claim)


def send_all(work: Work, claim_ids: Iterable[int]) -> list[PayerClaim]:
    """Hand in several claims at once: all of them, or with the first refusal none."""
    return [send(work, key) for key in sorted(claim_ids)]


def ask_again(work: Work, claim_id: int, *, reason: str) -> PayerClaim:
    """What was cut or rejected is put right and handed in once more, for a reason. Refuses with ReasonMissing, NotNow once
    money came in."""
    reason = reason_given(reason)
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "ask_again", reason=reason)
    claim.approved = claim.rejection = claim.answered_at = None
    claim.reason = ""
    return work.add(claim)


def _asked(work: Work, statement: Statement) -> dict[int, Decimal]:
    """What each line the warranty pays is claimed at, by the order's line: at each rate they add up to the warranty's share."""
    theirs = select(StatementLine).where(
        StatementLine.statement_id == statement.id, StatementLine.payer == Payer.WARRANTY
    )
    lines = work.db.exec(theirs.order_by(col(StatementLine.id))).all()
    owns = (StatementShare.statement_id == statement.id, StatementShare.payer == Payer.WARRANTY)
    shares = work.db.exec(select(StatementShare).where(*owns).order_by(col(StatementShare.id))).all() if lines else []
    found: dict[int, Decimal] = {}
    for share in shares:
        mine = (x for x in lines if x.tax_percent == share.tax_percent)
        amounts = {x.line_id: _part(x, statement.currency) for x in mine if x.line_id}
        found |= shared_out(share.total, amounts, statement.currency)
    return {key: amount for key, amount in found.items() if amount}


def _part(line: StatementLine, currency: str) -> Decimal:
    return split(line.total, line.payer, line.payer_percent, currency)[line.payer]


def _written(work: Work, statement: Statement, keys: Iterable[int]) -> dict[int, PayerClaim]:
    """New claims by line, with what is known of the car, the part and the diagnosis; not kept yet. One query."""
    keys = list(keys)
    if not keys:
        return {}
    order = work.get(WorkOrder, statement.order_id)
    car = work.get(Vehicle, order.vehicle_id)
    read = work.db.exec(select(Inspection.odometer_km).where(Inspection.order_id == order.id)).first()
    query = (
        select(OrderLine, OrderJob, Part.code)
        .join(OrderJob, col(OrderJob.id) == col(OrderLine.order_job_id))
        .outerjoin(Part, col(Part.id) == col(OrderLine.part_id))
        .where(col(OrderLine.id).in_(keys))
        .order_by(col(OrderLine.id))
    )
    return {
        line.id: PayerClaim(
            number="", order_id=order.id, line_id=line.id, payer=Payer.WARRANTY, title=line.title, payer_name=car.make,
            part_code=code or "", failure=_short(job.complaint or job.reason or order.concern), cause=_short(job.cause),
            odometer_km=read, limit_on=limit_on(work), created_at=work.now,
        )
        for line, job, code in work.db.exec(query)
    }  # fmt: skip


def _short(words: str) -> str:
    """The workshop's words as far as the claim has room for them."""
    return words if len(words) <= WORDS else words[: WORDS - 1] + "…"
