"""The store: a ledger of movements. A part's stock and the movement behind it are written by one act."""

from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import col, select

from db.enums import Answer, MovementKind
from db.models import OrderLine, Part, StockMovement, WorkOrder
from services import permissions as may
from services.holders import Holder, holder_of, use_up
from services.i18n import N_
from services.order_lines import MOST_QUANTITY, cost_typed, exactly, quantity_typed
from services.order_moves import ORDERS
from services.part_reservations import reserved
from services.refusals import NotFound, Refusal
from services.stock_ledger import SMALLEST, move
from services.validate import reason_given, text
from services.waiting_lines import hold_waiting
from services.work import Work
from services.workflow import advance


class NotInStock(Refusal):
    """Only {on_hand} {unit} of “{part}” in stock. Give a reason to issue more."""


class KeptForBookings(Refusal):
    """{kept} {unit} of “{part}” are kept for other cars, only {free} are free. Give a reason to issue more."""


class PartNotAgreed(Refusal):
    """The customer has not agreed to “{part}”."""


class MovedMeanwhile(Refusal):
    """“{part}” moved while you counted: {on_hand} {unit} should lie there now. Count it once more."""


class TooMuchIssued(Refusal):
    """The order asks for {quantity} of “{part}”, and {issued} were already issued."""


class TooMuchSent(Refusal):
    """Only {on_hand} {unit} of “{part}” are in stock."""


class TooMuchBack(Refusal):
    """Only {issued} of “{part}” were issued for this car."""


def issue(
    work: Work, line_id: int, *, quantity: Decimal | None = None, reason: str = "", requisition_id: int | None = None
) -> StockMovement:
    """Give out a part for a car, without `quantity` all that is still due; `requisition_id` is the slip it goes out on.

    What was kept for this car is used up. Refuses with PartNotAgreed, TooMuchIssued, and, unless a reason is given,
    with NotInStock when stock would go below nothing and KeptForBookings when it would eat what other cars are booked for.
    """
    _still_due(work, line_id)
    line, part = _line(work, line_id, "issue")
    quantity = quantity_typed(line.quantity - line.issued if quantity is None else quantity)
    if line.answer != Answer.AGREED:
        raise PartNotAgreed(part=line.title)
    if line.issued + quantity > line.quantity:
        raise TooMuchIssued(part=line.title, quantity=_short(line.quantity), issued=_short(line.issued))
    reason = text(reason, N_("Reason"), 200, needed=False)
    holder = holder_of(work.get(WorkOrder, line.order_id))
    if not reason:
        _check_free(work, part, quantity, holder)
    line.issued += quantity
    work.db.add(line)
    use_up(work, holder, part.id, quantity)
    return move(
        work, part, MovementKind.ISSUE, -quantity, line_id=line.id, reason=reason, requisition_id=requisition_id
    )


def give_back(work: Work, line_id: int, *, quantity: Decimal | None = None, reason: str = "") -> StockMovement:
    """Take a part back into the store at what is out cost on average, without `quantity` all that was issued.

    Refuses with TooMuchBack.
    """
    line, part = _line(work, line_id, "give_back")
    quantity = quantity_typed(line.issued if quantity is None else quantity)
    if quantity > line.issued:
        raise TooMuchBack(part=line.title, issued=_short(line.issued))
    line.issued -= quantity
    work.db.add(line)
    reason = text(reason, N_("Reason"), 200, needed=False)
    cost = _cost_out(work, line.id)
    return move(work, part, MovementKind.RETURN, quantity, unit_cost=cost, line_id=line.id, order_id=line.order_id,
                reason=reason)  # fmt: skip


def receive(
    work: Work,
    part_id: int,
    *,
    quantity: Decimal,
    unit_cost: Decimal | None = None,
    reason: str = "",
    first: int | None = None,
    purchase_line_id: int | None = None,
) -> StockMovement:
    """Goods in; what waits for it on the purchase plan is in, the line `first` before others, then the oldest.

    A `unit_cost` moves the part's average cost; without one it comes at that average. `purchase_line_id`: the line of the
    plan it came for. Refuses quantities of nothing or less, and costs out of range.
    """
    work.needs(*may.ISSUES_PARTS)
    hold_waiting(work, part_id)  # before the part, as everywhere
    part = work.lock(Part, part_id)
    if unit_cost is not None:
        unit_cost = cost_typed(unit_cost)
    reason = text(reason, N_("Reason"), 200, needed=False)
    return move(work, part, MovementKind.RECEIPT, quantity_typed(quantity), unit_cost=unit_cost, reason=reason,
                first=first, purchase_line_id=purchase_line_id)  # fmt: skip


