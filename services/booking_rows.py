"""The bookings and arrivals of a span of days, as judging them needs them: columns only, each query through an index."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import AppointmentStatus, Channel, UnmetReason
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, Customer, Event, Message, TaskResult, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.booking_policy import RULES
from services.indicators import Row
from services.reminders import KINDS
from services.work import Work


@dataclass(frozen=True)
class Result:
    """What came of a task, when."""

    kind: TaskKind
    outcome: TaskOutcome
    at: datetime
    about_at: datetime | None


@dataclass(frozen=True)
class Booked:
    """A booking or a wish.

    `first_at`: the time agreed first; `moves`: the (old, new) times of later moves. `stock_asked_at`: when the last question
    about a part was put. `excused`: the rules an exception was made to, and why. `reminders`: when messages that remind of the
    time that stands went out.
    """

    id: int
    number: str
    status: AppointmentStatus
    channel: Channel
    garage_called: bool
    starts_at: datetime | None
    wished_at: datetime | None
    created_at: datetime
    stock_asked_at: datetime | None
    reason: str
    unmet_reason: UnmetReason | None
    plate: str
    customer: str
    first_at: datetime | None
    moves: tuple[tuple[datetime, datetime], ...]
    excused: tuple[str, ...]
    results: tuple[Result, ...]
    reminders: tuple[datetime, ...]

    def row(self, counts: bool, *words: str, **more: Any) -> Row:
        """It as a row behind a figure."""
        return Row("appointment", self.id, self.number, self.plate, self.customer, counts, words, **more)


_STOCK_ASKED = ("stock_asked", "part_taken")
_COLUMNS = ("id", "number", "status", "channel", "garage_called", "starts_at", "wished_at", "created_at", "stock_question",
            "reason", "unmet_reason", "override_reason")  # fmt: skip
_A: Any = Appointment.__table__.c  # type: ignore[attr-defined]
_FROM, _TO = bindparam("start", type_=UtcDateTime()), bindparam("end", type_=UtcDateTime())


def _within(column: Any) -> tuple[Any, ...]:
    """The bookings whose `column` lies in the span, their events, the results of their tasks, their reminders."""
    inside = (column >= _FROM, column < _TO)
    theirs = sa_select(_A.id).where(*inside)  # not a join: SQLite would begin it with every event of every booking
    rows = (
        sa_select(*(_A[name] for name in _COLUMNS), col(Vehicle.plate), col(Customer.name).label("customer"))
        .join(Vehicle, col(Vehicle.id) == _A.vehicle_id)
        .join(Customer, col(Customer.id) == _A.customer_id)
        .where(*inside)
        .order_by(column, _A.id)
    )
    events = (
        sa_select(col(Event.subject_id), col(Event.action), col(Event.details), col(Event.at))
        .where(col(Event.subject) == "appointment", col(Event.subject_id).in_(theirs),
               col(Event.action).in_(("created", "move", *_STOCK_ASKED)))
        .order_by(col(Event.id))
    )  # fmt: skip
    results = (
        sa_select(col(TaskResult.appointment_id), col(TaskResult.kind), col(TaskResult.outcome), col(TaskResult.at),
                  col(TaskResult.about_at))
        .where(col(TaskResult.appointment_id).in_(theirs))
        .order_by(col(TaskResult.id))
    )  # fmt: skip
    reminders = (
        sa_select(col(Message.subject_id), col(Message.sent_at))
        .where(col(Message.subject) == "appointment", col(Message.subject_id).in_(theirs), col(Message.kind).in_(KINDS),
               col(Message.sent_at).is_not(None))
        .order_by(col(Message.id))
    )  # fmt: skip
    return rows, events, results, reminders


_ASKED, _DUE = _within(_A.created_at), _within(_A.starts_at)
_ARRIVALS: Any = (
    sa_select(col(WorkOrder.id), col(WorkOrder.number), col(WorkOrder.appointment_id), col(WorkOrder.arrived_at),
              col(Vehicle.plate), col(Customer.name).label("customer"))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
    .where(col(WorkOrder.arrived_at) >= _FROM, col(WorkOrder.arrived_at) < _TO)
    .order_by(col(WorkOrder.arrived_at), col(WorkOrder.id))
)  # fmt: skip


def asked(work: Work, start: datetime, end: datetime) -> list[Booked]:
    """What was asked for between two instants: bookings made and wishes that could not be met. Four queries."""
    return _read(work, _ASKED, start, end)


def due(work: Work, start: datetime, end: datetime) -> list[Booked]:
    """What was booked for a time between two instants. Four queries."""
    return _read(work, _DUE, start, end)


def arrivals(work: Work, start: datetime, end: datetime) -> list[Row]:
    """The cars that came between two instants; those with a booking count. One query."""
    found = work.db.execute(_ARRIVALS, {"start": start, "end": end})
    return [Row("order", one.id, one.number, one.plate, one.customer, one.appointment_id is not None, at=one.arrived_at)
            for one in found]  # fmt: skip


def _read(work: Work, queries: tuple[Any, ...], start: datetime, end: datetime) -> list[Booked]:
    rows, *more = (work.db.execute(query, {"start": start, "end": end}).all() for query in queries)
    told, done, reminded = (_grouped(found) for found in more)
    return [_booked(row, told[row.id], done[row.id], reminded[row.id]) for row in rows]


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found


def _booked(row: Any, events: list[Any], results: list[Any], reminders: list[Any]) -> Booked:
    created = next((details.get("at") for action, details, _ in events if action == "created"), None)
    moves = [(times, at) for action, details, at in events if action == "move" and (times := _times(details))]
    rules = [
        RULES[rule] for _, details, _ in events for rule in details.get("override", "").split(",") if rule in RULES
    ]
    excused = (*dict.fromkeys(rules), *([row.override_reason] if row.override_reason else []))
    return Booked(
        row.id, row.number, row.status, row.channel, row.garage_called, row.starts_at, row.wished_at, row.created_at,
        _stock_asked(row, events), row.reason, row.unmet_reason, row.plate, row.customer,
        datetime.fromisoformat(created) if created else row.starts_at,
        tuple(times for times, _ in moves), excused, tuple(Result(*one) for one in results),
        # what went out before the last move reminded of a time that no longer stands
        tuple(at for (at,) in reminders if not moves or at >= moves[-1][1]),
    )  # fmt: skip


def _stock_asked(row: Any, events: list[Any]) -> datetime | None:
    if row.stock_question is None:
        return None
    asked_at: datetime = max((at for action, _, at in events if action in _STOCK_ASKED), default=row.created_at)
    return asked_at


def _times(details: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """The old and the new time of a move; None when only the bay or the person changed."""
    was, now = details.get("was"), details.get("now")
    if not was or not now or was == now:
        return None
    return datetime.fromisoformat(was), datetime.fromisoformat(now)
