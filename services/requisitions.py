"""Parts drawn for a car (W04): the workshop asks, the store picks, and gives out against a signature.

Everybody takes hold of order, slip, parts in this order.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select

from db.enums_workshop import RequisitionStatus
from db.models import OrderLine, Requisition, RequisitionLine, WorkOrder
from services.consents import Signature
from services.files import attach_signature
from services.holders import holder_of
from services.i18n import N_
from services.kept_parts import keep_for_order
from services.numbers import daily_number
from services.order_facts import OrderFacts
from services.order_lines import quantity_typed
from services.order_moves import ORDERS
from services.papers import quantity_words
from services.part_reservations import free_stock, lock_parts
from services.people import person_of
from services.refusals import Missing, NotFound, Refusal
from services.requisition_moves import REQUISITIONS
from services.slips import OPEN, Slip, load_slips
from services.stock import issue
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

SERIES = "R"  # slips are R261122-01
NONE = Decimal(0)


class AlreadyAsked(Refusal):
    """The store has already been asked for these parts."""


class TooMuchAsked(Refusal):
    """Of “{part}” {due} is still to be asked for."""


class NothingThere(Refusal):
    """None of these parts is in stock for this car."""


class NotSigned(Refusal):
    """Whoever takes the parts has not signed yet."""


def ask(work: Work, order_id: int, wanted: Mapping[int, Decimal] | None = None, *, note: str = "") -> Requisition:
    """Ask the store for parts of a car, `wanted` by line; without it for everything agreed that nobody has asked for yet.

    What is free is kept for the car at once. Refuses with AlreadyAsked when there is nothing left, NotFound for a line that
    is no agreed part of the order, TooMuchAsked, odd quantities.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "ask_parts")
    left = left_to_ask(work, facts_of(work, ORDERS, order_id))
    lines = {line.id: line for line in facts_of(work, ORDERS, order_id).parts_due}
    asked = {key: many for key, many in left.items() if many} if wanted is None else dict(wanted)
    if not asked:
        raise AlreadyAsked
    for key, many in asked.items():
        _askable(lines, left, key, many)
    row = _new_slip(work, order_id, asked, text(note, N_("Note"), 200, needed=False), work.by.id)
    keep_for_order(work, order)
    return row


def left_to_ask(work: Work, facts: OrderFacts) -> dict[int, Decimal]:
    """Of every part line still due, how much nobody has asked for yet. One query."""
    query = (
        select(RequisitionLine)
        .join(Requisition, col(Requisition.id) == col(RequisitionLine.requisition_id))
        .where(Requisition.order_id == facts.order.id, col(Requisition.status).in_(OPEN))
    )
    open_yet: dict[int, Decimal] = {}
    for row in work.db.exec(query):
        open_yet[row.line_id] = open_yet.get(row.line_id, NONE) + row.quantity - row.issued
    return {line.id: max(line.quantity - line.issued - open_yet.get(line.id, NONE), NONE) for line in facts.parts_due}


def pick(work: Work, requisition_id: int) -> Requisition:
    """What is there for the car lies ready at the counter. Refuses with NothingThere, WrongStatus, NotInWorkshop."""
    _hold(work, requisition_id)
    row: Requisition = advance(work, REQUISITIONS, requisition_id, "pick")
    slip = _slip(work, row)
    _pick(work, slip)
    if not any(one.ready for one in slip.lines):
        raise NothingThere
    row.picked_at, row.picked_by_id = work.now, work.by.id
    return work.add(row)


def put_back(work: Work, requisition_id: int) -> Requisition:
    """What lay ready is on its shelves again; the slip still asks for it."""
    _hold(work, requisition_id)
    row: Requisition = advance(work, REQUISITIONS, requisition_id, "put_back")
    for one in _slip(work, row).lines:
        one.row.picked = one.row.issued
        work.db.add(one.row)
    row.picked_at, row.picked_by_id = None, None
    return work.add(row)


