"""Who and which bay could take a car: those who fit, the best first. The program proposes, the supervisor decides."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import Role
from db.models import Absence, Bay, Reservation
from services import permissions as may
from services.boards import local_day
from services.order_facts import OrderFacts
from services.people import people_with, skills
from services.work import Work
from services.workshop import Needs, needs_of, planned_start
from services.workshop_plan import plan_of

Span = tuple[datetime, datetime]
Taken = dict[tuple[str, int], list[Span]]  # by "staff" or "bay" and id


@dataclass
class Candidate:
    """A person or a bay. `load` is how many minutes of today are already taken; `taken` are the spans ahead, by start."""

    id: int
    name: str
    planned: bool
    skilled: bool = True
    load: int = 0
    taken: list[Span] = field(default_factory=list)


@dataclass
class Suggestions:
    """People and bays that fit, the best first, and how long a place is needed from when."""

    people: list[Candidate]
    bays: list[Candidate]
    start: datetime
    minutes: int

    def first_free(self, staff_id: int, bay_id: int) -> datetime:
        """The earliest time, not before the planned one, from which both are free for long enough."""
        spans = [s for c in self.people if c.id == staff_id for s in c.taken]
        spans += [s for c in self.bays if c.id == bay_id for s in c.taken]
        start, length = self.start, timedelta(minutes=self.minutes)
        for begins, ends in sorted(spans):
            if begins >= start + length:
                break
            start = max(start, ends)
        return start


def suggestions(work: Work, facts: OrderFacts) -> Suggestions:
    """People with a needed skill who are not away, and active bays of a needed kind: the planned ones first, then those who know
    all of the work, then by load. A fixed number of queries, whatever the size of the garage."""
    needs, order = needs_of(facts), facts.order
    own = {order.technician_id, order.bay_id} if order.technician_id else _planned(work, order.id)
    taken = _taken(work, order.id)
    today_ends = local_day(work)[1]
    people = [_measured(c, "staff", taken, work.now, today_ends) for c in _people(work, needs, own)]
    bays = [_measured(c, "bay", taken, work.now, today_ends) for c in _bays(work, needs, own)]
    start = planned_start(work, order.id)
    held = (
        plan_of(work, order.id, start).until(work, start, start + timedelta(minutes=needs.minutes)) - start
    )  # of a large job only the day it begins
    return Suggestions(_ordered(people), _ordered(bays), start, int(held.total_seconds() // 60))


def _people(work: Work, needs: Needs, own: set[int | None]) -> list[Candidate]:
    known = skills(work)
    away = select(Absence.staff_id).where(Absence.starts_at <= work.now, Absence.ends_at > work.now)
    absent = set(work.db.exec(away))
    fitting = [
        p for p in people_with(work, (*may.REPAIRS, Role.MANAGER)) if known[p.id] & needs.skills and p.id not in absent
    ]
    return [Candidate(p.id, p.name, p.id in own, needs.skills <= known[p.id]) for p in fitting]


def _bays(work: Work, needs: Needs, own: set[int | None]) -> list[Candidate]:
    query = select(Bay).where(col(Bay.active), col(Bay.kind).in_(needs.kinds)).order_by(col(Bay.position))
    return [Candidate(bay.id, bay.name, bay.id in own) for bay in work.db.exec(query)]


def _planned(work: Work, order_id: int) -> set[int | None]:
    query = select(Reservation.staff_id, Reservation.bay_id).where(Reservation.order_id == order_id)
    return {key for row in work.db.exec(query) for key in row}


def _taken(work: Work, order_id: int) -> Taken:
    """Everything reserved from now on, except for this very car."""
    found: Taken = defaultdict(list)
    query = select(Reservation).where(Reservation.ends_at > work.now).order_by(col(Reservation.starts_at))
    for row in work.db.exec(query):
        if row.order_id != order_id:
            key = ("staff", row.staff_id) if row.staff_id else ("bay", row.bay_id or 0)
            found[key].append((row.starts_at, row.ends_at))
    return found


def _measured(who: Candidate, kind: str, taken: Taken, now: datetime, until: datetime) -> Candidate:
    who.taken = taken.get((kind, who.id), [])
    ahead = (min(ends, until) - max(starts, now) for starts, ends in who.taken if starts < until)
    who.load = int(sum(ahead, timedelta()).total_seconds() // 60)
    return who


def _ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (not c.planned, not c.skilled, c.load))