def opening(work: Work, part_id: int, *, quantity: Decimal) -> StockMovement:
    """What is on the shelf when the garage begins to use the program."""
    work.needs(*may.ISSUES_PARTS)
    return move(work, work.lock(Part, part_id), MovementKind.INITIAL, quantity_typed(quantity))


def to_supplier(
    work: Work, part_id: int, *, quantity: Decimal, reason: str, purchase_line_id: int | None = None
) -> StockMovement:
    """Parts go back to who sold them: wrong, faulty, too many. Refuses with TooMuchSent, ReasonMissing."""
    work.needs(*may.ISSUES_PARTS)
    part = work.lock(Part, part_id)
    if quantity_typed(quantity) > part.on_hand:
        raise TooMuchSent(part=part.name, on_hand=_short(part.on_hand), unit=part.unit)
    return move(work, part, MovementKind.TO_SUPPLIER, -quantity, reason=reason_given(reason, 200),
                purchase_line_id=purchase_line_id)  # fmt: skip


def count(
    work: Work, part_id: int, *, counted: Decimal, reason: str, seen: Decimal | None = None
) -> StockMovement | None:
    """What really lies there. The difference is written with its reason; None when there is no difference.

    `seen` is what the list said while it was counted. Refuses with MovedMeanwhile when that is no longer so, ReasonMissing.
    """
    work.needs(*may.ISSUES_PARTS)
    part = work.lock(Part, part_id)
    exactly(counted, N_("Quantity"), MOST_QUANTITY)
    if seen is not None and seen != part.on_hand:
        raise MovedMeanwhile(part=part.name, on_hand=_short(part.on_hand), unit=part.unit)
    work.event(part, "counted", was=_short(part.on_hand), counted=_short(counted))
    if counted == part.on_hand:
        return None
    return move(work, part, MovementKind.COUNT, counted - part.on_hand, reason=reason_given(reason, 200))


def _check_free(work: Work, part: Part, quantity: Decimal, holder: Holder) -> None:
    if part.on_hand < quantity:
        raise NotInStock(part=part.name, on_hand=_short(part.on_hand), unit=part.unit)
    others = reserved(work, [part.id], without=holder.appointment_id, order_id=holder.order_id)
    kept = others.get(part.id, Decimal(0))
    if part.on_hand - kept < quantity:
        free = max(part.on_hand - kept, Decimal(0))
        raise KeptForBookings(part=part.name, kept=_short(kept), free=_short(free), unit=part.unit)


def _cost_out(work: Work, line_id: int) -> Decimal | None:
    """What a unit of what is out cost, so that everything taken back brings back exactly what went out; None when unknown."""
    kinds = (MovementKind.ISSUE, MovementKind.RETURN)
    mine = select(StockMovement).where(StockMovement.line_id == line_id, col(StockMovement.kind).in_(kinds))
    moves = work.db.exec(mine).all()
    out = -sum((one.quantity for one in moves), Decimal(0))
    spent = -sum((one.quantity * one.unit_cost for one in moves), Decimal(0))
    return (spent / out).quantize(SMALLEST, ROUND_HALF_UP) if out > 0 else None


def _line(work: Work, line_id: int, action: str) -> tuple[OrderLine, Part]:
    line = work.get(OrderLine, line_id)
    if line.part_id is None:
        raise NotFound
    advance(work, ORDERS, line.order_id, action, part=line.title)
    return work.lock(OrderLine, line_id), work.lock(Part, line.part_id)


def _still_due(work: Work, line_id: int) -> None:
    """Of two who issue the same part, the second is told that it is out, whatever else the car still waits for."""
    work.lock(WorkOrder, work.get(OrderLine, line_id).order_id)
    line = work.lock(OrderLine, line_id)
    if line.part_id and line.answer == Answer.AGREED and line.issued >= line.quantity:
        raise TooMuchIssued(part=line.title, quantity=_short(line.quantity), issued=_short(line.issued))


def _short(quantity: Decimal) -> str:
    """4.500 is said as 4.5."""
    return f"{quantity.normalize():f}"