def hand_out(
    work: Work, requisition_id: int, *, taken_by_id: int, signature: Signature | None, reason: str = ""
) -> Requisition:
    """Give the parts to who takes them, against a signature. A slip nobody picked is picked by the same act.

    What was not there goes on a slip of its own, still asked for. With a `reason` everything goes out whatever the stock says.
    Refuses with NotSigned, Missing (nobody takes it), NothingThere, WrongStatus (it was given out already), and as
    `stock.issue` does.
    """
    order = _hold(work, requisition_id)
    picked = work.get(Requisition, requisition_id).picked_at is not None
    row: Requisition = advance(work, REQUISITIONS, requisition_id, "hand_out")
    if signature is None:
        raise NotSigned
    if not taken_by_id:
        raise Missing(field=N_("Taken by"))
    if person_of(work, taken_by_id) is None:
        raise NotFound
    slip = _slip(work, row)
    if not picked:
        row.picked_at, row.picked_by_id = work.now, work.by.id
        _pick(work, slip)
    given = [(one, one.due if reason else one.ready) for one in slip.lines]
    if not any(many for _, many in given):
        raise NothingThere
    for one, many in given:
        if many:
            issue(work, one.line.id, quantity=many, reason=reason, requisition_id=row.id)
            one.row.issued += many
            one.row.picked = max(one.row.picked, one.row.issued)
            work.db.add(one.row)
    _rest(work, slip)
    row.issued_at, row.issued_by_id, row.taken_by_id = work.now, work.by.id, taken_by_id
    row.signature_id = attach_signature(work, row, signature.png, signature.strokes).id
    keep_for_order(work, order)
    return work.add(row)


def withdraw(work: Work, requisition_id: int) -> Requisition:
    """Nobody needs the parts of this slip any more; what lay ready belongs on its shelves."""
    _hold(work, requisition_id)
    row: Requisition = advance(work, REQUISITIONS, requisition_id, "withdraw")
    return row


def _hold(work: Work, requisition_id: int) -> WorkOrder:
    return work.lock(WorkOrder, work.get(Requisition, requisition_id).order_id)


def _slip(work: Work, row: Requisition) -> Slip:
    return load_slips(work, [row])[row.id]


def _askable(lines: Mapping[int, OrderLine], left: Mapping[int, Decimal], key: int, many: Decimal) -> None:
    if key not in lines:
        raise NotFound
    if quantity_typed(many) > left[key]:
        raise TooMuchAsked(part=lines[key].title, due=quantity_words(left[key], lines[key].unit))


def _new_slip(
    work: Work, order_id: int, asked: Mapping[int, Decimal], note: str, by_id: int | None, at: datetime | None = None
) -> Requisition:
    number = daily_number(work, SERIES)
    row = work.add(Requisition(number=number, order_id=order_id, note=note, asked_at=at or work.now, asked_by_id=by_id))
    for key, many in asked.items():
        work.db.add(RequisitionLine(requisition_id=row.id, line_id=key, quantity=many))
    work.event(row, "created", after=row.status.value)
    return row


def _pick(work: Work, slip: Slip) -> None:
    """Take from the shelf what is there for this car, one line after the other."""
    keep_for_order(work, slip.order)
    parts = lock_parts(work, {one.part.id for one in slip.lines})
    holder = holder_of(slip.order)
    free = free_stock(work, parts.values(), without=holder.appointment_id, order_id=holder.order_id)
    for part_id, lies in _at_the_counter(work, slip).items():
        free[part_id] = max(free.get(part_id, NONE) - lies, NONE)
    for one in slip.lines:
        taken = min(one.due, free[one.part.id])
        free[one.part.id] -= taken
        one.row.picked = one.row.issued + taken
        work.db.add(one.row)
    work.db.flush()


def _at_the_counter(work: Work, slip: Slip) -> dict[int, Decimal]:
    """What other slips of the car have picked already, by part."""
    mine = (Requisition.order_id == slip.order.id, Requisition.status == RequisitionStatus.PICKED)
    rows = work.db.exec(select(Requisition).where(*mine, Requisition.id != slip.row.id)).all()
    found: dict[int, Decimal] = {}
    for other in load_slips(work, rows).values():
        for one in other.lines:
            found[one.part.id] = found.get(one.part.id, NONE) + one.ready
    return found


def _rest(work: Work, slip: Slip) -> None:
    """What was not there is still asked for, on a slip of its own."""
    rest = {one.line.id: one.due for one in slip.lines if one.due}
    if rest:
        _new_slip(work, slip.order.id, rest, slip.row.note, slip.row.asked_by_id, slip.row.asked_at)
