"""The row a hand-over is kept in. Whoever writes holds the order."""

from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import Handover, WorkOrder
from services.work import Work

_OF_ORDER: Any = select(Handover).where(col(Handover.order_id) == bindparam("order"))


def of_order(work: Work, order_id: int) -> Handover | None:
    """How far the hand-over of an order has come, as it is now; None when it has not begun."""
    found = work.db.execute(_OF_ORDER, {"order": order_id}, execution_options={"populate_existing": work.writes})
    return cast(Handover | None, found.scalars().first())


def row_of(work: Work, order: WorkOrder) -> Handover:
    """The same, begun now when it was not."""
    return of_order(work, order.id) or Handover(order_id=order.id, moment="", started_at=work.now)


def mark(work: Work, row: Handover, key: str, shown: bool = True, **words: str) -> None:
    """A point was shown, now and by who acts; what was noted before stays as it was noted."""
    rest = {name: said for name, said in row.points.items() if name != key}
    before = row.points.get(key)
    said = {"at": work.now.isoformat(), "by": work.by.id, **words}
    row.points = {**rest, key: before if before and not words else said} if shown else rest
