"""Everything known about one booking, for its record on the screen."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select

from db.models import (
    Appointment,
    AppointmentJob,
    Bay,
    Customer,
    Job,
    Message,
    PartReservation,
    Reservation,
    Vehicle,
    WorkOrder,
)
from services.appointment_moves import APPOINTMENTS, Facts, load_appointments
from services.finding import Found, find_car
from services.free_time import Need
from services.people import names
from services.work import Work
from services.workflow import Move


@dataclass(frozen=True)
class BookedJob:
    """A job of a booking as told to the customer."""

    name: str
    minutes: int
    price: Decimal
    need: Need


@dataclass(frozen=True)
class BookedStay:
    """A bay and the person, or the two, held for the booking, by name."""

    bay: str
    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class BookingFile:
    """A booking with its car, jobs, places and messages, and what can be done with it."""

    row: Appointment
    car: Vehicle
    customer: Customer
    found: Found | None
    advisor: str
    jobs: list[BookedJob]
    stays: list[BookedStay]
    messages: list[Message]
    order_id: int | None
    facts: Facts
    currency: str
    parts_kept: bool

    @property
    def moves(self) -> list[Move[Facts]]:
        """What can be done now."""
        return APPOINTMENTS.possible(self.facts, self.row.status)

    @property
    def needs(self) -> list[Need]:
        """What the jobs ask of bays and people."""
        return [job.need for job in self.jobs]


def booking_file(work: Work, appointment_id: int) -> BookingFile | None:
    """One booking, None when there is none with that id. A fixed number of queries."""
    row = work.db.get(Appointment, appointment_id) if 0 < appointment_id < 2**31 else None
    if row is None:
        return None
    order = select(WorkOrder.id).where(WorkOrder.appointment_id == row.id)
    kept = select(PartReservation.id).where(PartReservation.appointment_id == row.id).limit(1)
    staff = names(work)
    return BookingFile(
        row=row,
        car=work.get(Vehicle, row.vehicle_id),
        customer=work.get(Customer, row.customer_id),
        found=find_car(work, row.vehicle_id),
        advisor=staff.get(row.advisor_id or 0, ""),
        jobs=_jobs(work, row.id),
        stays=_stays(work, row.id, staff),
        messages=_messages(work, row.id),
        order_id=work.db.exec(order).first(),
        facts=load_appointments(work, [row])[row.id],
        currency=work.garage.currency,
        parts_kept=work.db.exec(kept).first() is not None,
    )


def _jobs(work: Work, key: int) -> list[BookedJob]:
    query = select(Job, AppointmentJob).join(Job, col(Job.id) == col(AppointmentJob.job_id))
    mine = query.where(AppointmentJob.appointment_id == key).order_by(col(AppointmentJob.id))
    return [
        BookedJob(
            job.name, told.minutes, told.price, Need(job.bay_kind, job.skill, told.minutes, job.people, job.group)
        )
        for job, told in work.db.exec(mine)
    ]


def _stays(work: Work, key: int, staff: dict[int, str]) -> list[BookedStay]:
    """A booking is in one place at a time, so bay and people pair up by when they begin."""
    rows = work.db.exec(select(Reservation).where(Reservation.appointment_id == key)).all()
    bays = dict(work.db.exec(select(Bay.id, Bay.name)).all())
    people: dict[datetime, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        if row.staff_id:
            people.setdefault(row.starts_at, []).append(staff.get(row.staff_id, ""))
    held = sorted((row for row in rows if row.bay_id), key=lambda row: row.starts_at)
    return [
        BookedStay(bays.get(row.bay_id or 0, ""), ", ".join(people.get(row.starts_at, ())), row.starts_at, row.ends_at)
        for row in held
    ]


def _messages(work: Work, key: int) -> list[Message]:
    about = (Message.subject == "appointment", Message.subject_id == key)
    return list(work.db.exec(select(Message).where(*about).order_by(col(Message.id).desc())))
