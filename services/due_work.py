"""What is due for a car: service by date or expected mileage, expiry dates, recalls, declined work, a long absence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from db.enums_desk import CampaignKind, OutreachReason
from db.models import CarDue, OrderJob, Vehicle, WorkOrder
from services.declined_work import DeclinedWork, declined_for_car
from services.due_dates import FIRST_YEAR_MONTHS, first_service, months_on, next_service
from services.due_facts import CarFile, car_files
from services.recalls import carried_out
from services.work import Work

__all__ = ["DeclinedWork", "Due", "declined_for_car", "due_for_car", "dues_of", "reckon", "reckon_all"]

SOON = timedelta(days=30)  # what comes due that soon is worth a word while the car is here or booked
AWAY_MONTHS = 12
SERVICE_CALLED = timedelta(
    days=60
)  # so long a due service is called about; after that the car is one not seen for long
_WORDS = 300


@dataclass(frozen=True)
class Due:
    """One thing due. `about` names the occasion and stays the same until it has passed; `what` are words people wrote (declined
    jobs, a campaign); `at_km` the reading that makes it due; `jobs` what to offer."""

    reason: OutreachReason
    due_on: date
    about: str
    what: str = ""
    at_km: int | None = None
    until: date | None = None
    jobs: tuple[int, ...] = field(default=(), compare=False)


def due_for_car(work: Work, vehicle_id: int, within: timedelta = SOON) -> list[Due]:
    """What is due for a car now or `within` that time, the most urgent first. A fixed number of queries. Raises NotFound."""
    work.get(Vehicle, vehicle_id)
    today = work.local(work.now).date()
    found = (due for file in car_files(work, [vehicle_id]) for due in dues_of(file))
    return sorted((due for due in found if _counts(due, today, within)), key=lambda due: due.due_on)


def dues_of(file: CarFile) -> list[Due]:
    """Everything a car's file makes due, whenever that is, each reason once but for campaigns."""
    service = _service(file)
    found = [
        service,
        _declined(file),
        _expiry(OutreachReason.INSPECTION, file.car.inspection_until),
        _expiry(OutreachReason.INSURANCE, file.car.insurance_until),
        _absent(file, service),
    ]
    return [*(due for due in found if due), *_campaigns(file)]


def reckon(work: Work, vehicle_ids: Sequence[int]) -> None:
    """Write what is due for these cars anew. To be called by whoever changed what it rests on."""
    work.db.flush()
    rows = [
        CarDue(vehicle_id=file.car.id, reason=due.reason, about=due.about, due_on=due.due_on, until=due.until, at_km=due.at_km,
               what=due.what)
        for file in car_files(work, vehicle_ids)
        for due in dues_of(file)
    ]  # fmt: skip
    work.db.execute(delete(CarDue).where(col(CarDue.vehicle_id).in_(vehicle_ids)))
    work.db.add_all(rows)
    # not through the rows: this is no change that somebody who has the car open has to hear of
    mark = update(Vehicle).where(col(Vehicle.id).in_(vehicle_ids)).values(reckoned=True)
    work.db.execute(mark, execution_options={"synchronize_session": False})
    work.db.flush()


def reckon_all(work: Work, most: int = 500) -> int:
    """Reckon cars that came into the files in bulk (an import, an older release); returns how many, at most `most`."""
    found = waiting(work, most)
    if found:
        reckon(work, found)
    return len(found)


def waiting(work: Work, most: int = 1) -> list[int]:
    """Cars still to be reckoned. One look into an index that holds only these."""
    return list(work.db.exec(select(Vehicle.id).where(~col(Vehicle.reckoned)).order_by(col(Vehicle.id)).limit(most)))


def visit_over(work: Work, order: WorkOrder, done: Iterable[OrderJob]) -> None:
    """A visit ended: campaigns whose job was done are done for the car. What is due for it is reckoned anew soon after, in the
    background: whoever closes an order has the next customer before them."""
    work.get(Vehicle, order.vehicle_id).reckoned = False
    carried_out(work, order, done)


def _counts(due: Due, today: date, within: timedelta) -> bool:
    if (
        due.reason == OutreachReason.FIRST_SERVICE
        and months_on(date.fromisoformat(due.about), FIRST_YEAR_MONTHS) < today
    ):
        return False  # a car of that age may have been serviced anywhere: nothing is known
    return due.due_on <= today + within and (due.until is None or today <= due.until)


def _service(file: CarFile) -> Due | None:
    car, months = file.car, file.regular.months if file.regular else None
    jobs = file.regular.job_ids if file.regular else ()
    found = next_service(next_on=car.next_service_on, last_on=car.last_service_on, months=months, at_km=car.next_service_km,
                         use=file.use)  # fmt: skip
    if found:
        since = car.last_service_on or car.next_service_on
        about = since.isoformat() if since else f"{car.next_service_km} km"
        return Due(OutreachReason.SERVICE, found[0], about, at_km=found[1], jobs=jobs)
    if car.last_service_on or car.first_registered is None:
        return None
    due = first_service(car.first_registered, months)
    return Due(OutreachReason.FIRST_SERVICE, due, car.first_registered.isoformat(), jobs=jobs)


def _declined(file: CarFile) -> Due | None:
    """The occasion is the newest visit that left something declined."""
    if not file.declined:
        return None
    words = ", ".join(one.title for one in file.declined)
    return Due(
        OutreachReason.DECLINED,
        min(one.due_on for one in file.declined),
        str(file.declined[0].order_id),
        what=words if len(words) <= _WORDS else words[: _WORDS - 1] + "…",
        jobs=tuple(one.job_id for one in file.declined if one.job_id),
    )


def _expiry(reason: OutreachReason, until: date | None) -> Due | None:
    return Due(reason, until, until.isoformat()) if until else None


def _absent(file: CarFile, service: Due | None) -> Due | None:
    """Not seen for long; while a service is due that is the reason to call."""
    if file.seen_on is None:
        return None
    away = months_on(file.seen_on, AWAY_MONTHS)
    if service:
        away = max(away, service.due_on + SERVICE_CALLED + timedelta(days=1))
    return Due(OutreachReason.ABSENT, away, file.seen_on.isoformat(), jobs=file.regular.job_ids if file.regular else ())


def _campaigns(file: CarFile) -> Iterator[Due]:
    for one in file.campaigns:
        recall = one.kind == CampaignKind.RECALL
        reason = OutreachReason.RECALL if recall else OutreachReason.CAMPAIGN
        jobs = (one.job_id,) if one.job_id else ()
        yield Due(reason, one.starts_on, str(one.id), what=one.title, until=one.ends_on, jobs=jobs)
