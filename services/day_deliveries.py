"""The day's deliveries: ready cars by the time they are picked up, who hands them over, and who is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import OrderStatus
from db.enums_money import PickUpAnswer
from db.models import ContactAttempt, WorkOrder
from services.boards import OrderCard, delivered_since, local_day, order_cards
from services.front_desk import FrontDesk, front_desk, half_hour
from services.i18n import N_
from services.work import Work

CHECKED = (OrderStatus.SELF_CHECK, OrderStatus.TEAM_CHECK, OrderStatus.FINAL_INSPECTION, OrderStatus.WASH)
_ANSWERS: Any = (
    sa_select(col(ContactAttempt.order_id), col(ContactAttempt.answer))
    .where(col(ContactAttempt.order_id).in_(bindparam("ids", expanding=True)), col(ContactAttempt.answer).is_not(None))
    .order_by(col(ContactAttempt.id))
)


@dataclass(frozen=True)
class DayDeliveries:
    """`today` are picked up today or should have been, `open` have no time yet, `later` come another day; each by time.

    `answers` is what their customers said last, by order.
    """

    today: Sequence[OrderCard]
    open: Sequence[OrderCard]
    later: Sequence[OrderCard]
    coming: Sequence[OrderCard]
    gone: Sequence[OrderCard]
    answers: Mapping[int, PickUpAnswer]
    desk: FrontDesk

    @property
    def ready(self) -> list[OrderCard]:
        """Every car that can go out."""
        return [*self.today, *self.open, *self.later]


def day_deliveries(work: Work) -> DayDeliveries:
    """Everything on the screen of delivery. A fixed number of queries, however many cars."""
    start, end = local_day(work)
    ready = sorted(order_cards(work, [OrderStatus.READY]), key=_by_time)
    timed = [card for card in ready if card.order.pick_up_at]
    said = work.db.execute(_ANSWERS, {"ids": [card.id for card in ready]})
    return DayDeliveries(
        [card for card in timed if _at(card) < end],
        [card for card in ready if not card.order.pick_up_at],
        [card for card in timed if _at(card) >= end],
        order_cards(work, CHECKED),
        delivered_since(work, start),
        {row.order_id: row.answer for row in said},
        front_desk(work),
    )


def clash(desk: FrontDesk, order: WorkOrder) -> str:
    """Why who looks after the car cannot hand it over at the time agreed, as a label; empty when they can, or nobody says."""
    at, advisor = order.pick_up_at, order.advisor_id
    if at is None or advisor is None or advisor not in desk.people:
        return ""
    if not desk.there(advisor, at):
        return N_("not here then")
    cars = [*desk.picked_up.get(half_hour(at), ()), *desk.arriving.get(half_hour(at), ())]
    return N_("has another car then") if cars.count(advisor) > 1 else ""


def _by_time(card: OrderCard) -> tuple[datetime, int]:
    order = card.order
    return order.pick_up_at or order.promised_at or order.arrived_at, card.id


def _at(card: OrderCard) -> datetime:
    return _by_time(card)[0]
