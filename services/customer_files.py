"""A customer's file: the person, the cars, what they allow us to send, and every visit."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.enums import Channel
from db.models import Appointment, Customer, Vehicle, WorkOrder
from services.messages import consents
from services.work import Work

MOST = 50


@dataclass(frozen=True)
class CustomerFile:
    """Everything on one customer; visits and bookings newest first, at most fifty of each."""

    customer: Customer
    cars: list[Vehicle]
    allowed: dict[Channel, bool]
    visits: list[WorkOrder]
    bookings: list[Appointment]


def customer_file(work: Work, customer_id: int) -> CustomerFile:
    """The file of one customer. Raises NotFound."""
    customer = work.get(Customer, customer_id)
    cars = select(Vehicle).where(Vehicle.customer_id == customer_id).order_by(col(Vehicle.id))
    visits = (
        select(WorkOrder).where(WorkOrder.customer_id == customer_id).order_by(col(WorkOrder.id).desc()).limit(MOST)
    )
    booked = (
        select(Appointment)
        .where(Appointment.customer_id == customer_id)
        .order_by(col(Appointment.id).desc())
        .limit(MOST)
    )
    return CustomerFile(
        customer,
        list(work.db.exec(cars)),
        {Channel(channel): allowed for channel, allowed in consents(work, customer_id).items()},
        list(work.db.exec(visits)),
        list(work.db.exec(booked)),
    )
