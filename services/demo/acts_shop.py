"""What supervisor, technicians, parts clerk and inspectors do in a demo visit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from db.enums import Answer, CheckLevel, ConsentMethod, HoldReason, Role
from db.models import ClockEntry, Customer, OrderLine, Part
from services import checks, clocks, consents, extra_work, stock, workshop
from services.part_reservations import reserved
from services.people import person_of
from services.suggestions import Suggestions, suggestions
from services.work import Work

if TYPE_CHECKING:
    from services.demo.visit import Visit

LONGEST_WAIT = timedelta(hours=4)


class NoPlaceLeft(Exception):
    """The garage was full: the demo tells this story another time."""


def dispatch(visit: "Visit") -> None:
    """To the person and bay that are free first; the car waits for its turn. The parts are issued at once."""
    work = visit.by(Role.SUPERVISOR)
    start, staff_id, bay_id = _first_free(work, suggestions(work, visit.facts()))
    if start > work.now + LONGEST_WAIT:
        raise NoPlaceLeft
    visit.now = max(visit.now, start)
    work = visit.by(Role.SUPERVISOR)
    workshop.dispatch(work, visit.order_id, staff_id=staff_id, bay_id=bay_id)
    visit.worker = person_of(work, staff_id)
    _draw_parts(visit)


def _first_free(work: Work, found: Suggestions) -> tuple[datetime, int, int]:
    busy = set(work.db.exec(select(ClockEntry.staff_id).where(col(ClockEntry.ended_at).is_(None))))
    people = [p for p in found.people if p.id not in busy and p.skilled] or [
        p for p in found.people if p.id not in busy
    ]
    pairs = product(people, found.bays)
    times = [(found.first_free(person.id, bay.id), person.id, bay.id) for person, bay in pairs]
    if not times:
        raise NoPlaceLeft
    return min(times, key=lambda time: time[0])


def _draw_parts(visit: "Visit") -> None:
    for line in visit.facts().lines:
        if line.part_id and line.answer == Answer.AGREED and line.issued < line.quantity:
            _draw(visit.by(Role.PARTS_CLERK), line, visit.appointment_id)


def _draw(work: Work, line: OrderLine, booking: int | None) -> None:
    """Out of the store; what is kept for other bookings stays there, so more is bought before."""
    part = work.get(Part, line.part_id)
    kept = reserved(work, [part.id], without=booking, order_id=line.order_id).get(part.id, 0)
    if part.on_hand - kept < line.quantity:
        stock.receive(work, part.id, quantity=line.quantity + max(part.minimum, line.quantity) * 3, unit_cost=part.cost)
    stock.issue(work, line.id)


def start(visit: "Visit") -> None:
    """The technician's clock runs, once they are off the car they were on."""
    if not visit.facts().running:
        visit.now = max(visit.now, _off(visit.by_worker()))
        clocks.start(visit.by_worker(), visit.order_id)


def _off(work: Work) -> datetime:
    """When the person's clock on another car ends; visits are played one after the other, so it may lie ahead."""
    mine = (ClockEntry.staff_id == work.by.id, col(ClockEntry.started_at) <= work.now)
    ends = work.db.exec(select(func.max(ClockEntry.ended_at)).where(*mine, col(ClockEntry.ended_at) > work.now))
    return ends.one() or work.now


def finish_job(visit: "Visit") -> None:
    """The job is done; cause and correction where the concern had a story and this job is what cures it."""
    facts, found = visit.facts(), visit.stage.content.diagnosis.get(visit.concern.diagnosis or "")
    on = {clock.order_job_id for clock in facts.running}
    cures = {visit.stage.jobs[code].id for code in found.jobs} if found else set()
    cured = any(job.job_id in cures for job in facts.jobs if job.id in on and not job.extra)
    cause, correction = (found.cause, found.correction) if found and cured else ("", "")
    clocks.finish_job(visit.by_worker(), visit.order_id, cause=cause, correction=correction)


def propose(visit: "Visit") -> None:
    """Something more was found."""
    story = visit.stage.rng.choice(visit.stage.content.extra_work_for(visit.car.fuel))
    job = visit.stage.jobs[story.job]
    extra_work.propose(visit.by_worker(), visit.order_id, reason=story.reason, urgency=story.urgency, job_id=job.id)


def answer(visit: "Visit") -> None:
    """The customer is called about it; `Answer.PENDING` means nobody has called yet."""
    if visit.extra in (None, Answer.PENDING):
        return
    work, facts = visit.by(Role.ADVISOR), visit.facts()
    consents.answer_extra(
        work,
        visit.order_id,
        answers={line.id: visit.extra for line in facts.pending},
        method=ConsentMethod.PHONE,
        person=work.get(Customer, facts.order.customer_id).name,
        warned={job.id for job in facts.jobs if job.safety},
    )
    _draw_parts(visit)


def hold(visit: "Visit") -> None:
    """A part is missing: the car waits."""
    clocks.hold(
        visit.by_worker(),
        visit.order_id,
        reason=HoldReason.PARTS,
        note=visit.stage.rng.choice(visit.stage.content.delays),
    )


def passing(level: CheckLevel) -> Callable[["Visit"], None]:
    """The check of a level, passed."""
    roles = {CheckLevel.SELF: None, CheckLevel.TEAM: Role.TEAM_LEADER, CheckLevel.FINAL: Role.INSPECTOR}

    def act(visit: "Visit") -> None:
        role = roles[level]
        work = visit.by(role) if role else visit.by_worker()
        points = checks.points_for(work, visit.facts(), level)
        checks.pass_check(work, visit.order_id, level=level, items=[point.key for point in points])

    return act


def fail(visit: "Visit") -> None:
    """The final inspection finds something: rework, counted."""
    passing(CheckLevel.SELF)(visit)
    passing(CheckLevel.TEAM)(visit)
    note = visit.stage.rng.choice(visit.stage.content.rework)
    checks.fail_check(visit.by(Role.INSPECTOR), visit.order_id, level=CheckLevel.FINAL, items=[], note=note)


def wash(visit: "Visit") -> None:
    """Washed and parked."""
    workshop.wash(visit.by_worker(), visit.order_id, place=visit.stage.rng.choice(visit.stage.content.places))
