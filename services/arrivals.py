"""A car comes: with a booking, or without one. Either way a work order opens, and the greeting is timed from here."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import Appointment, AppointmentJob, Reservation, Vehicle, WorkOrder
from services import permissions as may
from services.appointment_moves import APPOINTMENTS
from services.i18n import N_
from services.numbers import daily_number
from services.order_lines import put_catalogue_jobs
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.reminders import forget
from services.validate import text
from services.visit_wishes import carry_over
from services.work import Work
from services.workflow import advance

LEFT = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)
SERIES = "W"  # work orders are W261122-01


class AlreadyHere(Refusal):
    """{plate} is already in the shop with order {number}."""


def arrive(work: Work, appointment_id: int) -> WorkOrder:
    """The booked car is here: the booking is “arrived”, and an order opens with its jobs, parts and reserved place.

    Prices are the catalogue's of today; what the customer was told stays with the booking. Refuses with AlreadyHere.
    """
    booking: Appointment = advance(work, APPOINTMENTS, appointment_id, "arrive")
    forget(work, booking)
    order = _open(work, booking.vehicle_id, _told(booking), booking.waits, booking)
    jobs = select(AppointmentJob.job_id).where(AppointmentJob.appointment_id == booking.id)
    put_catalogue_jobs(work, order, work.db.exec(jobs.order_by(col(AppointmentJob.id))).all())
    for place in work.db.exec(select(Reservation).where(Reservation.appointment_id == booking.id)):
        place.order_id = order.id
        work.db.add(place)
    return order


def walk_in(work: Work, *, vehicle_id: int, concern: str, jobs: Sequence[int] = (), waits: bool = False) -> WorkOrder:
    """A car comes without a booking: an order opens. Refuses a concern left blank or over 2000 characters, and AlreadyHere."""
    work.needs(*may.RECEIVES)
    concern = text(concern, N_("Concern"), 2000, needed=not jobs)
    order = _open(work, vehicle_id, concern, waits)
    put_catalogue_jobs(work, order, jobs)
    return order


def greet(work: Work, order_id: int) -> WorkOrder:
    """The customer was greeted now; who greets looks after the car when nobody does yet."""
    order: WorkOrder = advance(work, ORDERS, order_id, "greet")
    order.greeted_at = work.now
    order.advisor_id = order.advisor_id or work.by.id
    work.db.add(order)
    return order


def _open(work: Work, vehicle_id: int, concern: str, waits: bool, booking: Appointment | None = None) -> WorkOrder:
    car = work.lock(Vehicle, vehicle_id)  # two people who receive the same car at once: the second is refused
    here = select(WorkOrder).where(WorkOrder.vehicle_id == car.id, col(WorkOrder.status).not_in(LEFT))
    if other := work.db.exec(here).first():
        raise AlreadyHere(plate=car.plate, number=other.number)
    order = work.add(
        WorkOrder(
            number=daily_number(work, SERIES),
            appointment_id=booking.id if booking else None,
            customer_id=car.customer_id,
            vehicle_id=car.id,
            advisor_id=(booking and booking.advisor_id) or work.by.id,
            concern=concern,
            answers=booking.answers if booking else None,
            waits=waits,
            arrived_at=work.now,
        )
    )
    carry_over(work, order)
    work.event(order, "open", after=order.status.value)
    return order


def _told(booking: Appointment) -> str:
    """The customer's own words, then the advisor's clarification; what does not fit stays with the booking."""
    both = "\n".join(text for text in (booking.concern, booking.clarification) if text)
    return both if len(both) <= 2000 else booking.concern
