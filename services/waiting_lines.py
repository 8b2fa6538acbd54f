"""Goods in for what waits on the purchase plan: the oldest line first, and its booking keeps the part."""

from sqlmodel import col, select

from db.enums import EXPECTED
from db.models import Appointment, Part, PurchaseLine
from services.part_reservations import free_of, keep_more
from services.purchase_moves import OPEN, PURCHASES
from services.work import Work
from services.workflow import advance


def hold_bookings(work: Work, part_id: int) -> dict[int, Appointment]:
    """The bookings that wait for the part, held until the end. First called before the part is locked, as everywhere."""
    waiting = select(PurchaseLine.appointment_id).where(
        PurchaseLine.part_id == part_id, col(PurchaseLine.status).in_(OPEN)
    )
    query = select(Appointment).where(col(Appointment.id).in_(waiting)).order_by(col(Appointment.id)).with_for_update()
    return {row.id: row for row in work.db.exec(query.execution_options(populate_existing=True))}


def fulfil(work: Work, part: Part, first: int | None = None) -> list[PurchaseLine]:
    """Mark in what the free stock suffices for, the line `first` and then the oldest; a line that must wait lets none pass.

    The part is locked by the caller.
    """
    bookings, free, came = hold_bookings(work, part.id), free_of(work, part), []
    for line in sorted(_open_lines(work, part.id), key=lambda one: (one.id != first, one.id)):
        if line.quantity > free:
            break
        booking = bookings.get(line.appointment_id or 0)
        if booking and booking.status in EXPECTED:
            keep_more(work, part, booking.id, line.quantity)
        row: PurchaseLine = advance(work, PURCHASES, line.id, "come_in")
        row.arrived_at, free = work.now, free - line.quantity
        came.append(work.add(row))
    return came


def _open_lines(work: Work, part_id: int) -> list[PurchaseLine]:
    mine = (PurchaseLine.part_id == part_id, col(PurchaseLine.status).in_(OPEN))
    query = select(PurchaseLine).where(*mine).order_by(col(PurchaseLine.id)).with_for_update()
    return list(work.db.exec(query.execution_options(populate_existing=True)))
