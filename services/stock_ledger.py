"""The ledger: a part's stock, its average cost and the movement behind both are written together, and nowhere else."""

from decimal import ROUND_HALF_UP, Decimal

from db.enums import MovementKind
from db.enums_workshop import PriceSource
from db.models import Part, StockMovement
from services.kept_parts import give_way, keep_for_waiting
from services.price_changes import note_price
from services.waiting_lines import fulfil
from services.work import Work

SMALLEST = Decimal("0.001")


def move(
    work: Work,
    part: Part,
    kind: MovementKind,
    quantity: Decimal,
    *,
    unit_cost: Decimal | None = None,
    line_id: int | None = None,
    order_id: int | None = None,
    reason: str = "",
    first: int | None = None,
    requisition_id: int | None = None,
    purchase_line_id: int | None = None,
) -> StockMovement:
    """One change of stock; `quantity` is signed. The part is locked by the caller.

    What comes in at a `unit_cost` of its own moves the part's average cost. What waits for the part gets what came (the
    purchase line `first` before others), the car `order_id` that brought it back excepted.
    """
    cost, cost_was = part.cost if unit_cost is None else unit_cost, part.cost
    if quantity > 0:
        part.cost = average_cost(part, quantity, cost)
    part.on_hand += quantity
    work.db.add(part)
    moved = work.add(
        StockMovement(part_id=part.id, kind=kind, quantity=quantity, unit_cost=cost, line_id=line_id, reason=reason,
                      at=work.now, by_id=work.by.id, requisition_id=requisition_id, purchase_line_id=purchase_line_id)
    )  # fmt: skip
    if kind is MovementKind.RECEIPT:
        note_price(work, part, price_was=part.price, cost_was=cost_was, source=PriceSource.GOODS_IN)
        fulfil(work, part, first)
    if quantity < 0:
        give_way(work, part)
    else:
        keep_for_waiting(work, part, besides=order_id)
    return moved


def average_cost(part: Part, quantity: Decimal, unit_cost: Decimal) -> Decimal:
    """What a piece costs on average when so many more come at that cost; to the thousandth, the half rounded up.

    Stock below nothing has no worth: then it is the new cost.
    """
    had = max(part.on_hand, Decimal(0))
    return ((had * part.cost + quantity * unit_cost) / (had + quantity)).quantize(SMALLEST, ROUND_HALF_UP)
