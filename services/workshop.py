"""Dispatch: which car goes to whom and where."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from db.enums import BayKind, Skill
from db.models import Bay, Garage, Reservation, Staff, WorkOrder
from services import permissions as may
from services.at_work import at_work
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import person_of, skills
from services.refusals import InThePast, Refusal
from services.slots import GRID
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of
from services.workshop_plan import Plan, next_taken, plan_of, taken

# Rework has no standard time: half an hour is held, so that nobody else is planned into the same place meanwhile.
REWORK_MINUTES = 30


class NotInWorkshop(Refusal):
    """{name} does not work in the workshop."""


class SkillMissing(Refusal):
    """{name} has none of the skills this work needs."""


class BayDoesNotFit(Refusal):
    """{bay} is not the kind of bay this work needs."""


@dataclass(frozen=True)
class Needs:
    """What the work on a car asks for. `minutes` is the time to hold a place for."""

    skills: frozenset[Skill]
    kinds: frozenset[BayKind]
    minutes: int


def needs_of(facts: OrderFacts) -> Needs:
    """Skills, kinds of bay and minutes of what is agreed and still to be done; in rework of all agreed jobs."""
    jobs = facts.undone or facts.agreed_jobs
    minutes = sum(job.minutes for job in facts.undone)
    return Needs(frozenset(j.skill for j in jobs), frozenset(j.bay_kind for j in jobs), minutes or REWORK_MINUTES)


def dispatch(work: Work, order_id: int, *, staff_id: int, bay_id: int, starts_at: datetime | None = None) -> WorkOrder:
    """Give the car to a person and a bay. Both are held for the standard time of what is agreed, over breaks, from `starts_at`,
    or from the planned time, or from now when that has passed; up to a quarter of an hour less when the next car comes then.

    Refuses with NotInWorkshop, SkillMissing, BayDoesNotFit, InThePast; a place taken meanwhile is SlotTaken.
    """
    return _give(work, order_id, "dispatch", staff_id, bay_id, starts_at)


def reassign(work: Work, order_id: int, *, staff_id: int, bay_id: int, starts_at: datetime | None = None) -> WorkOrder:
    """Give the car to someone else or to another bay; the time already used stays on record. Refuses as `dispatch` does."""
    return _give(work, order_id, "reassign", staff_id, bay_id, starts_at)


def wash(work: Work, order_id: int, *, place: str) -> WorkOrder:
    """The car is washed and parked. Refuses a blank place, or one over 60 characters."""
    order: WorkOrder = advance(work, ORDERS, order_id, "washed")
    order.place = text(place, N_("Parking place"), 60)
    work.db.add(order)
    return order


def release(work: Work, order: WorkOrder, *, keep: Collection[int] = ()) -> None:
    """Give back what is left of the order's reserved time, the rows `keep` left out; what was used up to now stays."""
    for row in work.db.exec(select(Reservation).where(Reservation.order_id == order.id)).all():
        if row.id in keep:
            continue
        if row.starts_at >= work.now:
            work.db.delete(row)
        elif row.ends_at > work.now:
            row.ends_at = work.now
            work.db.add(row)
    work.db.flush()


def planned_start(work: Work, order_id: int) -> datetime:
    """When the work is planned to begin; now when that has passed or nothing is planned."""
    query = select(Reservation.starts_at).where(Reservation.order_id == order_id).order_by(col(Reservation.starts_at))
    return max(work.db.exec(query).first() or work.now, work.now)


def _give(work: Work, order_id: int, action: str, staff_id: int, bay_id: int, starts_at: datetime | None) -> WorkOrder:
    staff, bay = work.get(Staff, staff_id), work.get(Bay, bay_id)
    order: WorkOrder = advance(work, ORDERS, order_id, action, to=staff.name, bay=bay.name)
    work.lock(Garage, work.garage.id)  # the car first, then this: everybody in the same order, and one after the other
    needs = needs_of(facts_of(work, ORDERS, order_id))
    _person_fits(work, staff, needs)
    if not bay.active or bay.kind not in needs.kinds:
        raise BayDoesNotFit(bay=bay.name)
    if starts_at and starts_at < work.now:
        raise InThePast
    start = starts_at or planned_start(work, order_id)
    plan = plan_of(work, order.id, start)
    whole = at_work(work, [staff.id]).end(staff.id, start, needs.minutes)
    until, partners = plan.until(work, start, whole), plan.partners(staff.id)
    until = _shortened(work, order, staff, bay, start, until)
    _clear(work, order, action, plan)
    _hold(work, order, (Reservation(staff_id=staff.id), Reservation(bay_id=bay.id)), start, until, partners)
    order.technician_id, order.bay_id = staff.id, bay.id
    order.accepted_at = order.accepted_at or work.now  # who gives the work out has taken the car in
    work.db.add(order)
    return order


def _shortened(work: Work, order: WorkOrder, staff: Staff, bay: Bay, start: datetime, until: datetime) -> datetime:
    """A few minutes too long for the gap before the next car: held until that one; how it turns out is seen in time."""
    following = next_taken(work, order.id, staff.id, bay.id, start, until)
    return following if following and until - following <= GRID and following - start > GRID else until


def _person_fits(work: Work, staff: Staff, needs: Needs) -> None:
    person = person_of(work, staff.id)
    if person is None or not person.has(*may.REPAIRS):
        raise NotInWorkshop(name=staff.name)
    if not skills(work)[staff.id] & needs.skills:
        raise SkillMissing(name=staff.name)


def _clear(work: Work, order: WorkOrder, action: str, plan: Plan) -> None:
    keep = {row.id for row in plan.later}
    if action == "reassign":
        release(work, order, keep=keep)
    else:  # nobody was on it yet: the planned places were not used
        mine = (col(Reservation.order_id) == order.id, col(Reservation.id).not_in(keep))
        work.db.exec(delete(Reservation).where(*mine))


def _hold(
    work: Work, order: WorkOrder, rows: Iterable[Reservation], start: datetime, until: datetime, partners: Iterable[int]
) -> None:
    """Hold the places; those who were planned to help come along unless they have another car by then."""
    helping = [Reservation(staff_id=one) for one in partners if not taken(work, one, start, until)]
    for row in (*rows, *helping):
        row.order_id, row.appointment_id = order.id, order.appointment_id
        row.starts_at, row.ends_at = start, until
        work.add(row)
