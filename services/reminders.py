"""Reminders by message: queued when a time is agreed, dropped when it no longer stands. They go out by themselves
(web/worker.py); where nobody's gateway carries them, the desk gets a task instead (services/desk_rules.py)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from sqlmodel import col, select

from db.enums import AppointmentStatus, Channel, MessageState
from db.enums_desk import TaskKind
from db.models import Appointment, Customer, Message
from services.booking_messages import REMINDER, tell
from services.desk_stand import MORNING
from services.messages import channel_for, consents
from services.work import Work

HOURS = "remind_soon"
KINDS = (TaskKind.REMIND_EARLY.value, TaskKind.REMIND.value, HOURS)
LONG_AHEAD_DAYS = 3
SOON, EARLIEST, LATEST = timedelta(hours=2), time(7), timedelta(minutes=30)
_UNSENT = (MessageState.QUEUED, MessageState.FAILED)


def remind(work: Work, row: Appointment) -> None:
    """The booked time was agreed or changed: reminders of another time are dropped, those of this one queued.

    Only for a confirmed booking, with the customer's consent to a written channel, and only those whose moment is still ahead.
    """
    forget(work, row)
    if row.status != AppointmentStatus.CONFIRMED or row.starts_at is None or not _may_write(work, row):
        return
    for kind, at in _moments(work, row.starts_at):
        if at > work.now:
            tell(work, row, REMINDER, kind, at)


def forget(work: Work, row: Appointment, kinds: Sequence[str] = KINDS) -> set[str]:
    """Reminders (or messages of other `kinds`) not sent yet are no longer needed; returns the kinds there were."""
    dropped = _unsent(work, row, kinds)
    for message in dropped:
        message.state = MessageState.DROPPED
        work.db.add(message)
    return {message.kind for message in dropped}


def told_by_hand(work: Work, row: Appointment, kind: TaskKind) -> None:
    """Somebody said it: the message that should have need not go any more."""
    for message in _unsent(work, row, (kind.value,)):
        message.state, message.sent_at = MessageState.BY_HAND, work.now
        work.db.add(message)


def too_late(work: Work, messages: Sequence[Message]) -> set[int]:
    """Which of these (ids) remind of a time that has come meanwhile, because the server or the gateway was away. One query."""
    about = {message.id: message.subject_id for message in messages if message.kind in KINDS}  # several of one booking
    come = (col(Appointment.id).in_(set(about.values())), col(Appointment.starts_at) <= work.now)
    past = set(work.db.exec(select(Appointment.id).where(*come))) if about else set()
    return {key for key, booking in about.items() if booking in past}


def _moments(work: Work, starts_at: datetime) -> Iterator[tuple[str, datetime]]:
    """Each kind with its moment: 10:00 two days before when booked long ahead, 10:00 the day before, two hours before."""
    day, today = work.local(starts_at).date(), work.local(work.now).date()
    if (day - today).days > LONG_AHEAD_DAYS:
        yield TaskKind.REMIND_EARLY.value, datetime.combine(day - timedelta(days=2), MORNING, work.zone)
    yield TaskKind.REMIND.value, datetime.combine(day - timedelta(days=1), MORNING, work.zone)
    waking = datetime.combine(day, EARLIEST, work.zone)
    yield HOURS, max(starts_at - SOON, min(waking, starts_at - LATEST))


def _may_write(work: Work, row: Appointment) -> bool:
    way = channel_for(work.get(Customer, row.customer_id), consents(work, row.customer_id))
    return way is not None and way[0] is not Channel.PHONE


def _unsent(work: Work, row: Appointment, kinds: Sequence[str]) -> list[Message]:
    about = (Message.subject == "appointment", Message.subject_id == row.id, col(Message.kind).in_(kinds))
    mine = select(Message).where(*about, col(Message.state).in_(_UNSENT)).with_for_update()
    return list(work.db.exec(mine.execution_options(populate_existing=True)))
