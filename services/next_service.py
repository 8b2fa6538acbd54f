"""The next service of a car: from the intervals of what was done, and how it is driven; corrected by hand where that knows more."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import Handover, Job, Vehicle
from services.due_dates import months_on
from services.due_facts import use_of_car
from services.i18n import N_
from services.measures import MOST_KM
from services.order_facts import OrderFacts
from services.refusals import Refusal
from services.validate import line, within
from services.work import Work

MOST_DAYS = 3650
YEAR = 365
_JOBS: Any = select(Job).where(col(Job.id).in_(bindparam("ids", expanding=True)))
REASONS = (
    N_("Drives little"),
    N_("Drives much"),
    N_("Hard use"),
    N_("As the maker says"),
    N_("As the customer wishes"),
)


class NotAhead(Refusal):
    """The next service has to lie ahead: after today and beyond {km} km."""


@dataclass(frozen=True)
class NextService:
    """By `on` or at `km`, whichever is first. `expected`: when the car is likely to reach the km; `year_km`: what it drives in a
    year. `reason`: why it was corrected by hand, blank when it was not."""

    on: date | None
    km: int | None
    expected: date | None = None
    year_km: int | None = None
    reason: str = ""


def next_service(work: Work, facts: OrderFacts, row: Handover | None) -> NextService:
    """As it is told at the hand-over: corrected, else from this visit's jobs, else as the car's file has it. Three queries."""
    car = work.get(Vehicle, facts.order.vehicle_id)
    on, km = told(work, facts, row)
    use = use_of_car(work, car)
    by_km = use.reaches(km) if use and km is not None else None
    return NextService(on, km, by_km if by_km and (on is None or by_km < on) else None, use.km * YEAR // use.days if use else None,
                       row.next_reason if row else "")  # fmt: skip


def told(work: Work, facts: OrderFacts, row: Handover | None) -> tuple[date | None, int | None]:
    """Only the date and the km of it."""
    if row and (row.next_on or row.next_km):
        return row.next_on, row.next_km
    car, jobs = work.get(Vehicle, facts.order.vehicle_id), regular_jobs(work, facts)
    return reckoned(work, facts, jobs) if jobs else (car.next_service_on, car.next_service_km)


def reckoned(work: Work, facts: OrderFacts, jobs: list[Job]) -> tuple[date | None, int | None]:
    """From the shortest intervals of these jobs, counted from the day the car left or leaves and from what it shows."""
    months = [job.interval_months for job in jobs if job.interval_months]
    kilometres = [job.interval_km for job in jobs if job.interval_km]
    read = facts.inspection.odometer_km if facts.inspection else None
    shown = read if read is not None else work.get(Vehicle, facts.order.vehicle_id).odometer_km
    left = work.local(facts.order.delivered_at or work.now).date()
    return (months_on(left, min(months)) if months else None,
            shown + min(kilometres) if kilometres and shown is not None else None)  # fmt: skip


def regular_jobs(work: Work, facts: OrderFacts) -> list[Job]:
    """The catalogue jobs with an interval that were done on this visit."""
    done = [job.job_id for job in facts.agreed_jobs if job.done_at and job.job_id]
    found = work.db.execute(_JOBS, {"ids": done}).scalars() if done else ()
    return [job for job in found if job.interval_km or job.interval_months]


def correct(work: Work, row: Handover, *, on: date | None, km: int | None, reason: str, shown: int | None) -> Handover:
    """Another date, other km, for a reason; neither of them: as reckoned. The order is held by the caller. `shown`: what the car
    shows now, in km. Refuses with NotAhead, OutOfRange, Missing, TooLong."""
    today = work.local(work.now).date()
    if on is None and km is None:
        row.next_on, row.next_km, row.next_reason = None, None, ""
        return work.add(row)
    late = on is not None and not today < on <= today + timedelta(days=MOST_DAYS)
    if late or (km is not None and km <= (shown or 0)):
        raise NotAhead(km=f"{shown or 0:,}")
    if km is not None:
        within(km, N_("Kilometres"), 1, MOST_KM)
    row.next_on, row.next_km, row.next_reason = on, km, line(reason, N_("Reason"), 300)
    return work.add(row)


def keep(work: Work, facts: OrderFacts, row: Handover) -> None:
    """What was told stays as it was told, whatever becomes of the catalogue."""
    row.next_on, row.next_km = told(work, facts, row)
