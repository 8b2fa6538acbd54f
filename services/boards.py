"""What boards show: cars and bookings with everything a card needs, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.choice import Choice
from db.enums import Answer, AppointmentStatus, ComplaintStatus, HoldReason, OrderStatus
from db.enums_reception import Cover
from db.models import (
    Appointment,
    AppointmentJob,
    Bay,
    Complaint,
    Customer,
    Job,
    Staff,
    Vehicle,
    WorkOrder,
)
from db.types import UtcDateTime
from services.claim_state import gaps
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.shared import shared
from services.work import Work

OPEN = tuple(s for s in OrderStatus if s not in (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED))
Flag = tuple[str, str, str]  # text, colour, icon
_GAPS = 2  # of what an insurer's claim lacks; all of it is on the record


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
        titles = [j.title for j in self.facts.counted if self.facts.job_answer(j) != Answer.DECLINED]
        return " · ".join(titles) or self.order.concern

    @property
    def _waits_for_key(self) -> bool:
        return self.status == OrderStatus.AWAITING_DISPATCH and self.order.handed_at is None

    @property
    def flags(self) -> list[Flag]:
        """What everyone must know about this car."""
        order = self.order
        found: list[tuple[bool, Flag]] = [
            (order.waits, (N_("waits here"), "blue", "chair")),
            (order.rework_count > 0 and self.facts.in_rework, (N_("rework"), "red", "replay")),
            (self.facts.claim is not None, (N_("accident repair"), "violet", "car_crash")),
            (self.facts.outside_late, (N_("outside work overdue"), "red", "outbound")),
            (self._waits_for_key, (N_("not handed over yet"), "gray", "move_down")),
            (self.facts.asked_back, (N_("question to reception"), "orange", "contact_support")),
            (self.complaint, (N_("open complaint"), "red", "report")),
            (
                any(job.cover == Cover.UNDECIDED for job in self.facts.jobs),
                (Cover.UNDECIDED.label, Cover.UNDECIDED.color, Cover.UNDECIDED.icon),
            ),
            (order.hold_reason == HoldReason.PARTS, (N_("waiting for parts"), "violet", "inventory_2")),
            (
                bool(self.facts.pending) and order.status in _WORKING,
                (N_("extra work to answer"), "orange", "phone_in_talk"),
            ),
        ]
        return [flag for true, flag in found if true] + [
            (gap.label, "orange", "edit_note") for gap in gaps(self.facts)[:_GAPS]
        ]


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


_UNHAPPY = (
    select(Complaint.id)
    .where(col(Complaint.customer_id) == col(WorkOrder.customer_id), Complaint.status != ComplaintStatus.CLOSED)
    .exists()
)
# Built once: building a statement costs as much as running it.
_CARDS: Any = (
    sa_select(WorkOrder, Vehicle, Customer, col(Staff.name), col(Bay.name), _UNHAPPY)
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
    .outerjoin(Staff, col(Staff.id) == col(WorkOrder.technician_id))
    .outerjoin(Bay, col(Bay.id) == col(WorkOrder.bay_id))
)
_IN_STATUS = _CARDS.where(col(WorkOrder.status).in_(bindparam("statuses", expanding=True)))
_DELIVERED = _CARDS.where(col(WorkOrder.delivered_at) >= bindparam("moment", type_=UtcDateTime()))
_ONE = _CARDS.where(col(WorkOrder.id) == bindparam("key"))


def order_cards(work: Work, statuses: Collection[OrderStatus] = OPEN) -> list[OrderCard]:
    """The cars in those statuses, the most urgent promise first."""
    return _cards(work, _IN_STATUS, statuses=list(statuses))


def delivered_since(work: Work, moment: datetime) -> list[OrderCard]:
    """Cars handed over since then."""
    return _cards(work, _DELIVERED, moment=moment)


def order_card(work: Work, order_id: int) -> OrderCard | None:
    """One car."""
    found = _cards(work, _ONE, key=order_id)
    return found[0] if found else None


def _cards(work: Work, query: Any, **values: Any) -> list[OrderCard]:
    """As the person asking sees them now; the rows are shared with everybody."""
    key = (_cards, id(query), *(tuple(v) if isinstance(v, list) else v for v in values.values()))
    found = shared(work, key, lambda: _read(work, query, values))
    return [replace(card, facts=replace(card.facts, by_id=work.by.id, now=work.now)) for card in found]


def _read(work: Work, query: Any, values: dict[str, Any]) -> list[OrderCard]:
    """Seven queries, however many cars."""
    rows = work.db.execute(query, values).all()
    facts = load_orders(work, [row[0] for row in rows])
    cards = [OrderCard(facts[o.id], v, c, staff or "", bay or "", unhappy) for o, v, c, staff, bay, unhappy in rows]
    return sorted(
        cards, key=lambda card: (card.order.promised_at or card.order.arrived_at + timedelta(days=1), card.id)
    )


_BOOKINGS: Any = (
    sa_select(Appointment, Vehicle, Customer, col(Staff.name))
    .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
    .join(Customer, col(Customer.id) == col(Appointment.customer_id))
    .outerjoin(Staff, col(Staff.id) == col(Appointment.advisor_id))
    .where(
        col(Appointment.starts_at) >= bindparam("start", type_=UtcDateTime()),
        col(Appointment.starts_at) < bindparam("end", type_=UtcDateTime()),
        col(Appointment.status).in_(bindparam("statuses", expanding=True)),
    )
    .order_by(col(Appointment.starts_at), col(Appointment.id))
)
_BOOKED_JOBS: Any = (
    select(AppointmentJob.appointment_id, Job.name)
    .join(Job, col(Job.id) == col(AppointmentJob.job_id))
    .where(col(AppointmentJob.appointment_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(AppointmentJob.id))
)


def booking_cards(
    work: Work, start: datetime, end: datetime, statuses: Collection[AppointmentStatus] = tuple(AppointmentStatus)
) -> list[BookingCard]:
    """The bookings from `start` up to `end`, by time. Two queries, however many."""
    rows = work.db.execute(_BOOKINGS, {"start": start, "end": end, "statuses": list(statuses)}).all()
    jobs: dict[int, list[str]] = {}
    for key, name in work.db.execute(_BOOKED_JOBS, {"ids": [row[0].id for row in rows]}):
        jobs.setdefault(key, []).append(name)
    return [BookingCard(a, v, c, jobs.get(a.id, []), advisor or "") for a, v, c, advisor in rows]


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
