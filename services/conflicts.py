"""Bookings that no longer fit: somebody is away, a shift changed, a bay is out of use, the garage is closed.

Nothing is changed by itself: each is a matter for a person, who moves the booking or takes the cause back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import EXPECTED, BayKind, Skill
from db.models import Absence, Appointment, AppointmentJob, Bay, Customer, Job, Reservation, Staff, Vehicle
from db.types import UtcDateTime
from services.capacity import Capacity, capacity
from services.i18n import N_
from services.work import Work

CLOSED_FOR, CLOSED = N_("The garage is closed: {reason}"), N_("The garage is closed then")
AWAY, OFF, LEFT = N_("{name} is away"), N_("{name} is not at work then"), N_("{name} no longer works here")
UNSKILLED = N_("{name} lacks the skill: {skill}")
OUT_OF_USE, OTHER_KIND = N_("{name} is out of use"), N_("{name} is now another kind of bay")
_A_DAY = timedelta(days=1)  # no stay is longer


@dataclass(frozen=True)
class Conflict:
    """A booking that no longer fits. `why` is an English source text with `details` to fill in."""

    appointment_id: int
    number: str
    plate: str
    customer: str
    starts_at: datetime
    why: str
    details: Mapping[str, object] = field(default_factory=dict)


def conflicts(work: Work) -> list[Conflict]:
    """The bookings ahead that no longer fit, by time, each once a reason. A fixed number of queries."""
    rows = work.db.execute(_HELD, {"since": work.now - _A_DAY, "now": work.now}).all()
    if not rows:
        return []
    first, last = work.local(work.now).date(), work.local(max(row.ends_at for row in rows)).date()
    first = min(first, work.local(min(row.starts_at for row in rows)).date())
    judge = _Judge(work, capacity(work, first, (last - first).days + 1), rows)
    found = {(one.appointment_id, one.why, str(one.details)): one for row in rows for one in judge.of(row)}
    closed = {key for key, why, _ in found if why in (CLOSED, CLOSED_FOR)}  # nothing else matters then
    return [one for one in found.values() if one.appointment_id not in closed or one.why in (CLOSED, CLOSED_FOR)]


_TAKEN = Reservation.__table__.c  # type: ignore[attr-defined]
_HELD: Any = (
    sa_select(
        _TAKEN.appointment_id, _TAKEN.bay_id, _TAKEN.staff_id, _TAKEN.starts_at, _TAKEN.ends_at,
        col(Appointment.number), col(Appointment.starts_at).label("at"), col(Vehicle.plate), col(Customer.name).label("customer"),
    )
    .join(Appointment, col(Appointment.id) == _TAKEN.appointment_id)
    .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
    .join(Customer, col(Customer.id) == col(Appointment.customer_id))
    .where(
        _TAKEN.starts_at > bindparam("since", type_=UtcDateTime()),
        _TAKEN.ends_at > bindparam("now", type_=UtcDateTime()),
        _TAKEN.order_id.is_(None),
        col(Appointment.status).in_(EXPECTED),
    )
    .order_by(_TAKEN.starts_at, _TAKEN.id)
)  # fmt: skip


class _Judge:
    """Compares a held place with the capacity as it is now."""

    def __init__(self, work: Work, free: Capacity, rows: Sequence[Any]) -> None:
        self.free = free
        self.bays = {bay.id: bay for bay in work.db.exec(select(Bay))}
        self.names = dict(work.db.exec(select(Staff.id, Staff.name)).all())
        self.people = {person.id: person for person in free.people}
        self.needs = _needs(work, {row.appointment_id for row in rows})
        self.teams: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if row.staff_id:
                self.teams[row.appointment_id].add(row.staff_id)
        self.absences = list(work.db.exec(select(Absence).where(col(Absence.ends_at) > work.now)))

    def of(self, row: Any) -> Iterator[Conflict]:
        """What is wrong with one held place."""
        span = self.free.window.span(row.starts_at, row.ends_at)
        day = self.free.days[self.free.window.day_number(row.starts_at)]
        if span & ~self.free.open:
            closed = not day.open and day.reason
            yield _conflict(row, CLOSED_FOR, reason=day.reason) if closed else _conflict(row, CLOSED)
        elif row.bay_id:
            yield from self._bay(row)
        else:
            yield from self._person(row, span)

    def _bay(self, row: Any) -> Iterator[Conflict]:
        bay, kinds = self.bays[row.bay_id], {kind for kind, _ in self.needs[row.appointment_id]}
        if not bay.active:
            yield _conflict(row, OUT_OF_USE, name=bay.name)
        elif kinds and bay.kind not in kinds:
            yield _conflict(row, OTHER_KIND, name=bay.name)

    def _person(self, row: Any, span: int) -> Iterator[Conflict]:
        person, name = self.people.get(row.staff_id), self.names[row.staff_id]
        if person is None:
            yield _conflict(row, LEFT, name=name)
            return
        if span & ~person.through:
            away = any(one.staff_id == row.staff_id and one.starts_at < row.ends_at and one.ends_at > row.starts_at
                       for one in self.absences)  # fmt: skip
            yield _conflict(row, AWAY if away else OFF, name=name)
        for skill in self._lacking(row.appointment_id, person.skills):
            yield _conflict(row, UNSKILLED, name=name, skill=skill.label)

    def _lacking(self, appointment_id: int, has: set[Skill]) -> list[Skill]:
        """The skills the visit needs and nobody of its people has; all of them, if this person has none that is needed."""
        needed = {skill for _, skill in self.needs[appointment_id]}
        team = self.teams[appointment_id]
        known = set().union(*(self.people[one].skills for one in team if one in self.people))
        return sorted(needed - known or (needed if not needed & has else set()))


def _conflict(row: Any, why: str, **details: object) -> Conflict:
    return Conflict(row.appointment_id, row.number, row.plate, row.customer, row.at, why, details)


def _needs(work: Work, keys: Iterable[int]) -> dict[int, list[tuple[BayKind, Skill]]]:
    query = select(AppointmentJob.appointment_id, Job.bay_kind, Job.skill).join(
        Job, col(Job.id) == AppointmentJob.job_id
    )
    found: dict[int, list[tuple[BayKind, Skill]]] = defaultdict(list)
    for key, kind, skill in work.db.exec(query.where(col(AppointmentJob.appointment_id).in_(list(keys)))):
        found[key].append((BayKind(kind), Skill(skill)))
    return found
