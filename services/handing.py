"""Handing a car over to the workshop: the tag on its key, the papers, and whether the workshop takes it or asks back."""

from collections.abc import Collection

from sqlmodel import col, select

from db.enums import OrderStatus, Role
from db.enums_reception import HandedPaper, OrderTaskKind
from db.models import Garage, OrderTask, Vehicle, WorkOrder
from services import order_tasks
from services import permissions as may
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotNow, Refusal
from services.validate import line
from services.work import Work
from services.workflow import advance

TAG = 20  # characters
GONE = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)


class TagTaken(Refusal):
    """Key tag {tag} is on the key of {plate}."""


def set_tag(work: Work, order_id: int, tag: str) -> WorkOrder:
    """Write down the tag as far as it is known, at most 20 characters; whether it is free is asked when the car is handed
    over. Afterwards a taken one is refused with TagTaken. Refuses with NotNow once the car has left."""
    tag = line(tag, N_("Key tag"), TAG, needed=False)
    order = _here(work, order_id)
    if order.handed_at is not None:
        advance(work, ORDERS, order_id, "wish", tag=tag)
        _free(work, order, tag)
    order.key_tag = tag
    return work.add(order)


def set_papers(work: Work, order_id: int, papers: Collection[HandedPaper]) -> WorkOrder:
    """Which papers came with the car. Refuses with NotNow once the car has left."""
    order = _here(work, order_id)
    order.papers = [paper.value for paper in HandedPaper if paper in papers]
    return work.add(order)


def hand_over(work: Work, order_id: int) -> WorkOrder:
    """Key, papers and car are the workshop's now. Refuses with TagTaken, and whatever stands in the way of the move."""
    order: WorkOrder = advance(work, ORDERS, order_id, "hand_over", tag=work.get(WorkOrder, order_id).key_tag)
    _free(work, order, order.key_tag)
    order.handed_at, order.accepted_at = work.now, None
    return work.add(order)


def accept(work: Work, order_id: int) -> WorkOrder:
    """The workshop has taken the car in."""
    order: WorkOrder = advance(work, ORDERS, order_id, "accept")
    order.accepted_at = work.now
    return work.add(order)


def ask_back(work: Work, order_id: int, asked: str) -> OrderTask:
    """Ask reception something before the car is given out, at most 1000 characters: nobody dispatches it until the answer is
    there. Refuses with NotNow while a question is open."""
    advance(work, ORDERS, order_id, "ask_back")
    return order_tasks.ask(work, order_id, OrderTaskKind.QUESTION, Role.ADVISOR, asked)


def who_has(work: Work, order: WorkOrder, tag: str) -> str | None:
    """The plate of the other car in the shop that was handed over with this tag; None when it is free."""
    taken = (
        select(Vehicle.plate)
        .join(WorkOrder, col(WorkOrder.vehicle_id) == col(Vehicle.id))
        .where(col(WorkOrder.status).in_([status for status in OrderStatus if status not in GONE]))
        .where(WorkOrder.key_tag == tag, col(WorkOrder.handed_at).is_not(None), WorkOrder.id != order.id)
    )
    return work.db.exec(taken).first() if tag else None


def _free(work: Work, order: WorkOrder, tag: str) -> None:
    work.lock(Garage, work.garage.id)  # two cars handed over with the same tag at once: the second is refused
    if plate := who_has(work, order, tag):
        raise TagTaken(tag=tag, plate=plate)


def _here(work: Work, order_id: int) -> WorkOrder:
    work.needs(*may.RECEIVES)
    order = work.lock(WorkOrder, order_id)
    if order.status in GONE:
        raise NotNow
    return order
