"""Parts taken out of cars: where each lies and until when, for the customer or for who pays for the new one; and where it went."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, LineKind, OrderStatus, Payer
from db.enums_money import ClaimStatus, OldPartState
from db.models import OldPart, OrderLine, PayerClaim, WorkOrder
from services import permissions as may
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_lines import quantity_typed
from services.refusals import InThePast, NotFound, NotNow, Refusal
from services.validate import line as one_line
from services.validate import reason_given
from services.work import Work

FLUID = ("l", "L", "ml", "升", "毫升")  # of what is filled in nothing is put aside
KEEP_DAYS = 30  # for a customer, unless another day is set
DECIDED = frozenset({ClaimStatus.PAID, ClaimStatus.WRITTEN_OFF, ClaimStatus.TAKEN_BACK})


class KeptAlready(Refusal):
    """“{part}” is kept already: {place}."""


class GoneAlready(Refusal):
    """“{part}” is no longer kept: {state}."""


class StillClaimed(Refusal):
    """“{part}” must be kept: who pays for the new one has not decided yet."""


class NobodyAsksForIt(Refusal):
    """Nobody who pays asks for “{part}”."""


def keep(
    work: Work,
    order_id: int,
    *,
    title: str,
    quantity: Decimal = Decimal(1),
    place: str,
    line_id: int | None = None,
    claim_id: int | None = None,
    keep_until: date | None = None,
) -> OldPart:
    """Put a part aside at a place, for `line_id` the one the new part replaced; without `keep_until` for as long as is usual.

    Refuses with KeptAlready when the line's are kept (someone was faster), Missing, TooLong, InThePast, NotNow for an order
    that was cancelled.
    """
    work.needs(*may.KEEPS_OLD_PARTS)
    order = work.lock(WorkOrder, order_id)  # the second of two who keep the same waits here
    if order.status == OrderStatus.CANCELLED:
        raise NotNow
    claim = _claim(work, order_id, line_id, claim_id)
    if line_id is not None:
        _not_twice(work, order_id, line_id)
    day = keep_until or _usual_day(work, claim)
    _not_past(work, day)
    row = work.add(
        OldPart(order_id=order_id, line_id=line_id, claim_id=claim.id if claim else None,
                title=one_line(title, N_("Part"), 160), quantity=quantity_typed(quantity),
                place=one_line(place, N_("Where it lies"), 60), keep_until=day, at=work.now, by_id=work.by.id)
    )  # fmt: skip
    work.event(row, "kept", "", row.state.value)
    return row


def put_elsewhere(work: Work, old_part_id: int, *, place: str, keep_until: date | None) -> OldPart:
    """It lies at another place, or is kept until another day. Refuses with GoneAlready, Missing, TooLong, InThePast."""
    row = _kept(work, old_part_id)
    row.place = one_line(place, N_("Where it lies"), 60)
    if keep_until != row.keep_until:
        _not_past(work, keep_until)
    row.keep_until = keep_until
    work.event(row, "moved", row.state.value, row.state.value)
    return work.add(row)


def give(work: Work, old_part_id: int) -> OldPart:
    """Give it to the customer. Refuses with GoneAlready, StillClaimed."""
    return _ends(work, _kept(work, old_part_id), OldPartState.GIVEN)


def give_all(work: Work, order_id: int) -> list[OldPart]:
    """Give the customer all old parts of a car that nobody else asks for."""
    kept = [row for row in of_order(work, order_id) if row.state == OldPartState.KEPT]
    asked = claimed(work, kept)
    return [give(work, row.id) for row in kept if row.id not in asked]


def send(work: Work, old_part_id: int, *, note: str = "") -> OldPart:
    """Send it to who pays for the new one; `note` is the parcel's number. Refuses with GoneAlready, NobodyAsksForIt."""
    row = _kept(work, old_part_id)
    if row.claim_id is None:
        raise NobodyAsksForIt(part=row.title)
    row.note = one_line(note, N_("Note"), 300, needed=False)
    return _ends(work, row, OldPartState.SENT)


def dispose(work: Work, old_part_id: int) -> OldPart:
    """Dispose of it. Refuses with GoneAlready, StillClaimed."""
    return _ends(work, _kept(work, old_part_id), OldPartState.SCRAPPED)


