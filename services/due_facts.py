"""What the files say about cars, read for many at once, as far as it makes something due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import col, select

from db.enums import OrderStatus, Skill
from db.models import Campaign, Inspection, Job, OrderJob, Vehicle, WorkOrder
from services.campaigns import open_campaigns
from services.declined_work import DeclinedWork, declined_for
from services.due_dates import Reading, Use, use_of
from services.work import Work


@dataclass(frozen=True)
class Regular:
    """The jobs of a routine service and the shortest of their intervals in months (None: only kilometres are known)."""

    job_ids: tuple[int, ...]
    months: int | None


@dataclass
class CarFile:
    """One car with its past, as far as it makes something due. `seen_on`: its last visit, or service elsewhere."""

    car: Vehicle
    readings: list[Reading] = field(default_factory=list)
    seen_on: date | None = None
    regular: Regular | None = None
    declined: list[DeclinedWork] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)

    @property
    def use(self) -> Use | None:
        """How the car is driven; None when too little is known."""
        return use_of(self.readings)


def car_files(work: Work, vehicle_ids: Sequence[int]) -> list[CarFile]:
    """The files of these cars. A fixed number of queries, however many cars."""
    cars = work.db.exec(select(Vehicle).where(col(Vehicle.id).in_(vehicle_ids)).order_by(col(Vehicle.id)))
    files = {car.id: CarFile(car) for car in cars}
    _visits(work, files)
    usual, last = usual_service(work), _last_services(work, vehicle_ids)
    declined, campaigns = declined_for(work, vehicle_ids), open_campaigns(work, [one.car for one in files.values()])
    for key, file in files.items():
        file.regular, file.declined, file.campaigns = last.get(key, usual), declined[key], campaigns[key]
    return list(files.values())


def use_of_car(work: Work, car: Vehicle) -> Use | None:
    """How one car is driven, from what its visits read; None when too little is known. One query."""
    files = {car.id: CarFile(car)}
    _visits(work, files)
    return files[car.id].use


def usual_service(work: Work) -> Regular | None:
    """The service of a car of which nothing is known: the routine job of the catalogue that comes back soonest."""
    query = select(Job.id, Job.interval_months).where(col(Job.active), col(Job.interval_months).is_not(None))
    soonest = (col(Job.skill) != Skill.SERVICE, col(Job.interval_km).is_(None), col(Job.interval_months), col(Job.interval_km),
               col(Job.code))  # fmt: skip
    found = work.db.exec(query.order_by(*soonest)).first()
    return Regular((found[0],), found[1]) if found else None


def _visits(work: Work, files: dict[int, CarFile]) -> None:
    query = (
        select(WorkOrder.vehicle_id, WorkOrder.arrived_at, Inspection.odometer_km)
        .outerjoin(Inspection, col(Inspection.order_id) == col(WorkOrder.id))
        .where(col(WorkOrder.vehicle_id).in_(files), WorkOrder.status != OrderStatus.CANCELLED)
    )
    rows: Sequence[tuple[int, datetime, int | None]] = work.db.exec(query.order_by(col(WorkOrder.arrived_at))).all()
    for key, at, km in rows:
        files[key].seen_on = day = work.local(at).date()
        if km is not None:
            files[key].readings.append(Reading(day, km))
    for file in files.values():
        car = file.car
        if car.odometer_km is not None and car.odometer_on is not None:
            file.readings.append(Reading(car.odometer_on, car.odometer_km))
        file.seen_on = max((on for on in (file.seen_on, car.last_service_on) if on), default=None)


def _last_services(work: Work, vehicle_ids: Sequence[int]) -> dict[int, Regular]:
    """The jobs of each car's latest routine service that come back first: they are what is due next."""
    query = (
        select(WorkOrder.vehicle_id, WorkOrder.id, Job.id, Job.interval_months)
        .join(OrderJob, col(OrderJob.order_id) == col(WorkOrder.id))
        .join(Job, col(Job.id) == col(OrderJob.job_id))
        .where(col(WorkOrder.vehicle_id).in_(vehicle_ids), col(OrderJob.done_at).is_not(None), col(Job.active))
        .where(
            Job.skill == Skill.SERVICE, or_(col(Job.interval_months).is_not(None), col(Job.interval_km).is_not(None))
        )
        .order_by(col(WorkOrder.id).desc(), col(Job.code))
    )
    latest: dict[int, tuple[int, dict[int, int | None]]] = {}
    for car, order, job, months in work.db.exec(query):
        newest, jobs = latest.setdefault(car, (order, {}))
        if order == newest:
            jobs[job] = months
    return {car: _soonest(jobs) for car, (_, jobs) in latest.items()}


def _soonest(jobs: dict[int, int | None]) -> Regular:
    months = min((every for every in jobs.values() if every), default=None)
    return Regular(tuple(job for job, every in jobs.items() if every == months), months)
