"""Goods in for what waits on the purchase plan: the oldest line first, and its booking or order keeps the part."""

from sqlmodel import col, select

from db.enums import EXPECTED, OrderStatus
from db.models import Appointment, Part, PurchaseLine, WorkOrder
from services.holders import Holder, holder_of, keep_more
from services.part_reservations import free_of
from services.purchase_moves import OPEN, PURCHASES
from services.work import Work
from services.workflow import advance

_HELD = "waiting held"
GONE = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)


def hold_waiting(work: Work, *part_ids: int) -> tuple[dict[int, WorkOrder], dict[int, Appointment]]:
    """The orders and bookings that wait for parts, held until the end. First called before the parts are locked, as everywhere.

    Called again with parts in hand, it passes over what somebody else is just writing on: they may wait for the part.
    """
    again = work.db.info.setdefault(_HELD, False)
    work.db.info[_HELD] = True
    waiting = (col(PurchaseLine.part_id).in_(part_ids), col(PurchaseLine.status).in_(OPEN))
    cars = select(WorkOrder).where(col(WorkOrder.id).in_(select(PurchaseLine.order_id).where(*waiting)))
    booked = select(Appointment).where(col(Appointment.id).in_(select(PurchaseLine.appointment_id).where(*waiting)))
    held = cars.order_by(col(WorkOrder.id)).with_for_update(skip_locked=again)
    orders = {row.id: row for row in work.db.exec(held.execution_options(populate_existing=True))}
    locked = booked.order_by(col(Appointment.id)).with_for_update(skip_locked=again)
    return orders, {row.id: row for row in work.db.exec(locked.execution_options(populate_existing=True))}


def hold_owners(work: Work, *line_ids: int) -> None:
    """The orders and bookings these lines are for, held until the end: before parts and lines, as everywhere."""
    rows = [work.get(PurchaseLine, key) for key in line_ids]
    for order_id in sorted({row.order_id for row in rows if row.order_id}):
        work.lock(WorkOrder, order_id)
    for booking_id in sorted({row.appointment_id for row in rows if row.appointment_id}):
        work.lock(Appointment, booking_id)


def fulfil(work: Work, part: Part, first: int | None = None) -> list[PurchaseLine]:
    """Mark in what the free stock suffices for, the line `first` and then the oldest; a line that must wait lets none pass.

    What is on an order to a supplier is in when it was delivered, and not before. The part is locked by the caller.
    """
    (orders, bookings), free, came = hold_waiting(work, part.id), free_of(work, part), []
    for line in sorted(_open_lines(work, part.id, first), key=lambda one: (one.id != first, one.id)):
        if line.quantity > free:
            break
        if line.order_id not in (None, *orders) or line.appointment_id not in (None, *bookings):
            continue  # it came to wait a moment ago, and somebody is still writing on it
        holder = _who_waits(orders.get(line.order_id or 0), bookings.get(line.appointment_id or 0))
        if holder:
            keep_more(work, part, holder, line.quantity)
        row: PurchaseLine = advance(work, PURCHASES, line.id, "come_in")
        row.arrived_at, free = work.now, free - line.quantity
        came.append(work.add(row))
    return came


def _who_waits(order: WorkOrder | None, booking: Appointment | None) -> Holder | None:
    """For whom the part is kept: a car that is here, or a booking that is still to come."""
    if order and order.status not in GONE:
        return holder_of(order)
    return Holder(booking.id) if booking and booking.status in EXPECTED else None


def _open_lines(work: Work, part_id: int, first: int | None) -> list[PurchaseLine]:
    own_way = col(PurchaseLine.purchase_order_id).is_(None) | (PurchaseLine.id == (first or 0))
    mine = (PurchaseLine.part_id == part_id, col(PurchaseLine.status).in_(OPEN), own_way)
    query = select(PurchaseLine).where(*mine).order_by(col(PurchaseLine.id)).with_for_update()
    return list(work.db.exec(query.execution_options(populate_existing=True)))
