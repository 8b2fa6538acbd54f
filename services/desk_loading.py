"""Reads where bookings stand, for the rules of the desk's tasks: a fixed number of queries, over a bounded window."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import union_all
from sqlmodel import col, func, select

from db.enums import AppointmentStatus as S
from db.enums import MessageState
from db.enums_desk import PurchaseStatus, TaskKind
from db.models import Appointment, ContactAttempt, Event, Message, PurchaseLine, TaskResult
from services.calendar_days import calendar
from services.desk_rules import OPEN
from services.desk_stand import Stand
from services.message_ways import go_by_themselves
from services.work import Work

AHEAD = timedelta(days=14)  # a confirmed booking further away asks for nothing yet, but an answer on stock
BACK = timedelta(days=30)  # for so long a no-show is offered a new time, and a wish waits for a decision
LATE = timedelta(minutes=30)  # a message that comes later than that does not take a task over
WENT = (MessageState.SENT, MessageState.BY_HAND)
_ASKED = ("stock_asked", "part_taken")
_MARKS = ("confirm", "move", "wait_parts", "no_show", "give_up", *_ASKED)
_STANDS = (S.ARRIVED, *OPEN)
_BY_MESSAGE = (TaskKind.REMIND_EARLY, TaskKind.REMIND)


def desk_window(now: datetime) -> Any:
    """The ids of the bookings that may ask for something now. Each part is a range of one index."""
    row, starts = select(Appointment.id), col(Appointment.starts_at)
    asks = (starts < now + AHEAD) | col(Appointment.stock_question).is_not(None) | col(Appointment.returns).is_not(None)
    return union_all(
        row.where(col(Appointment.status).in_((S.REQUESTED, S.WAITING_PARTS))),
        row.where(Appointment.status == S.CONFIRMED, asks),
        row.where(col(Appointment.status).in_((S.NO_SHOW, S.UNMET)), starts >= now - BACK),
        row.where(Appointment.status == S.UNMET, starts.is_(None), Appointment.created_at >= now - BACK),
    )


def load_stands(work: Work, rows: Sequence[Appointment]) -> list[Stand]:
    """Where those bookings stand. Nine queries, however many."""
    keys = [row.id for row in rows]
    marks, results, lines = _events(work, keys), _grouped(work, TaskResult, keys), _grouped(work, PurchaseLine, keys)
    attempts = _grouped(work, ContactAttempt, keys)
    told, later, is_open = _messages(work, keys), _later(work, rows), open_days(work)
    grace = timedelta(minutes=work.garage.grace_minutes)
    return [
        Stand(
            row, work.now, work.zone, grace, is_open,
            agreed_at=_agreed(row, marks[row.id]),
            asked_at=_latest(marks[row.id], *_ASKED) or row.created_at,
            ended_at=_latest(marks[row.id], "no_show", "give_up") or _then(row),
            reminded=_reminded(work, row, _agreed(row, marks[row.id]), told[row.id]),
            rebooked=later.get(row.vehicle_id, 0) > row.id,
            attempts=len(attempts[row.id]),
            results=tuple(results[row.id]),
            **_parts(row, lines[row.id], _latest(marks[row.id], "wait_parts") or row.created_at),
        )
        for row in rows
    ]  # fmt: skip


def open_days(work: Work) -> Callable[[date], bool]:
    """Whether the garage opens on a day around today. Two queries."""
    today = work.local(work.now).date()
    found = calendar(work, today - BACK, today + BACK)
    return lambda day: found.of(day).open


def _events(work: Work, keys: Sequence[int]) -> dict[int, list[Event]]:
    mine = (Event.subject == "appointment", col(Event.subject_id).in_(keys), col(Event.action).in_(_MARKS))
    found: dict[int, list[Event]] = defaultdict(list)
    for row in work.db.exec(select(Event).where(*mine).order_by(col(Event.id))):
        found[row.subject_id].append(row)
    return found


def _grouped(work: Work, table: Any, keys: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in work.db.exec(select(table).where(table.appointment_id.in_(keys)).order_by(table.id)):
        found[row.appointment_id].append(row)
    return found


def _messages(work: Work, keys: Sequence[int]) -> dict[int, list[Message]]:
    mine = (Message.subject == "appointment", col(Message.subject_id).in_(keys), col(Message.kind).in_(_BY_MESSAGE))
    found: dict[int, list[Message]] = defaultdict(list)
    for row in work.db.exec(select(Message).where(*mine)):
        found[row.subject_id or 0].append(row)
    return found


def _later(work: Work, rows: Iterable[Appointment]) -> dict[int, int]:
    """The newest booking, by car, of the cars whose customer did not come or whose wish was not met."""
    cars = {row.vehicle_id for row in rows if row.status not in OPEN}
    standing = (col(Appointment.vehicle_id).in_(cars), col(Appointment.status).in_(_STANDS))
    newest = (
        select(Appointment.vehicle_id, func.max(Appointment.id)).where(*standing).group_by(col(Appointment.vehicle_id))
    )
    return dict(work.db.exec(newest).all())


def _latest(events: Iterable[Event], *actions: str) -> datetime | None:
    return max((one.at for one in events if one.action in actions), default=None)


def _then(row: Appointment) -> datetime:
    """Of a booking that came from elsewhere without its history."""
    return row.starts_at if row.starts_at and row.status == S.NO_SHOW else row.created_at


def _agreed(row: Appointment, events: Iterable[Event]) -> datetime:
    """Another bay at the same time is nothing the customer hears of."""
    spoken = (one.at for one in events if one.action == "confirm" or _other_time(one))
    return max(spoken, default=row.created_at)


def _other_time(event: Event) -> bool:
    return event.action == "move" and event.details.get("was") != event.details.get("now")


def _reminded(work: Work, row: Appointment, agreed_at: datetime, messages: list[Message]) -> frozenset[TaskKind]:
    """What a message of this very time said already, or will say by itself in time."""
    ways = go_by_themselves(work.ws)
    mine = (one for one in messages if one.created_at >= agreed_at)
    return frozenset(TaskKind(one.kind) for one in mine if one.state in WENT or _will_go(one, work.now, ways))


def _will_go(message: Message, now: datetime, ways: frozenset[Any]) -> bool:
    waits = message.state == MessageState.QUEUED and message.channel in ways
    return waits and message.due_at > now - LATE and not (message.tries > 1 and message.due_at > now + LATE)


def _parts(row: Appointment, lines: list[PurchaseLine], since: datetime) -> dict[str, Any]:
    """A booking that waits without any line waits for something all the same. What came before it began to wait (`since`) is no
    answer to this wait."""
    still = [one for one in lines if one.status in (PurchaseStatus.PLANNED, PurchaseStatus.ORDERED)]
    came = max((one.arrived_at for one in lines if one.arrived_at and one.arrived_at >= since), default=None)
    dropped = max((max(one.created_at, since) for one in lines if one.status == PurchaseStatus.DROPPED), default=None)
    return {
        "parts_open": bool(still) or (row.status == S.WAITING_PARTS and not lines),
        "part_in_at": came,
        "parts_dropped_at": dropped,
    }
