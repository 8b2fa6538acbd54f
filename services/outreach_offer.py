"""What is ready before the phone is lifted: why we call, jobs with price and parts, three times, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import col, select

from db.models import CarDue, Customer, Vehicle
from services.catalogue import Estimate, estimate
from services.due_facts import CarFile, car_files
from services.due_work import Due, dues_of
from services.offers import Offer, offers
from services.outreach_calls import Occasion, may_call
from services.outreach_claims import Claim, claims
from services.outreach_log import Logged, log, newest_call
from services.refusals import NotNow, Refusal
from services.work import Work

LEAST_TIMES = 3  # to choose from, when it is the garage that calls


@dataclass
class Prepared:
    """One call, ready to be made. `expected_km`: the reading expected today, None when too little is known of how it is driven.

    `no_times` says why there are no times; `claim`: who else has this call open; `seen`: see `Occasion`.
    """

    due: Due
    car: Vehicle
    customer: Customer
    expected_km: int | None
    seen: int
    told: Estimate | None = None
    times: list[Offer] = field(default_factory=list)
    no_times: Refusal | None = None
    contacts: list[Logged] = field(default_factory=list)
    claim: Claim | None = None

    @property
    def occasion(self) -> Occasion:
        """What a result of this call is about."""
        return Occasion(self.car.id, self.due.reason, self.due.about, self.seen)


def prepare(work: Work, occasion: Occasion, job_ids: Sequence[int] | None = None) -> Prepared:
    """Everything for one call; `job_ids` instead of the jobs that follow from what is due (None). An occasion that names no
    `about` means what is due longest for that reason.

    A fixed number of queries. Refuses with NotFound and as `outreach_calls.may_call` does.
    """
    occasion = occasion if occasion.about else replace(occasion, about=_first(work, occasion))
    car, customer = may_call(work, occasion)
    (file,) = car_files(work, [car.id])
    due = _due(file, occasion)
    ready = Prepared(due, car, customer, _expected(work, file), newest_call(work, customer.id))
    ready.contacts, ready.claim = log(work, customer.id), claims(work).get(customer.id)
    jobs = due.jobs if job_ids is None else job_ids
    if jobs:
        _offer(work, ready, jobs)
    return ready


def _first(work: Work, occasion: Occasion) -> str:
    mine = select(CarDue.about).where(CarDue.vehicle_id == occasion.vehicle_id, CarDue.reason == occasion.reason)
    return work.db.exec(mine.order_by(col(CarDue.due_on))).first() or ""


def _due(file: CarFile, occasion: Occasion) -> Due:
    for due in dues_of(file):
        if (due.reason, due.about) == (occasion.reason, occasion.about):
            return due
    raise NotNow


def _expected(work: Work, file: CarFile) -> int | None:
    use = file.use
    return use.on_day(work.local(work.now).date()) if use else None


def _offer(work: Work, ready: Prepared, jobs: Sequence[int]) -> None:
    try:
        ready.told = estimate(work, jobs)
        ready.times = _not_at_once(work, offers(work, ready.told.needs, garage_called=True))
    except Refusal as refusal:
        ready.no_times = refusal


def _not_at_once(work: Work, times: list[Offer]) -> list[Offer]:
    """Who did not think of coming does not come within the hour: today is offered only when little else is free."""
    today = work.local(work.now).date()
    later = [one for one in times if work.local(one.starts_at).date() > today]
    return later if len(later) >= LEAST_TIMES else times
