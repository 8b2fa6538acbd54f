"""What moved of a part: the newest lines of its ledger, with the car or the order to a supplier behind each."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col

from db.models import OrderLine, Part, PurchaseLine, Staff, StockMovement, WorkOrder
from services.work import Work


@dataclass(frozen=True)
class Moved:
    """A line of the ledger and what lay there after it; `order_id` opens the car's order, blank numbers where there is none."""

    movement: StockMovement
    after: Decimal
    by: str
    number: str
    order_id: int | None
    supplier: str


def movements(work: Work, part_id: int, limit: int = 50) -> list[Moved]:
    """The newest movements of a part first. Two queries."""
    query: Any = (
        sa_select(StockMovement, Staff.name, WorkOrder.number, WorkOrder.id, PurchaseLine.supplier)  # type: ignore[call-overload]
        .outerjoin(Staff, col(Staff.id) == col(StockMovement.by_id))
        .outerjoin(OrderLine, col(OrderLine.id) == col(StockMovement.line_id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(OrderLine.order_id))
        .outerjoin(PurchaseLine, col(PurchaseLine.id) == col(StockMovement.purchase_line_id))
    )
    mine = query.where(StockMovement.part_id == part_id).order_by(col(StockMovement.id).desc()).limit(limit)
    after, found = work.get(Part, part_id).on_hand, []
    for moved, by, number, order_id, supplier in work.db.execute(mine):
        found.append(Moved(moved, after, by or "", number or "", order_id, supplier or ""))
        after -= moved.quantity
    return found
