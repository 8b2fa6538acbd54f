"""What the customer wishes of a visit: wait or leave, wash, old parts, how to pay and be reached, what may be done unasked."""

from decimal import Decimal
from typing import TypedDict, Unpack

from sqlmodel import col, select

from db.choice import Choice
from db.enums import Channel, OrderStatus, PaymentMethod
from db.enums_reception import Stay
from db.models import Customer, WorkOrder
from services.estimate_versions import changed_while_shown
from services.i18n import N_
from services.normalize import phone
from services.order_lines import sum_typed
from services.order_moves import ORDERS
from services.validate import line, one_of, text
from services.work import Work
from services.workflow import advance

REACHED_BY = (Channel.PHONE, Channel.SMS, Channel.WECHAT, Channel.EMAIL)
BY_NUMBER = (Channel.PHONE, Channel.SMS)
_KEPT = ("wash", "old_parts", "payment_method", "ask_over", "reach_by", "reach_at")


class Wishes(TypedDict, total=False):
    """What can be wished. `ask_over`: how much extra work may be done unasked, None for always ask; `reach_at`: another number
    or address than the file's."""

    stay: Stay | None
    waits: bool
    wash: bool
    old_parts: bool
    payment_method: PaymentMethod | None
    ask_over: Decimal | None
    reach_by: Channel | None
    reach_at: str
    requests: str


def wish(work: Work, order_id: int, **wishes: Unpack[Wishes]) -> WorkOrder:
    """Write down the wishes that are given; the others stay. Who waits in the lounge waits here.

    `reach_at` has at most 120 characters, `requests` 500; more is refused, as are other ways to reach somebody than
    REACHED_BY, numbers that are none (BadPhone), and sums that are no money. The number the file has is not written a second time.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "wish", **{name: _said(value) for name, value in wishes.items()})
    for name in ("wash", "old_parts", "payment_method"):
        if name in wishes:
            setattr(order, name, wishes[name])
    if "waits" in wishes:
        _stays(order, (order.stay or Stay.LOUNGE) if wishes["waits"] else None, wishes["waits"])
    if "stay" in wishes:
        _stays(order, wishes["stay"], wishes["stay"] == Stay.LOUNGE)
    if "ask_over" in wishes:
        _asks_over(work, order, wishes["ask_over"])
    _reached(work, order, wishes)
    if "requests" in wishes:
        order.requests = text(wishes["requests"], N_("Special requests"), 500, needed=False)
    return work.add(order)


def last_wishes(work: Work, order: WorkOrder) -> WorkOrder | None:
    """The customer's visit before this one, with what was wished then. One query."""
    mine = (WorkOrder.customer_id == order.customer_id, WorkOrder.id != order.id)
    earlier = select(WorkOrder).where(*mine, WorkOrder.status != OrderStatus.CANCELLED)
    return work.db.exec(
        earlier.where(col(WorkOrder.arrived_at) <= order.arrived_at)
        .order_by(col(WorkOrder.arrived_at).desc(), col(WorkOrder.id).desc())
        .limit(1)
    ).first()


def carry_over(work: Work, order: WorkOrder) -> None:
    """A new visit begins with the wishes of the last one, to be confirmed; requests were for that day. Who booked to wait does."""
    last = last_wishes(work, order)
    for name in _KEPT if last else ():
        setattr(order, name, getattr(last, name))
    if order.waits:
        order.stay = Stay.LOUNGE
    elif last and last.stay != Stay.LOUNGE:
        order.stay = last.stay


def _stays(order: WorkOrder, stay: Stay | None, waits: bool) -> None:
    order.stay, order.waits = None if stay == Stay.LOUNGE and not waits else stay, waits


def _asks_over(work: Work, order: WorkOrder, over: Decimal | None) -> None:
    """A customer who is just reading the order signs for this limit too, so reads it again."""
    before = order.ask_over
    order.ask_over = sum_typed(work, over, N_("Ask first over")) or None if over is not None else None
    if order.ask_over != before:
        changed_while_shown(work, order)


def _reached(work: Work, order: WorkOrder, wishes: Wishes) -> None:
    if "reach_by" in wishes:
        by = wishes["reach_by"]
        order.reach_by = None if by is None else one_of(by, REACHED_BY, N_("How to reach them"))
    if "reach_at" in wishes:
        at = line(wishes["reach_at"], N_("Other number"), 120, needed=False)
        if at and order.reach_by in BY_NUMBER:
            at = phone(at, work.garage.country)
        order.reach_at = "" if at == work.get(Customer, order.customer_id).phone else at


def _said(value: object) -> object:
    """As the order's history tells it."""
    if isinstance(value, Choice):
        return value.label
    return str(value) if isinstance(value, Decimal) else value
