"""Work done elsewhere: the part of the car goes out to a supplier and comes back, with when, from whom and for how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import Answer, LineKind
from db.models import OrderLine, Vehicle, WorkOrder
from services.boards import OPEN
from services.i18n import N_
from services.line_changes import NotOutside
from services.order_lines import line_of, sum_typed
from services.order_moves import ORDERS
from services.refusals import InThePast, NotNow, OutOfRange
from services.validate import line as one_line
from services.work import Work
from services.workflow import advance

MOST_DAYS = 180


@dataclass(frozen=True)
class Away:
    """A line that is at its supplier, of which car, promised for when; `late`: it should be back by now."""

    line: OrderLine
    plate: str
    promised_at: datetime | None
    late: bool


# By the cars that are here: what was ever sent out grows with the years.
_AWAY: Any = (
    sa_select(OrderLine, col(Vehicle.plate), col(WorkOrder.promised_at))
    .join(WorkOrder, col(WorkOrder.id) == col(OrderLine.order_id))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .where(col(WorkOrder.status).in_(OPEN), col(OrderLine.kind) == LineKind.OUTSIDE)
    .where(col(OrderLine.sent_at).is_not(None), col(OrderLine.back_at).is_(None))
    .order_by(col(OrderLine.due_at).is_(None), col(OrderLine.due_at), col(OrderLine.id))
)


def send_out(
    work: Work,
    order_id: int,
    *,
    line_id: int,
    due_at: datetime | None = None,
    supplier: str | None = None,
    cost: Decimal | None = None,
) -> OrderLine:
    """It goes out now; what is given of when it is due back, supplier and cost replaces what was planned.

    Refuses with NotOutside, with NotNow when the customer did not agree or it is out already, and a due time that has passed.
    """
    line = line_of(work, order_id, line_id)
    advance(work, ORDERS, order_id, "send_out", line=line.title, due=due_at.isoformat() if due_at else "")
    if line.kind != LineKind.OUTSIDE:
        raise NotOutside(title=line.title)
    if line.answer != Answer.AGREED or (line.sent_at and not line.back_at):
        raise NotNow
    if due_at is not None:
        _ahead(work, due_at)
    if supplier is not None:
        line.supplier = one_line(supplier, N_("Supplier"), 120, needed=False)
    if cost is not None:
        line.cost = sum_typed(work, cost, N_("Cost"))
    line.sent_at, line.back_at, line.due_at = work.now, None, due_at or line.due_at
    return work.add(line)


def take_back(work: Work, order_id: int, *, line_id: int, cost: Decimal | None = None) -> OrderLine:
    """It is back, now; `cost` as the supplier charged it. Refuses with NotNow when it is not out."""
    line = line_of(work, order_id, line_id)
    advance(work, ORDERS, order_id, "take_back", line=line.title)
    if line.sent_at is None or line.back_at is not None:
        raise NotNow
    if cost is not None:
        line.cost = sum_typed(work, cost, N_("Cost"))
    line.back_at = work.now
    return work.add(line)


def expect_back(work: Work, order_id: int, *, line_id: int, due_at: datetime) -> OrderLine:
    """The supplier named another time. Refuses with NotAllowed, with NotNow when it is not out, and a time that has passed."""
    move = ORDERS.move("take_back")
    work.needs(*move.roles)
    order = work.lock(WorkOrder, order_id)
    line = line_of(work, order_id, line_id)
    if order.status not in move.before or line.sent_at is None or line.back_at is not None:
        raise NotNow
    _ahead(work, due_at)
    work.event(order, "outside_due", order.status.value, order.status.value, line=line.title, due=due_at.isoformat())
    line.due_at = due_at
    return work.add(line)


def away(work: Work) -> list[Away]:
    """Everything that is out for cars that are here, what is due first at the top. One query."""
    return [
        Away(line, plate, promised_at, bool(line.due_at and line.due_at < work.now))
        for line, plate, promised_at in work.db.execute(_AWAY)
    ]


def _ahead(work: Work, due_at: datetime) -> None:
    if due_at <= work.now:
        raise InThePast
    if due_at > work.now + timedelta(days=MOST_DAYS):
        raise OutOfRange(field=N_("Days until it is back"), least=0, most=MOST_DAYS)
