"""The bookings of a day with all that is prepared for them: place, person, parts. For the eve of the day and its papers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlmodel import col, func, select

from db.enums import EXPECTED, AppointmentStatus
from db.enums_desk import PurchaseStatus
from db.models import (
    Appointment,
    AppointmentJob,
    Bay,
    Customer,
    Job,
    JobPart,
    Part,
    PartReservation,
    PurchaseLine,
    Reservation,
    Vehicle,
)
from services.boards import local_day
from services.people import names
from services.work import Work

_NONE = Decimal(0)


@dataclass(frozen=True)
class PlannedJob:
    """A job as told to the customer."""

    name: str
    minutes: int
    price: Decimal


@dataclass(frozen=True)
class PlannedStay:
    """A stretch of time in one bay, with the people held for it."""

    bay: str
    people: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class PlannedPart:
    """A part the jobs ask for: how much is needed, how much of it is kept, and whether it lies ready."""

    part: Part
    needed: Decimal
    kept: Decimal
    picked_at: datetime | None
    picked_by: str
    bought: PurchaseStatus | None

    @property
    def missing(self) -> Decimal:
        """What is neither kept nor on the shelf for this booking."""
        return max(self.needed - self.kept, _NONE)


@dataclass(frozen=True)
class Planned:
    """One booking with its car and what is prepared for it."""

    row: Appointment
    car: Vehicle
    customer: Customer
    advisor: str
    jobs: tuple[PlannedJob, ...]
    stays: tuple[PlannedStay, ...]
    parts: tuple[PlannedPart, ...]

    @property
    def what(self) -> str:
        """What it is about, in a line."""
        return " · ".join(job.name for job in self.jobs) or self.row.concern

    @property
    def placed(self) -> bool:
        """Whether bay and technician are held."""
        return bool(self.stays) and all(stay.bay and stay.people for stay in self.stays)

    @property
    def short(self) -> list[PlannedPart]:
        """Parts of which there is not enough."""
        return [part for part in self.parts if part.missing]

    @property
    def to_pick(self) -> list[PlannedPart]:
        """Parts that are kept and do not lie ready yet."""
        return [part for part in self.parts if part.kept and part.picked_at is None]

    @property
    def ready(self) -> bool:
        """Whether nothing is left to prepare. Who waits for a part may wait for one that is in no catalogue."""
        return self.placed and not self.waits_for_part and not self.short and not self.to_pick

    @property
    def waits_for_part(self) -> bool:
        """Whether the booking itself says that a part has not come."""
        return self.row.status == AppointmentStatus.WAITING_PARTS


def bookings_of_day(work: Work, day: date) -> list[Planned]:
    """What is booked on a day and has not come yet, by time. Six queries, however many."""
    start, end = local_day(work, datetime.combine(day, time(12), work.zone))
    ahead = (col(Appointment.starts_at) >= start, col(Appointment.starts_at) < end)
    return _planned(work, *ahead, col(Appointment.status).in_(EXPECTED))


def bookings_between(
    work: Work, start: datetime, end: datetime, statuses: Collection[AppointmentStatus]
) -> list[Planned]:
    """The bookings from `start` up to `end` in these statuses, by time, without their parts. Four queries."""
    within = (col(Appointment.starts_at) >= start, col(Appointment.starts_at) < end)
    return _planned(work, *within, col(Appointment.status).in_(statuses), parts=False)


def planned(work: Work, appointment_id: int) -> Planned:
    """One booking, whatever became of it. Raises NotFound."""
    work.get(Appointment, appointment_id)
    return _planned(work, col(Appointment.id) == appointment_id)[0]


def _planned(work: Work, *which: Any, parts: bool = True) -> list[Planned]:
    query = (
        select(Appointment, Vehicle, Customer)
        .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
        .join(Customer, col(Customer.id) == col(Appointment.customer_id))
        .where(*which)
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    rows = work.db.exec(query).all()
    keys, staff = [row.id for row, _, _ in rows], names(work)
    jobs, stays = _jobs(work, keys), _stays(work, keys, staff)
    kept = _parts(work, keys, staff) if parts else defaultdict[int, list[PlannedPart]](list)
    return [
        Planned(row, car, customer, staff.get(row.advisor_id or 0, ""), tuple(jobs[row.id]), tuple(stays[row.id]),
                tuple(kept[row.id]))
        for row, car, customer in rows
    ]  # fmt: skip


def _jobs(work: Work, keys: Collection[int]) -> dict[int, list[PlannedJob]]:
    query = select(AppointmentJob, Job.name).join(Job, col(Job.id) == col(AppointmentJob.job_id))
    found: dict[int, list[PlannedJob]] = defaultdict(list)
    for told, name in work.db.exec(
        query.where(col(AppointmentJob.appointment_id).in_(keys)).order_by(col(AppointmentJob.id))
    ):
        found[told.appointment_id].append(PlannedJob(name, told.minutes, told.price))
    return found


def _stays(work: Work, keys: Collection[int], staff: dict[int, str]) -> dict[int, list[PlannedStay]]:
    """The bay's times, and with each the people held from the same minute on."""
    query = select(Reservation, Bay.name).outerjoin(Bay, col(Bay.id) == col(Reservation.bay_id))
    held = work.db.exec(
        query.where(col(Reservation.appointment_id).in_(keys)).order_by(col(Reservation.starts_at), col(Reservation.id))
    ).all()
    people: dict[tuple[int | None, datetime], list[str]] = defaultdict(list)
    for row, _ in held:
        if row.staff_id:
            people[row.appointment_id, row.starts_at].append(staff.get(row.staff_id, ""))
    found: dict[int, list[PlannedStay]] = defaultdict(list)
    for row, bay in held:
        if row.bay_id and row.appointment_id:
            with_it = tuple(people[row.appointment_id, row.starts_at])
            found[row.appointment_id].append(PlannedStay(bay or "", with_it, row.starts_at, row.ends_at))
    return found


