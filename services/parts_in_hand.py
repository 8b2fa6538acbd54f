"""For many cars at once: which parts of their work are not there. The car that is served first takes from the shelf first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.models import OrderLine, Part, PartReservation, PurchaseLine
from services.order_facts import OrderFacts
from services.purchase_moves import OPEN
from services.work import Work

NONE = Decimal(0)
_IDS: Any = bindparam("ids", expanding=True)
_SHELF: Any = sa_select(col(Part.id), col(Part.on_hand)).where(col(Part.id).in_(_IDS))
_KEPT: Any = sa_select(
    col(PartReservation.part_id),
    col(PartReservation.quantity),
    col(PartReservation.order_id),
    col(PartReservation.appointment_id),
).where(col(PartReservation.part_id).in_(_IDS))
_BUYING: Any = sa_select(
    col(PurchaseLine.part_id),
    col(PurchaseLine.order_id),
    col(PurchaseLine.appointment_id),
    col(PurchaseLine.expected_on),
).where(col(PurchaseLine.part_id).in_(_IDS), col(PurchaseLine.status).in_(OPEN))


@dataclass(frozen=True)
class Lack:
    """A part that is not there, for which job, and the day it comes, if one is known."""

    title: str
    order_job_id: int
    expected_on: date | None


def lacking(work: Work, cars: Sequence[OrderFacts]) -> dict[int, list[Lack]]:
    """By order, what its work lacks; cars that lack nothing are left out. Three queries, however many cars."""
    due = {car.order.id: _due(car) for car in cars}
    ids = {"ids": sorted({line.part_id for lines in due.values() for line in lines if line.part_id})}
    if not ids["ids"]:
        return {}
    free: dict[int, Decimal] = dict(work.db.execute(_SHELF, ids).all())
    kept: dict[tuple[int, str, int], Decimal] = defaultdict(Decimal)
    for part, quantity, order, booking in work.db.execute(_KEPT, ids):
        free[part] -= quantity
        kept[part, "order" if order else "booking", order or booking or 0] += quantity
    buying = [tuple(row) for row in work.db.execute(_BUYING, ids)]
    found = {}
    for car in cars:
        lacks = [_lack(car, line, buying) for line in due[car.order.id] if not _takes(car, line, free, kept)]
        if lacks:
            found[car.order.id] = lacks
    return found


def _due(car: OrderFacts) -> list[OrderLine]:
    jobs = {job.id for job in car.undone}
    return [line for line in car.parts_due if line.order_job_id in jobs]


def _takes(
    car: OrderFacts, line: OrderLine, free: dict[int, Decimal], kept: dict[tuple[int, str, int], Decimal]
) -> bool:
    """Take what the line needs, first of what is kept for the car, then of what is kept for nobody."""
    part, needed = line.part_id or 0, line.quantity - line.issued
    for key in ((part, "order", car.order.id), (part, "booking", car.order.appointment_id or 0)):
        own = min(kept[key], needed)
        kept[key] -= own
        needed -= own
    shelf = min(max(free.get(part, NONE), NONE), needed)
    free[part] = free.get(part, NONE) - shelf
    return needed <= shelf


def _lack(car: OrderFacts, line: OrderLine, buying: list[tuple[Any, ...]]) -> Lack:
    booking = car.order.appointment_id
    days = [
        day
        for part, order, appointment, day in buying
        if part == line.part_id and (order == car.order.id or (booking and appointment == booking))
    ]
    known = days and all(days)
    return Lack(line.title, line.order_job_id, max(days) if known else None)
