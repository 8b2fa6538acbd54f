"""Bookings whose cars are yet to come, as far as dispatching needs to know them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import EXPECTED, Skill
from db.models import Appointment, AppointmentJob, Customer, Job, Vehicle
from services.work import Work


@dataclass(frozen=True)
class Booked:
    """A booking: whose car comes when, and what its jobs ask for."""

    plate: str
    customer: str
    at: datetime
    skills: frozenset[Skill]


_IDS: Any = bindparam("ids", expanding=True)
_COMING: Any = (
    sa_select(col(Appointment.id), col(Vehicle.plate), col(Customer.name), col(Appointment.starts_at))
    .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
    .join(Customer, col(Customer.id) == col(Appointment.customer_id))
    .where(
        col(Appointment.id).in_(_IDS), col(Appointment.status).in_(EXPECTED), col(Appointment.starts_at).is_not(None)
    )
)
_SKILLS: Any = (
    sa_select(col(AppointmentJob.appointment_id), col(Job.skill))
    .join(Job, col(Job.id) == col(AppointmentJob.job_id))
    .where(col(AppointmentJob.appointment_id).in_(_IDS))
)


def booked(work: Work, keys: Iterable[int]) -> dict[int, Booked]:
    """The bookings with these ids that are still expected. Two queries."""
    ids = {"ids": sorted(keys)}
    known: dict[int, set[Skill]] = defaultdict(set)
    for key, skill in work.db.execute(_SKILLS, ids):
        known[key].add(Skill(skill))
    rows = work.db.execute(_COMING, ids)
    return {key: Booked(plate, customer, at, frozenset(known[key])) for key, plate, customer, at in rows}
