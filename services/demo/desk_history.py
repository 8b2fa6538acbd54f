"""What happens at the booking desk in the demo's past: wishes not met, bookings cancelled and moved, questions answered."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from db.enums import MessageState, Role
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, Message
from services import booking, booking_changes
from services.demo.stage import Stage
from services.desk_tasks import settle
from services.refusals import Refusal
from services.symptom_table import SYMPTOMS
from services.symptoms import suggested
from services.work import Work

Answers = dict[str, dict[str, list[str]]]


def wish_not_met(stage: Stage, moment: datetime) -> None:
    """A caller for whom nothing was free, or who found something in the way; the manager decides the next morning."""
    rng, story = stage.rng, stage.rng.choice(stage.content.unmet_wishes)
    car, vehicle = rng.choice(stage.cars)
    concern = rng.choice([one for one in stage.content.concerns_for(car.fuel) if one.jobs])
    row = booking_changes.wish_not_met(
        stage.at(moment, stage.one(Role.ADVISOR)),
        vehicle.id,
        concern=concern.text,
        job_ids=[stage.jobs[code].id for code in concern.jobs],
        wish=stage.wall(moment.date() + timedelta(days=rng.randint(0, 2)), 60 * rng.randint(8, 16)),
        unmet=story.reason,
        note=story.text,
    )
    _later(stage, row, TaskKind.DECIDE, TaskOutcome.NO, moment + timedelta(days=1), Role.MANAGER)


def not_come(stage: Stage, row: Appointment) -> None:
    """The day after a no-show somebody calls; this one does not want to any more."""
    _later(stage, row, TaskKind.REBOOK, TaskOutcome.NO, stage.work.now + timedelta(days=1), Role.ADVISOR)


def answered(stage: Stage, row: Appointment) -> None:
    """The store answers about what the booking lacks, mostly within five minutes."""
    if row.stock_question:
        moment = row.created_at + timedelta(minutes=stage.rng.choice((1, 2, 2, 3, 4, 4, 7)))
        _later(stage, row, TaskKind.STOCK, TaskOutcome.IN_STOCK, moment, Role.PARTS_CLERK)


def changed(stage: Stage, row: Appointment) -> bool:
    """Now and then a booking is cancelled the day before; whether this one was."""
    assert row.starts_at
    moment = row.starts_at - timedelta(hours=stage.rng.randint(3, 20))
    if stage.rng.random() > 0.05 or moment < row.created_at:
        return False
    reason = stage.rng.choice(stage.content.cancel_reasons)
    booking_changes.cancel(stage.at(moment, stage.one(Role.ADVISOR)), row.id, reason=reason)
    return True


def moved_to(stage: Stage, row: Appointment, starts_at: datetime) -> None:
    """The customer called again: another time suits better. Refuses as `move` does."""
    moment = min(row.created_at + timedelta(minutes=stage.rng.randint(30, 300)), stage.today - timedelta(minutes=5))
    booking.move(stage.at(moment, stage.one(Role.ADVISOR)), row.id, starts_at=starts_at)


def messages_went_out(work: Work, until: datetime) -> None:
    """The demo has no gateway: what was to be sent by then counts as sent in time."""
    due = (col(Message.due_at) < until, col(Message.state) == MessageState.QUEUED)
    work.db.flush()
    work.db.execute(update(Message).where(*due).values(state=MessageState.SENT, sent_at=col(Message.due_at)))


def clarified(stage: Stage, concern: str) -> Answers | None:
    """What the advisor tapped while the customer told what is wrong."""
    found = suggested(concern)
    if not found or stage.rng.random() < 0.3:
        return None
    questions = SYMPTOMS[found[0]].questions[:3]
    return {found[0]: {one.code: [stage.rng.choice(list(one.choices))] for one in questions}}


def _later(stage: Stage, row: Appointment, kind: TaskKind, outcome: TaskOutcome, moment: datetime, role: Role) -> None:
    """Only what lies in the past has been done."""
    if moment < stage.today - timedelta(minutes=10):
        with suppress(Refusal):
            settle(stage.at(moment, stage.one(role)), row.id, kind, outcome)
