"""What must hold of the whole shop at every moment, judged from the rows alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlmodel import col, select

from db.enums import MovementKind, OrderStatus
from db.enums_workshop import RequisitionStatus
from db.models import Part, Requisition, RequisitionLine, StockMovement, WorkOrder
from services.board_lanes import Lane, by_bay, by_person, by_status
from services.boards import order_cards
from services.order_moves import ORDERS
from services.part_reservations import reserved
from services.work import Work
from services.workflow import facts_of
from services.workshop_board import SHOWN
from tests.services import money_conditions
from tests.services import order_conditions as must

Opening = Mapping[int, Decimal]


def all_hold(work: Work, opening: Opening) -> None:
    """Every condition of the shop and of each of its cars. `opening`: what lay on the shelves at first, by part."""
    for order_id in work.db.exec(select(WorkOrder.id).order_by(col(WorkOrder.id))).all():
        must.all_hold(work, facts_of(work, ORDERS, order_id))
    must.clocks_never_overlap(work)
    must.stock_agrees_with_its_ledger(work, opening)
    every_card_is_in_one_place(work)
    stock_is_below_nothing_only_for_a_reason(work, opening)
    no_more_is_kept_than_lies_there(work)
    slips_say_what_was_given_out(work)
    money_conditions.all_hold(work)


def every_card_is_in_one_place(work: Work) -> None:
    """Each car in the workshop stands once on the board by status, once by bay and once by person; the ready ones, whose work is
    over, only on the first. No other car stands there."""
    there = set(work.db.exec(select(WorkOrder.id).where(col(WorkOrder.status).in_(SHOWN))))
    cards = order_cards(work, SHOWN)
    assert _once(by_status(cards)) == there
    busy = {card.id for card in cards if card.status != OrderStatus.READY}
    assert _once(by_bay(work, cards)) == busy
    assert _once(by_person(work, cards)) == busy


def _once(lanes: Iterable[Lane]) -> set[int]:
    counted = Counter(card.id for lane in lanes for card in lane.cards)
    assert set(counted.values()) <= {1}
    return set(counted)


def stock_is_below_nothing_only_for_a_reason(work: Work, opening: Opening) -> None:
    """Played again from the opening, no movement took more than there was without saying why."""
    left = dict(opening)
    for one in work.db.exec(select(StockMovement).order_by(col(StockMovement.id))):
        left[one.part_id] += one.quantity
        if one.kind == MovementKind.ISSUE and left[one.part_id] < 0:
            assert one.reason


def no_more_is_kept_than_lies_there(work: Work) -> None:
    """What is kept for bookings and cars lies on the shelf."""
    parts = work.db.exec(select(Part)).all()
    kept = reserved(work, [part.id for part in parts])
    for part in parts:
        assert kept.get(part.id, Decimal(0)) <= max(part.on_hand, Decimal(0))


def slips_say_what_was_given_out(work: Work) -> None:
    """What a slip says it gave out is what the ledger moved on it; one given out is signed, one not given out gave nothing."""
    moved: dict[int, Decimal] = defaultdict(Decimal)
    for one in work.db.exec(select(StockMovement).where(col(StockMovement.requisition_id).is_not(None))):
        moved[one.requisition_id or 0] -= one.quantity
    given: dict[int, Decimal] = defaultdict(Decimal)
    for line in work.db.exec(select(RequisitionLine)):
        given[line.requisition_id] += line.issued
    for slip in work.db.exec(select(Requisition)):
        assert given[slip.id] == moved[slip.id]
        assert (slip.status == RequisitionStatus.ISSUED) == (slip.signature_id is not None)
        assert given[slip.id] == 0 or slip.status == RequisitionStatus.ISSUED