def take_again(work: Work, old_part_id: int, *, reason: str) -> OldPart:
    """It is back on its shelf: a slip of the finger, or it was sent back. Refuses with ReasonMissing, NotNow when it is there."""
    work.needs(*may.KEEPS_OLD_PARTS)
    row = work.lock(OldPart, old_part_id)
    if row.state == OldPartState.KEPT:
        raise NotNow
    row.note = reason_given(reason)
    before, row.state, row.ended_at = row.state, OldPartState.KEPT, None
    work.event(row, "taken_again", before.value, row.state.value, reason=row.note)
    return work.add(row)


def of_order(work: Work, order_id: int) -> list[OldPart]:
    """Every part taken out on an order, whatever became of it, oldest first."""
    return list(work.db.exec(select(OldPart).where(OldPart.order_id == order_id).order_by(col(OldPart.id))))


def to_keep(facts: OrderFacts, kept: Sequence[OldPart]) -> list[OrderLine]:
    """Parts fitted to this car of which the old ones are wanted, by the customer or by the warranty, and not put aside yet."""
    there, done = {row.line_id for row in kept}, {job.id for job in facts.jobs if job.done_at}
    parts = [x for x in facts.lines if x.kind == LineKind.PART and x.answer == Answer.AGREED and x.id not in there]
    fitted = [x for x in parts if x.unit not in FLUID and (x.issued or x.order_job_id in done)]
    return [line for line in fitted if facts.order.old_parts or line.payer == Payer.WARRANTY]


def claimed(work: Work, rows: Collection[OldPart]) -> set[int]:
    """Those of the parts that must be kept because who pays for the new one has not decided yet, by id. Two queries at most."""
    keys = {row.claim_id for row in rows if row.claim_id}
    open_ = select(PayerClaim.id).where(col(PayerClaim.id).in_(keys), col(PayerClaim.status).not_in(DECIDED))
    waiting = set(work.db.exec(open_)) if keys else set()
    lines = {row.line_id for row in rows if row.line_id and row.claim_id is None}
    theirs = select(OrderLine.id).where(col(OrderLine.id).in_(lines), OrderLine.payer == Payer.WARRANTY)
    paid = set(work.db.exec(theirs)) if lines else set()
    return {row.id for row in rows if row.claim_id in waiting or (row.claim_id is None and row.line_id in paid)}


def _claim(work: Work, order_id: int, line_id: int | None, claim_id: int | None) -> PayerClaim | None:
    """The claim the part is kept for; the line and the claim belong to the order."""
    if line_id is not None and work.get(OrderLine, line_id).order_id != order_id:
        raise NotFound
    if claim_id is not None:
        claim = work.get(PayerClaim, claim_id)
        if claim.order_id != order_id:
            raise NotFound
        return claim
    mine = select(PayerClaim).where(PayerClaim.order_id == order_id, PayerClaim.line_id == line_id)
    return work.db.exec(mine).first() if line_id is not None else None


def _not_twice(work: Work, order_id: int, line_id: int) -> None:
    mine = (OldPart.order_id == order_id, OldPart.line_id == line_id)
    before = work.db.exec(select(OldPart).where(*mine)).first()
    if before is not None:
        raise KeptAlready(part=before.title, place=before.place)


def _usual_day(work: Work, claim: PayerClaim | None) -> date:
    """A claim's part stays for as long again as there is time to hand the claim in."""
    today = work.local(work.now).date()
    if claim and claim.limit_on:
        return max(today, claim.limit_on) + timedelta(days=work.garage.claim_days)
    return today + timedelta(days=KEEP_DAYS)


def _not_past(work: Work, day: date | None) -> None:
    if day is not None and day < work.local(work.now).date():
        raise InThePast


def _kept(work: Work, old_part_id: int) -> OldPart:
    """The part, held until the end."""
    work.needs(*may.KEEPS_OLD_PARTS)
    row = work.lock(OldPart, old_part_id)
    if row.state != OldPartState.KEPT:
        raise GoneAlready(part=row.title, state=row.state.label)
    return row


def _ends(work: Work, row: OldPart, state: OldPartState) -> OldPart:
    if state != OldPartState.SENT and claimed(work, [row]):
        raise StillClaimed(part=row.title)
    before, row.state, row.ended_at = row.state, state, work.now
    work.event(row, "ended", before.value, state.value)
    return work.add(row)
