"""The time clock: who works on which job, from when to when. One running clock per person, unless the settings allow more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from db.enums import Answer, HoldReason, Role
from db.models import ClockEntry, OrderJob, Vehicle, WorkOrder
from services import permissions as may
from services.clock_rows import one_at_a_time, reaching
from services.i18n import N_
from services.order_facts import DONE, OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.refusals import NotAllowed, NotFound, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of
from services.workshop import release

PAUSES = (HoldReason.BREAK, HoldReason.TOOL)
HOLDS = (HoldReason.PARTS, HoldReason.APPROVAL, HoldReason.OUTSIDE, HoldReason.TOOL)


class ClockElsewhere(Refusal):
    """Your clock is still running on {plate}. Pause or finish there first."""


class ClockTwice(Refusal):
    """Your clock was just started on another tablet."""


class ClockOnJob(Refusal):
    """Your clock already runs on “{job}”."""


class JobNotAgreed(Refusal):
    """The customer has not agreed to “{job}”."""


class JobDone(Refusal):
    """“{job}” is already finished."""


class NoClock(Refusal):
    """You have no clock running on this car."""


class OthersOnJob(Refusal):
    """{names} still works on this job. They finish it, or a supervisor does; you can pause your own clock."""


class WrongReason(Refusal):
    """That reason does not fit here."""


def start(work: Work, order_id: int, *, job_id: int | None = None) -> ClockEntry:
    """Start the acting person's clock on a job, without `job_id` on the first that is to be done.

    Refuses with JobNotAgreed, JobDone, ClockOnJob, ClockElsewhere, ClockTwice, or what the move's conditions say.
    """
    wanted = _job(_held_facts(work, order_id), job_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "start", job=wanted.title if wanted else "")
    facts = facts_of(work, ORDERS, order_id)
    job = _startable(facts, _job(facts, job_id))
    clock = ClockEntry(order_id=order.id, order_job_id=job.id, staff_id=_acting(work), started_at=work.now,
                       rework=facts.in_rework, beside=_beside(work, job))  # fmt: skip
    try:
        return work.add(clock)
    except IntegrityError as error:  # two tablets at the same moment: the database keeps the rule
        raise ClockTwice from error


def pause(work: Work, order_id: int, *, reason: HoldReason) -> list[ClockEntry]:
    """Stop the acting person's clock for a break or a missing tool; the car stays in work. A supervisor without a clock of
    their own stops all clocks on it. Refuses with NoClock, WrongReason."""
    if reason not in PAUSES:
        raise WrongReason
    advance(work, ORDERS, order_id, "pause", reason=reason.label)
    return _stop(work, _own_or_all(work, facts_of(work, ORDERS, order_id)), reason.value)


def hold(work: Work, order_id: int, *, reason: HoldReason, note: str = "") -> WorkOrder:
    """The car stands still: every clock on it ends. Refuses with WrongReason, and a note over 300 characters."""
    if reason not in HOLDS:
        raise WrongReason
    note = text(note, N_("Note"), 300, needed=False)
    order: WorkOrder = advance(work, ORDERS, order_id, "hold", reason=reason.label, note=note)
    _stop(work, facts_of(work, ORDERS, order_id).running, reason.value)
    order.hold_reason = reason
    work.db.add(order)
    return order


def resume(work: Work, order_id: int) -> WorkOrder:
    """Work on the car goes on; a clock is started apart. Refuses while the answer the car was stopped for is missing."""
    order: WorkOrder = advance(work, ORDERS, order_id, "resume")
    order.hold_reason = None
    work.db.add(order)
    return order


def finish_job(
    work: Work, order_id: int, *, job_id: int | None = None, cause: str = "", correction: str = ""
) -> OrderJob:
    """The job is done: the clock on it ends (a supervisor ends everyone's). When nothing is left to do, the car goes to the
    self-check by the same act.

    Refuses with NoClock, OthersOnJob, texts over 1000 characters.
    """
    job, clocks = _finishable(work, _held_facts(work, order_id), job_id)
    advance(work, ORDERS, order_id, "finish_job", job=job.title if job else "")
    if job is None:
        raise NoClock
    _stop(work, clocks, DONE)
    job.done_at = work.now
    job.cause = text(cause, N_("Cause"), 1000, needed=False) or job.cause
    job.correction = text(correction, N_("Correction"), 1000, needed=False) or job.correction
    work.db.add(job)
    work.db.flush()
    _finish_when_all_done(work, order_id)
    return job


def wait_for_answer(work: Work, order_job_id: int) -> list[ClockEntry]:
    """The customer is asked about a job anew: every clock on it ends. The order is locked by the caller."""
    mine = select(ClockEntry).where(ClockEntry.order_job_id == order_job_id, col(ClockEntry.ended_at).is_(None))
    return _stop(work, work.db.exec(mine).all(), HoldReason.APPROVAL.value)


def finish(work: Work, order_id: int) -> WorkOrder:
    """All work is done: the car goes to the self-check, and what is left of its reserved time is given back."""
    order: WorkOrder = advance(work, ORDERS, order_id, "finish")
    release(work, order)
    return order


def clocked(clocks: Iterable[ClockEntry], now: datetime) -> dict[tuple[int, int], int]:
    """Whole minutes worked, by job and person; a running clock counts up to `now`."""
    seconds: dict[tuple[int, int], float] = defaultdict(float)
    for clock in clocks:
        seconds[clock.order_job_id, clock.staff_id] += ((clock.ended_at or now) - clock.started_at).total_seconds()
    return {key: int(total // 60) for key, total in seconds.items()}


def _held_facts(work: Work, order_id: int) -> OrderFacts:
    """The facts with the order held until the end: what a second tablet changed a moment ago is seen."""
    held = work.lock(WorkOrder, order_id)
    return ORDERS.load(work, [held])[order_id]


def _job(facts: OrderFacts, job_id: int | None) -> OrderJob | None:
    """The job asked for; without one the first to be done, in rework the one that failed."""
    if job_id is not None:
        return next((job for job in facts.jobs if job.id == job_id), None)
    again = [facts.rework_job] if facts.rework_job else facts.agreed_jobs
    choices = facts.undone or (again if facts.in_rework else [])
    return choices[0] if choices else None


def _startable(facts: OrderFacts, job: OrderJob | None) -> OrderJob:
    if job is None:
        raise NotFound
    if facts.job_answer(job) != Answer.AGREED:
        raise JobNotAgreed(job=job.title)
    if job.done_at and not facts.in_rework:
        raise JobDone(job=job.title)
    return job


def _acting(work: Work) -> int:
    """The program itself cannot work on a car."""
    if work.by.id is None:
        raise NotAllowed(who=Role.TECHNICIAN.label)
    return work.by.id


def _beside(work: Work, job: OrderJob) -> bool:
    """Whether another clock of the person runs on; refuses that unless the settings allow it, and the same job twice."""
    me = _acting(work)
    one_at_a_time(work, me)
    query = (
        select(ClockEntry, Vehicle.plate)
        .join(WorkOrder, col(WorkOrder.id) == col(ClockEntry.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(reaching(me, work.now), col(ClockEntry.started_at) <= work.now)
    )
    found = work.db.exec(query).all()
    if any(clock.order_job_id == job.id and clock.ended_at is None for clock, _ in found):
        raise ClockOnJob(job=job.title)
    if found and not work.garage.clocks_beside:
        if found[0][0].ended_at:  # set right on another tablet a moment ago
            raise ClockTwice
        raise ClockElsewhere(plate=found[0][1])
    return bool(found)


def _own_or_all(work: Work, facts: OrderFacts) -> list[ClockEntry]:
    own = [clock for clock in facts.running if clock.staff_id == work.by.id]
    if not own and not work.by.has(*may.DISPATCHES):
        raise NoClock
    return own or facts.running


def _finishable(work: Work, facts: OrderFacts, job_id: int | None) -> tuple[OrderJob | None, list[ClockEntry]]:
    """The job to finish and the clocks on it: the asked one, else the one of the own clock, for a supervisor any that runs."""
    leads = work.by.has(*may.DISPATCHES)
    running = [c for c in facts.running if job_id in (None, c.order_job_id)]
    key = next(
        (
            c.order_job_id
            for c in sorted(running, key=lambda c: c.staff_id != work.by.id)
            if leads or c.staff_id == work.by.id
        ),
        None,
    )
    job = next((j for j in facts.jobs if j.id == key), None)
    clocks = [c for c in running if c.order_job_id == key]
    others = [c.staff_id for c in clocks if c.staff_id != work.by.id]
    if job and others and not leads:
        staff = names(work)
        raise OthersOnJob(names=", ".join(staff[key] for key in others))
    return job, clocks


def _stop(work: Work, clocks: Iterable[ClockEntry], reason: str) -> list[ClockEntry]:
    stopped = list(clocks)
    for clock in stopped:
        clock.ended_at, clock.end_reason = work.now, reason
        work.db.add(clock)
    work.db.flush()
    return stopped


def _finish_when_all_done(work: Work, order_id: int) -> None:
    facts = facts_of(work, ORDERS, order_id)
    if not (facts.undone or facts.running or facts.pending or facts.to_rework):
        finish(work, order_id)
