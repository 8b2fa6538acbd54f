"""When work on each car can begin or go on: the place held for it, parts on their way, outside work that is due back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import HoldReason
from db.enums import OrderStatus as S
from db.enums_desk import PurchaseStatus
from db.models import PurchaseLine, Reservation
from db.types import UtcDateTime
from services.order_facts import OrderFacts
from services.work import Work

Span = tuple[datetime, datetime]
_IDS: Any = bindparam("ids", expanding=True)
_HELD: Any = (
    sa_select(col(Reservation.order_id), func.min(col(Reservation.starts_at)))
    .where(col(Reservation.order_id).in_(_IDS), col(Reservation.ends_at) > bindparam("now", type_=UtcDateTime()))
    .group_by(col(Reservation.order_id))
)
_COMING: Any = (
    sa_select(col(PurchaseLine.order_id), func.max(col(PurchaseLine.expected_on)))
    .where(col(PurchaseLine.order_id).in_(_IDS), col(PurchaseLine.status) == PurchaseStatus.ORDERED)
    .group_by(col(PurchaseLine.order_id))
)


def starts(work: Work, facts: Iterable[OrderFacts], spans: Sequence[Span]) -> dict[int, datetime]:
    """By order, the earliest time ahead its labour can begin or go on; orders that can go on at once are left out.

    Two queries: the places held (of a car nobody works on yet), and the day the last part on its way arrives.
    """
    cars = [car for car in facts if not car.running]
    ids = {"ids": [car.order.id for car in cars]}
    held: dict[int, datetime] = (
        {row[0]: row[1] for row in work.db.execute(_HELD, ids | {"now": work.now})} if cars else {}
    )
    due = {"ids": [car.order.id for car in cars if car.parts_due]}
    coming: dict[int, date] = {row[0]: row[1] for row in work.db.execute(_COMING, due)} if due["ids"] else {}
    found = {car.order.id: _latest(work, car, held, coming, spans) for car in cars}
    return {key: at for key, at in found.items() if at > work.now}


def _latest(
    work: Work, car: OrderFacts, held: dict[int, datetime], coming: dict[int, date], spans: Sequence[Span]
) -> datetime:
    key, status = car.order.id, car.order.status
    times = [work.now]
    if key in held and not car.clocks:
        times.append(held[key])
    if day := coming.get(key):
        times += [opens for opens, _ in spans if work.local(opens).date() >= day][:1]
    if status == S.ON_HOLD and car.order.hold_reason == HoldReason.OUTSIDE:
        times += [line.due_at for line in car.out if line.due_at]
    return max(times)
