"""What lies on the shelf changes: who loses what was kept, and who gets what came. The part is locked by the caller.

Whoever holds a booking or an order may wait for the part held here, so one that somebody is just writing on is passed over.
"""

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import EXPECTED, Answer
from db.models import Appointment, AppointmentJob, JobPart, OrderLine, Part, WorkOrder
from services.holders import Holder, held_by, holder_of, kept_of, write
from services.order_moves import ORDERS
from services.part_reservations import free_of, lock_parts, reserved
from services.stock_questions import ask_about
from services.work import Work

NONE = Decimal(0)


def keep_for_order(work: Work, order: WorkOrder) -> None:
    """Keep what the agreed lines of a car still need, as far as it is free; what it needs no longer is free again.

    What waits for the customer's answer keeps what it had. The order is locked by the caller.
    """
    holder = holder_of(order)
    if holder.appointment_id is not None:
        work.lock(Appointment, holder.appointment_id)
    agreed, possible = _still_due(work, order.id)
    had = held_by(work, holder)
    parts = lock_parts(work, {*agreed, *had})
    others = reserved(work, list(parts), without=holder.appointment_id, order_id=holder.order_id)
    for key, part in parts.items():
        now = had[key].quantity if key in had else NONE
        wanted = max(agreed.get(key, NONE), min(now, possible.get(key, NONE)))
        write(work, holder, key, had.get(key), min(wanted, max(part.on_hand - others.get(key, NONE), NONE)))
    work.db.flush()


def give_way(work: Work, part: Part) -> None:
    """Less lies on the shelf than is kept: the latest bookings lose it, then cars here that came without one, then the rest.

    A booking's question about stock is asked again.
    """
    too_much = reserved(work, [part.id]).get(part.id, NONE) - max(part.on_hand, NONE)
    if too_much <= 0:
        return
    held = kept_of(work, part)
    bookings = _bookings(work, [one.appointment_id for one in held if one.appointment_id])
    orders = _orders(work, [one.order_id for one in held if one.order_id])
    coming = [row for row in bookings if row.status in EXPECTED]
    here = [row for row in bookings if row.status not in EXPECTED]
    losing: tuple[Appointment | WorkOrder, ...] = (*reversed(coming), *reversed(orders), *reversed(here))
    for row in losing:
        holder = Holder(order_id=row.id) if isinstance(row, WorkOrder) else Holder(row.id)
        lost = min(held[holder].quantity, too_much)
        if lost:
            too_much -= lost
            write(work, holder, part.id, held[holder], held[holder].quantity - lost)
            if isinstance(row, Appointment):
                ask_about(row, [(part, lost)])
            work.note(row, "part_taken", part=part.name)
    work.db.flush()


def keep_for_waiting(work: Work, part: Part, *, besides: int | None = None) -> None:
    """More lies on the shelf: cars in the workshop that lack the part get it, then the bookings ahead, the earliest first.

    The order `besides` gets nothing: it has just brought the part back.
    """
    free = free_of(work, part)
    if free <= 0:
        return
    held, here, ahead = kept_of(work, part), _due_here(work, part.id, besides), _wanted(work, part.id)
    waiting = [(holder_of(row), here[row.id]) for row in _orders(work, here)]
    waiting += [(Holder(row.id), ahead[row.id]) for row in _bookings(work, ahead)]
    for holder, wanted in waiting:
        had = held.get(holder)
        kept = had.quantity if had else NONE
        more = min(wanted - kept, free)
        if more > 0:
            free -= more
            write(work, holder, part.id, had, kept + more)
    work.db.flush()


def _bookings(work: Work, ids: Collection[int]) -> list[Appointment]:
    """The bookings nobody is writing on, earliest first, held until the end."""
    query = select(Appointment).where(col(Appointment.id).in_(ids))
    by_time = query.order_by(col(Appointment.starts_at), col(Appointment.id)).with_for_update(skip_locked=True)
    return list(work.db.exec(by_time.execution_options(populate_existing=True)))


def _orders(work: Work, ids: Collection[int]) -> list[WorkOrder]:
    """The same for orders."""
    query = select(WorkOrder).where(col(WorkOrder.id).in_(ids)).order_by(col(WorkOrder.id))
    return list(work.db.exec(query.with_for_update(skip_locked=True).execution_options(populate_existing=True)))


def _still_due(work: Work, order_id: int) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """By part, what agreed lines still need, and what all lines do that are not declined."""
    agreed: dict[int, Decimal] = {}
    possible: dict[int, Decimal] = {}
    mine = (OrderLine.order_id == order_id, OrderLine.answer != Answer.DECLINED, col(OrderLine.part_id).is_not(None))
    for line in work.db.exec(select(OrderLine).where(*mine)):
        key, due = line.part_id or 0, max(line.quantity - line.issued, NONE)
        possible[key] = possible.get(key, NONE) + due
        if line.answer == Answer.AGREED:
            agreed[key] = agreed.get(key, NONE) + due
    return agreed, possible


def _due_here(work: Work, part_id: int, besides: int | None) -> dict[int, Decimal]:
    """How much of the part each car in the workshop still needs."""
    query = (
        select(OrderLine.order_id, func.sum(OrderLine.quantity), func.sum(OrderLine.issued))
        .join(WorkOrder, col(WorkOrder.id) == col(OrderLine.order_id))
        .where(
            col(WorkOrder.status).in_(ORDERS.move("issue").before), WorkOrder.id != (besides or 0),
            OrderLine.answer == Answer.AGREED, col(OrderLine.issued) < col(OrderLine.quantity),
            # By the cars that are here: the index on the part would read all it was ever fitted to.
            col(OrderLine.part_id) + 0 == part_id,
        )
        .group_by(col(OrderLine.order_id))
    )  # fmt: skip
    return {order_id: asked - issued for order_id, asked, issued in work.db.exec(query)}


def _wanted(work: Work, part_id: int) -> dict[int, Decimal]:
    """How much of the part the jobs of each booking ahead ask for."""
    query = (
        select(Appointment.id, func.sum(JobPart.quantity))
        .join(AppointmentJob, col(AppointmentJob.appointment_id) == col(Appointment.id))
        .join(JobPart, col(JobPart.job_id) == col(AppointmentJob.job_id))
        .where(
            JobPart.part_id == part_id, col(Appointment.status).in_(EXPECTED), col(Appointment.starts_at) >= work.now
        )
        .group_by(col(Appointment.id))
    )
    return dict(work.db.exec(query).all())
