"""A visit is over: nothing is kept for its car or asked of the store any more."""

from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import Requisition, WorkOrder
from services.holders import drop_kept, holder_of
from services.part_reservations import let_go
from services.requisition_moves import REQUISITIONS
from services.slips import OPEN
from services.work import Work
from services.workflow import advance

_OPEN_YET: Any = (
    select(Requisition.id)
    .where(col(Requisition.order_id) == bindparam("order"), col(Requisition.status).in_(OPEN))
    .order_by(col(Requisition.id))
)


def parts_over(work: Work, order: WorkOrder) -> None:
    """Withdraw the open slips of an order and free what was kept for it or its booking. The order is locked by the caller."""
    for key in work.db.execute(_OPEN_YET, {"order": order.id}).scalars().all():
        advance(work, REQUISITIONS, key, "withdraw")
    if order.appointment_id is None:
        drop_kept(work, holder_of(order))
    let_go(work, order.appointment_id)
