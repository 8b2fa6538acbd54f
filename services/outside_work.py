"""Work done elsewhere: the part of the car goes out to a supplier and comes back, with when, from whom and for how much."""

from datetime import datetime, timedelta
from decimal import Decimal

from db.enums import Answer, LineKind
from db.models import OrderLine
from services.i18n import N_
from services.line_changes import NotOutside
from services.order_lines import line_of, sum_typed
from services.order_moves import ORDERS
from services.refusals import InThePast, NotNow, OutOfRange
from services.validate import line as one_line
from services.work import Work
from services.workflow import advance

MOST_DAYS = 180


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
    if due_at is not None and due_at <= work.now:
        raise InThePast
    if due_at is not None and due_at > work.now + timedelta(days=MOST_DAYS):
        raise OutOfRange(field=N_("Days until it is back"), least=0, most=MOST_DAYS)
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