def _parts(work: Work, keys: Collection[int], staff: dict[int, str]) -> dict[int, list[PlannedPart]]:
    """What the jobs ask for and what is kept, by the order in which one walks along the shelves."""
    needed, kept, bought = _needed(work, keys), _kept(work, keys), _bought(work, keys)
    pairs = {*needed, *kept}
    parts = {part.id: part for part in work.db.exec(select(Part).where(col(Part.id).in_({key for _, key in pairs})))}
    found: dict[int, list[PlannedPart]] = defaultdict(list)
    for booking, key in sorted(pairs, key=lambda pair: (parts[pair[1]].place, parts[pair[1]].code)):
        held = kept.get((booking, key))
        found[booking].append(
            PlannedPart(
                parts[key],
                needed.get((booking, key), held.quantity if held else _NONE),
                held.quantity if held else _NONE,
                held.picked_at if held else None,
                staff.get(held.picked_by_id or 0, "") if held else "",
                bought.get((booking, key)),
            )
        )
    return found


def _needed(work: Work, keys: Collection[int]) -> dict[tuple[int, int], Decimal]:
    query = (
        select(AppointmentJob.appointment_id, JobPart.part_id, func.sum(JobPart.quantity))
        .join(JobPart, col(JobPart.job_id) == col(AppointmentJob.job_id))
        .where(col(AppointmentJob.appointment_id).in_(keys))
        .group_by(col(AppointmentJob.appointment_id), col(JobPart.part_id))
    )
    return {(booking, part): quantity for booking, part, quantity in work.db.exec(query)}


def _kept(work: Work, keys: Collection[int]) -> dict[tuple[int, int], PartReservation]:
    rows = work.db.exec(select(PartReservation).where(col(PartReservation.appointment_id).in_(keys)))
    return {(row.appointment_id or 0, row.part_id): row for row in rows}


def _bought(work: Work, keys: Collection[int]) -> dict[tuple[int, int], PurchaseStatus]:
    """Where the purchase of a part for a booking stands, those dropped left out."""
    query = select(PurchaseLine).where(
        col(PurchaseLine.appointment_id).in_(keys), col(PurchaseLine.part_id).is_not(None)
    )
    lines: Iterable[PurchaseLine] = work.db.exec(query.order_by(col(PurchaseLine.id)))
    alive = (line for line in lines if line.status != PurchaseStatus.DROPPED)
    return {(line.appointment_id or 0, line.part_id or 0): line.status for line in alive}


def ready_count(found: Sequence[Planned]) -> int:
    """How many bookings have everything prepared."""
    return sum(one.ready for one in found)
