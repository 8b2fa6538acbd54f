"""The tasks of the booking desk: derived from where the bookings stand, minus what was settled; and the taps that settle them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.choice import Label
from db.enums import Role
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, Customer, Staff, TaskResult, Vehicle
from services.booking import confirm
from services.booking_changes import must_order, tried
from services.desk_loading import desk_window, load_stands
from services.desk_rules import RULE, RULES, Result, Rule
from services.desk_stand import Stand
from services.i18n import N_
from services.people import names
from services.refusals import NotNow, Refusal
from services.reminders import told_by_hand
from services.validate import text
from services.work import Work
from services.workspace import Person

DOUBLE = timedelta(minutes=2)  # the same word on the same task from two tablets within this is one word
NOTE = 500  # characters


class TaskGone(Refusal):
    """This is done or no longer needed: the booking is now “{status}”."""


class AlreadyNoted(Refusal):
    """{name} has just noted this: {outcome}."""


@dataclass(frozen=True)
class DeskTask:
    """One thing to do about a booking now. `words`: what one must know for it, labels or typed; `tries`: those in vain."""

    rule: Rule
    due_at: datetime
    row: Appointment
    vehicle: Vehicle
    customer: Customer
    advisor: str
    words: tuple[str, ...]
    tries: int

    @property
    def kind(self) -> TaskKind:
        """What it is."""
        return self.rule.kind

    @property
    def results(self) -> tuple[Result, ...]:
        """What can come of it, each one tap."""
        return self.rule.results

    @property
    def role(self) -> Role | None:
        """Whose it is when no one person's: that of a role, or any advisor's when nobody looks after the booking."""
        return self.rule.owner or (None if self.row.advisor_id else Role.ADVISOR)

    def is_of(self, person: Person) -> bool:
        """Whether the person is to do it."""
        return self.role in person.roles if self.role else self.row.advisor_id == person.id


_SHOWN: Any = (
    sa_select(col(Appointment.id), Vehicle, Customer, col(Staff.name))
    .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
    .join(Customer, col(Customer.id) == col(Appointment.customer_id))
    .outerjoin(Staff, col(Staff.id) == col(Appointment.advisor_id))
)


def tasks(work: Work) -> list[DeskTask]:
    """What the desk has to do now, the most urgent first. A fixed number of queries; nothing grows with history."""
    return _tasks(work, col(Appointment.id).in_(desk_window(work.now)))


def tasks_of(work: Work, appointment_id: int) -> list[DeskTask]:
    """What is to do about one booking now."""
    return _tasks(work, Appointment.id == appointment_id)


def _tasks(work: Work, which: Any) -> list[DeskTask]:
    stands = load_stands(work, work.db.exec(select(Appointment).where(which)).all())
    asked = [(stand, *one) for stand in stands for one in open_tasks(stand)]
    # car and customer only of those that ask for something: most bookings in the window do not
    shown = _SHOWN.where(col(Appointment.id).in_({stand.row.id for stand, _, _ in asked}))
    about = {key: names for key, *names in work.db.execute(shown)} if asked else {}
    made = [_task(rule, due, stand, *about[stand.row.id]) for stand, rule, due in asked]
    return sorted(made, key=lambda task: (task.due_at, task.row.id))


def _task(
    rule: Rule, due: datetime, stand: Stand, vehicle: Vehicle, customer: Customer, advisor: str | None
) -> DeskTask:
    return DeskTask(
        rule, due, stand.row, vehicle, customer, advisor or "", _about(rule.kind, stand), _tries(rule, stand)
    )


def open_tasks(stand: Stand) -> list[tuple[Rule, datetime]]:
    """What the booking asks for now, with when it is due."""
    due = ((rule, rule.due_at(stand)) for rule in RULES)
    return [(rule, at) for rule, at in due if at and rule.is_shown(stand, at)]


def _about(kind: TaskKind, stand: Stand) -> tuple[str, ...]:
    """A part, a reason or a decision; labels are said translated."""
    row = stand.row
    if kind in (TaskKind.STOCK, TaskKind.TELL):
        return (row.stock_question or row.reason,)
    if kind in (TaskKind.PART_IN, TaskKind.PART_LATE):
        return (row.reason,)
    if kind == TaskKind.REPORT:
        return (row.returns.label, row.concern) if row.returns else (row.concern,)
    if kind in (TaskKind.DECIDE, TaskKind.OFFER):
        reason = row.unmet_reason.label if row.unmet_reason else Label("")
        return tuple(word for word in (reason, row.reason, row.concern, *_decision(stand)) if word)
    return (row.concern,)


def _decision(stand: Stand) -> list[str]:
    return [one.note for one in stand.results if one.kind == TaskKind.DECIDE and one.note]


def _tries(rule: Rule, stand: Stand) -> int:
    if rule.kind == TaskKind.MISSING:
        return stand.attempts  # those noted on the record too: the no-show asks for one
    return sum(one.outcome == TaskOutcome.NOT_REACHED for one in rule.counted(stand))


def settle(work: Work, appointment_id: int, kind: TaskKind, outcome: TaskOutcome, note: str = "") -> TaskResult:
    """Note what came of a task, and let follow what follows from it.

    Refuses with AlreadyNoted (another tablet was faster), TaskGone, NotAllowed, NotNow (no such result), a note too long.
    """
    row = work.lock(Appointment, appointment_id)
    stand, rule = load_stands(work, [row])[0], RULE[kind]
    work.needs(*rule.roles)
    if rule.result(outcome) is None:
        raise NotNow
    _first(work, rule, stand, outcome)
    if kind not in [one.kind for one, _ in open_tasks(stand)]:
        raise TaskGone(status=row.status.label)
    note = text(note, N_("Note"), NOTE, needed=False)
    result = work.add(
        TaskResult(appointment_id=row.id, kind=kind, about_at=row.starts_at, outcome=outcome, note=note, at=work.now,
                   by_id=work.by.id)
    )  # fmt: skip
    work.event(row, "task", task=kind.label, result=(rule.result(outcome) or rule.results[0]).label, note=note)
    follows = _FOLLOWS.get((kind, outcome))
    if follows:
        follows(work, row, note)
    return result


def _first(work: Work, rule: Rule, stand: Stand, outcome: TaskOutcome) -> None:
    """Refuse the second of two: a task somebody settled, and the same word a moment later."""
    counted = rule.counted(stand)
    last = counted[-1] if counted else None
    if last and (rule.due_at(stand) is None or (last.outcome == outcome and work.now - last.at < DOUBLE)):
        said = rule.result(last.outcome)
        who = names(work).get(last.by_id or 0, "Service Lane")
        raise AlreadyNoted(name=who, outcome=Label(said.label if said else last.outcome.label))


_FOLLOWS: dict[tuple[TaskKind, TaskOutcome], Callable[[Work, Appointment, str], object]] = {
    (TaskKind.STOCK, TaskOutcome.ORDER): must_order,
    (TaskKind.CONFIRM, TaskOutcome.DONE): lambda work, row, _: confirm(work, row.id),
    (TaskKind.MISSING, TaskOutcome.NOT_REACHED): lambda work, row, note: tried(work, row.id, note=note),
    (TaskKind.REMIND, TaskOutcome.DONE): lambda work, row, _: told_by_hand(work, row, TaskKind.REMIND),
    (TaskKind.REMIND_EARLY, TaskOutcome.DONE): lambda work, row, _: told_by_hand(work, row, TaskKind.REMIND_EARLY),
}
