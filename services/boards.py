"""What boards show: cars and bookings with everything a card needs, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from db.choice import Choice
from db.enums import Answer, AppointmentStatus, ComplaintStatus, HoldReason, OrderStatus
from db.models import (
    Appointment,
    AppointmentJob,
    Bay,
    Complaint,
    Customer,
    Job,
    Vehicle,
    WorkOrder,
)
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.people import names
from services.work import Work

OPEN = tuple(s for s in OrderStatus if s not in (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED))
Flag = tuple[str, str, str]  # text, colour, icon


@dataclass
class OrderCard:
    """One car in the shop."""

    facts: OrderFacts
    vehicle: Vehicle
    customer: Customer
    technician: str
    bay: str
    complaint: bool

    @property
    def order(self) -> WorkOrder:
        """The work order."""
        return self.facts.order

    @property
    def id(self) -> int:
        """The work order's id."""
        return self.facts.order.id

    @property
    def status(self) -> OrderStatus:
        """Where the car stands."""
        return self.facts.order.status

    @property
    def what(self) -> str:
        """What is to be done, in a line; the concern while nothing is on the order yet."""
        titles = [j.title for j in self.facts.jobs if self.facts.job_answer(j) != Answer.DECLINED]
        return " · ".join(titles) or self.order.concern

    @property
    def flags(self) -> list[Flag]:
        """What everyone must know about this car."""
        order = self.order
        found: list[tuple[bool, Flag]] = [
            (order.waits, (N_("waits here"), "blue", "chair")),
            (order.rework_count > 0 and self.facts.in_rework, (N_("rework"), "red", "replay")),
            (self.complaint, (N_("open complaint"), "red", "report")),
            (order.hold_reason == HoldReason.PARTS, (N_("waiting for parts"), "violet", "inventory_2")),
            (
                bool(self.facts.pending) and order.status in _WORKING,
                (N_("extra work to answer"), "orange", "phone_in_talk"),
            ),
        ]
        return [flag for true, flag in found if true]


_WORKING = (OrderStatus.IN_WORK, OrderStatus.ON_HOLD, OrderStatus.REWORK)


@dataclass
class BookingCard:
    """One booking."""

    appointment: Appointment
    vehicle: Vehicle
    customer: Customer
    jobs: list[str]
    advisor: str

    @property
    def what(self) -> str:
        """What it is about, in a line."""
        return " · ".join(self.jobs) or self.appointment.concern


def order_cards(work: Work, statuses: Collection[OrderStatus] = OPEN) -> list[OrderCard]:
    """The cars in those statuses, the most urgent promise first."""
    return _cards(work, [col(WorkOrder.status).in_(statuses)])


def delivered_since(work: Work, moment: datetime) -> list[OrderCard]:
    """Cars handed over since then."""
    return _cards(work, [col(WorkOrder.delivered_at) >= moment])


def order_card(work: Work, order_id: int) -> OrderCard | None:
    """One car."""
    found = _cards(work, [col(WorkOrder.id) == order_id])
    return found[0] if found else None


def _cards(work: Work, where: Sequence[ColumnElement[bool]]) -> list[OrderCard]:
    query = (
        select(WorkOrder, Vehicle, Customer)
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
        .where(*where)
    )
    rows = work.db.exec(query).all()
    facts = load_orders(work, [order for order, _, _ in rows])
    staff, bays = names(work), {key: name for key, name in work.db.exec(select(Bay.id, Bay.name))}
    unhappy = _with_complaint(work, [customer.id for _, _, customer in rows])
    cards = [
        OrderCard(facts[o.id], v, c, staff.get(o.technician_id or 0, ""), bays.get(o.bay_id or 0, ""), c.id in unhappy)
        for o, v, c in rows
    ]
    return sorted(
        cards, key=lambda card: (card.order.promised_at or card.order.arrived_at + timedelta(days=1), card.id)
    )


def _with_complaint(work: Work, customers: Iterable[int]) -> set[int]:
    query = select(Complaint.customer_id).where(
        col(Complaint.customer_id).in_(list(customers)), Complaint.status != ComplaintStatus.CLOSED
    )
    return set(work.db.exec(query))


def booking_cards(
    work: Work, start: datetime, end: datetime, statuses: Collection[AppointmentStatus] = tuple(AppointmentStatus)
) -> list[BookingCard]:
    """The bookings from `start` up to `end`, by time."""
    query = (
        select(Appointment, Vehicle, Customer)
        .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
        .join(Customer, col(Customer.id) == col(Appointment.customer_id))
        .where(col(Appointment.starts_at) >= start, col(Appointment.starts_at) < end)
        .where(col(Appointment.status).in_(statuses))
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    rows = work.db.exec(query).all()
    jobs = _booked_jobs(work, [a.id for a, _, _ in rows])
    staff = names(work)
    return [BookingCard(a, v, c, jobs.get(a.id, []), staff.get(a.advisor_id or 0, "")) for a, v, c in rows]


def _booked_jobs(work: Work, appointments: Iterable[int]) -> dict[int, list[str]]:
    query = (
        select(AppointmentJob.appointment_id, Job.name)
        .join(Job, col(Job.id) == col(AppointmentJob.job_id))
        .where(col(AppointmentJob.appointment_id).in_(list(appointments)))
        .order_by(col(AppointmentJob.id))
    )
    found: dict[int, list[str]] = {}
    for key, name in work.db.exec(query):
        found.setdefault(key, []).append(name)
    return found


def local_day(work: Work, moment: datetime | None = None) -> tuple[datetime, datetime]:
    """The garage's local day around `moment` (now), as instants from midnight to midnight."""
    start = work.local(moment or work.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, (start + timedelta(days=1, hours=2)).replace(hour=0)


def counted(cards: Iterable[Any], by: Sequence[Choice]) -> dict[Choice, int]:
    """How many cards stand in each status."""
    found = dict.fromkeys(by, 0)
    for card in cards:
        found[card.status] = found.get(card.status, 0) + 1
    return found
