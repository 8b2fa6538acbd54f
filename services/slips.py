"""What is known about slips: each with its order and its lines, read for many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer
from db.enums_workshop import RequisitionStatus
from db.models import OrderLine, Part, Requisition, RequisitionLine, WorkOrder
from services.work import Work

OPEN = (RequisitionStatus.ASKED, RequisitionStatus.PICKED)


@dataclass(frozen=True)
class SlipLine:
    """One part of a slip, with the line of the order it is for."""

    row: RequisitionLine
    line: OrderLine
    part: Part

    @property
    def due(self) -> Decimal:
        """What may still go out: asked for, agreed to by the customer, and not given out yet."""
        open_yet = min(self.row.quantity - self.row.issued, self.line.quantity - self.line.issued)
        return max(open_yet, Decimal(0)) if self.line.answer == Answer.AGREED else Decimal(0)

    @property
    def ready(self) -> Decimal:
        """What lies picked for it."""
        return min(self.row.picked - self.row.issued, self.due)


@dataclass(frozen=True)
class Slip:
    """A slip with its order and its lines, by their place in the store."""

    row: Requisition
    order: WorkOrder
    lines: list[SlipLine] = field(default_factory=list)


def load_slips(work: Work, rows: Sequence[Requisition]) -> dict[int, Slip]:
    """Slips by id. Two queries, however many."""
    if not rows:
        return {}
    cars = select(WorkOrder).where(col(WorkOrder.id).in_({row.order_id for row in rows}))
    orders = {order.id: order for order in work.db.exec(cars)}
    found = {row.id: Slip(row, orders[row.order_id]) for row in rows}
    query = (
        select(RequisitionLine, OrderLine, Part)
        .join(OrderLine, col(OrderLine.id) == col(RequisitionLine.line_id))
        .join(Part, col(Part.id) == col(OrderLine.part_id))
        .where(col(RequisitionLine.requisition_id).in_(found))
        .order_by(Part.place, Part.code, col(RequisitionLine.id))
    )
    for row, line, part in work.db.exec(query):
        found[row.requisition_id].lines.append(SlipLine(row, line, part))
    return found


def slip_states(work: Work, order_ids: Collection[int]) -> dict[int, RequisitionStatus]:
    """How far the open slips of cars are, by order: ready at the counter when any is. One query."""
    query = select(Requisition).where(col(Requisition.order_id).in_(order_ids), col(Requisition.status).in_(OPEN))
    found: dict[int, RequisitionStatus] = {}
    for row in work.db.exec(query):
        if found.get(row.order_id) != RequisitionStatus.PICKED:
            found[row.order_id] = row.status
    return found
