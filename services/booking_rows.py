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
from db.models import Appointment, Customer, Event, TaskResult, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.indicators import Row
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
    """A booking or a wish. `first_at` is the time agreed first; `moves` are (old, new) times it was moved between later;
    `overrides` the reasons of exceptions made for it."""

    id: int
    number: str
    status: AppointmentStatus
    channel: Channel
    garage_called: bool
    starts_at: datetime | None
    wished_at: datetime | None
    created_at: datetime
    asked_stock: bool
    reason: str
    unmet_reason: UnmetReason | None
    plate: str
    customer: str
    first_at: datetime | None
    moves: tuple[tuple[datetime, datetime], ...]
    overrides: tuple[str, ...]
    results: tuple[Result, ...]

    def row(self, counts: bool, *words: str, **more: Any) -> Row:
        """It as a row behind a figure."""
        return Row("appointment", self.id, self.number, self.plate, self.customer, counts, words, **more)


_COLUMNS = ("id", "number", "status", "channel", "garage_called", "starts_at", "wished_at", "created_at", "stock_question",
            "reason", "unmet_reason", "override_reason")  # fmt: skip
_A: Any = Appointment.__table__.c  # type: ignore[attr-defined]
_FROM, _TO = bindparam("start", type_=UtcDateTime()), bindparam("end", type_=UtcDateTime())


def _within(column: Any) -> tuple[Any, Any, Any]:
    """The bookings, their events and the results of their tasks, where `column` lies in the span."""
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
        sa_select(col(Event.subject_id), col(Event.action), col(Event.details))
        .where(col(Event.subject) == "appointment", col(Event.subject_id).in_(theirs),
               col(Event.action).in_(("created", "move")))
        .order_by(col(Event.id))
    )  # fmt: skip
    results = (
        sa_select(col(TaskResult.appointment_id), col(TaskResult.kind), col(TaskResult.outcome), col(TaskResult.at),
                  col(TaskResult.about_at))
        .where(col(TaskResult.appointment_id).in_(theirs))
        .order_by(col(TaskResult.id))
    )  # fmt: skip
    return rows, events, results


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
    """What was asked for between two instants: bookings made and wishes that could not be met. Three queries."""
    return _read(work, _ASKED, start, end)


def due(work: Work, start: datetime, end: datetime) -> list[Booked]:
    """What was booked for a time between two instants. Three queries."""
    return _read(work, _DUE, start, end)


def arrivals(work: Work, start: datetime, end: datetime) -> list[Row]:
    """The cars that came between two instants; those with a booking count. One query."""
    found = work.db.execute(_ARRIVALS, {"start": start, "end": end})
    return [Row("order", one.id, one.number, one.plate, one.customer, one.appointment_id is not None, at=one.arrived_at)
            for one in found]  # fmt: skip


def _read(work: Work, queries: tuple[Any, Any, Any], start: datetime, end: datetime) -> list[Booked]:
    rows, events, results = (work.db.execute(query, {"start": start, "end": end}).all() for query in queries)
    told, done = _grouped(events), _grouped(results)
    return [_booked(row, told[row.id], done[row.id]) for row in rows]


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found


def _booked(row: Any, events: list[Any], results: list[Any]) -> Booked:
    created = next((details.get("at") for action, details in events if action == "created"), None)
    moves = [_times(details) for action, details in events if action == "move"]
    overrides = [str(details["override"]) for _, details in events if details.get("override")]
    if row.override_reason and row.override_reason not in overrides:
        overrides.append(row.override_reason)
    return Booked(
        row.id, row.number, row.status, row.channel, row.garage_called, row.starts_at, row.wished_at, row.created_at,
        row.stock_question is not None, row.reason, row.unmet_reason, row.plate, row.customer,
        datetime.fromisoformat(created) if created else row.starts_at,
        tuple(times for times in moves if times), tuple(overrides), tuple(Result(*one) for one in results),
    )  # fmt: skip


def _times(details: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """The old and the new time of a move; None when only the bay or the person changed."""
    was, now = details.get("was"), details.get("now")
    if not was or not now or was == now:
        return None
    return datetime.fromisoformat(was), datetime.fromisoformat(now)
