"""Whose a kept part is: a booking's, also when its car has come, or an order's that was never booked."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import Part, PartReservation, WorkOrder
from services.work import Work

_KEY: Any = bindparam("key")
_HELD = select(PartReservation).order_by(col(PartReservation.id))
_OF_ORDER, _OF_BOOKING, _OF_PART = (
    _HELD.where(one == _KEY) for one in (col(PartReservation.order_id), col(PartReservation.appointment_id),
                                         col(PartReservation.part_id))
)  # fmt: skip


@dataclass(frozen=True)
class Holder:
    """One of the two is given."""

    appointment_id: int | None = None
    order_id: int | None = None


def holder_of(order: WorkOrder) -> Holder:
    """Who keeps the parts of a car that is here: its booking, or the order itself."""
    return Holder(appointment_id=order.appointment_id) if order.appointment_id else Holder(order_id=order.id)


def held_by(work: Work, holder: Holder) -> dict[int, PartReservation]:
    """What is kept for one, by part id, as it is now."""
    if holder.order_id is not None:
        return {held.part_id: held for held in _fresh(work, _OF_ORDER, holder.order_id)}
    return {held.part_id: held for held in _fresh(work, _OF_BOOKING, holder.appointment_id)}


def kept_of(work: Work, part: Part) -> dict[Holder, PartReservation]:
    """For whom a part is kept, as it is now."""
    held = _fresh(work, _OF_PART, part.id)
    return {Holder(one.appointment_id, one.order_id): one for one in held}


def write(work: Work, holder: Holder, part_id: int, had: PartReservation | None, quantity: Decimal) -> None:
    """Exactly `quantity` is kept. What was picked already stays picked only while its quantity does.

    Part and holder are locked by the caller.
    """
    if had is None:
        if quantity:
            work.db.add(PartReservation(part_id=part_id, appointment_id=holder.appointment_id, order_id=holder.order_id,
                                        quantity=quantity, created_at=work.now))  # fmt: skip
    elif not quantity:
        work.db.delete(had)
    elif quantity != had.quantity:
        had.quantity, had.picked_at, had.picked_by_id = quantity, None, None
        work.db.add(had)


def keep_more(work: Work, part: Part, holder: Holder, quantity: Decimal) -> None:
    """So much more is kept. Part and holder are locked by the caller, who saw that it is free."""
    had = held_by(work, holder).get(part.id)
    write(work, holder, part.id, had, (had.quantity if had else Decimal(0)) + quantity)
    work.db.flush()


def use_up(work: Work, holder: Holder, part_id: int, quantity: Decimal) -> None:
    """So much of what was kept went out to its car. The part is locked by the caller."""
    held = held_by(work, holder).get(part_id)
    if held:
        write(work, holder, part_id, held, max(held.quantity - quantity, Decimal(0)))
        work.db.flush()


def drop_kept(work: Work, holder: Holder) -> None:
    """Nothing is kept for it any more. The holder is locked by the caller."""
    for held in held_by(work, holder).values():
        work.db.delete(held)
    work.db.flush()


def _fresh(work: Work, query: Any, key: int | None) -> list[PartReservation]:
    return list(work.db.execute(query, {"key": key}, execution_options={"populate_existing": True}).scalars())
