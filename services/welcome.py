"""What the welcome board (预约欢迎看板) may show of today's booked cars: nobody's full name or plate leaves this module."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from db.enums import AppointmentStatus, OrderStatus
from db.enums_desk import Arrival
from db.models import Appointment, Customer, Staff, Vehicle, WorkOrder
from services.boards import local_day
from services.masking import masked_name, masked_plate
from services.work import Work


@dataclass(frozen=True)
class Guest:
    """One line of the board."""

    at: datetime
    plate: str
    name: str
    advisor: str
    state: Arrival


_RECEPTION = (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL)
_GONE = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)


def guests(work: Work) -> list[Guest]:
    """Today's booked cars by time, those that left again left out. One query."""
    start, end = local_day(work)
    query = (
        select(
            col(Appointment.starts_at), col(Vehicle.plate), col(Customer.name), col(Staff.name), col(WorkOrder.status)
        )
        .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
        .join(Customer, col(Customer.id) == col(Appointment.customer_id))
        .outerjoin(Staff, col(Staff.id) == col(Appointment.advisor_id))
        .outerjoin(WorkOrder, col(WorkOrder.appointment_id) == col(Appointment.id))
        .where(
            col(Appointment.starts_at) >= start,
            col(Appointment.starts_at) < end,
            col(Appointment.status).in_((AppointmentStatus.CONFIRMED, AppointmentStatus.ARRIVED)),
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    return [
        Guest(at, masked_plate(plate), masked_name(name), advisor or "", _state(status))
        for at, plate, name, advisor, status in work.db.execute(query)
        if at is not None and status not in _GONE
    ]


def _state(order: OrderStatus | None) -> Arrival:
    if order is None:
        return Arrival.EXPECTED
    if order in _RECEPTION:
        return Arrival.ARRIVED
    return Arrival.READY if order == OrderStatus.READY else Arrival.IN_WORK
