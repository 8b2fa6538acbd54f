"""Bookings in any state for the tests of the desk's tasks, without going through the calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import event

from db.enums import AppointmentStatus, Channel
from db.enums_desk import TaskKind
from db.models import Appointment, ContactConsent
from services.desk_tasks import DeskTask, tasks
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car


def put_booking(
    work: Work, starts_at: datetime | None, status: AppointmentStatus = AppointmentStatus.CONFIRMED, **values: Any
) -> Appointment:
    """A booking in a state, for a car of its own; of advisor Ada (1), made now."""
    number = values.pop("number", f"B{starts_at:%m%d%H%M}" if starts_at else "B0")
    car = make_car(work, plate=values.pop("plate", number), phone=values.pop("phone", "+447700900123"))
    told: dict[str, Any] = {"advisor_id": 1, "concern": "Squeaks", "created_at": work.now} | values
    return work.add(
        Appointment(
            number=number, customer_id=car.customer_id, vehicle_id=car.id, status=status, starts_at=starts_at, **told
        )
    )


def consent(work: Work, customer_id: int, channel: Channel = Channel.SMS, *, allowed: bool = True) -> None:
    """The customer's word on a channel."""
    work.add(ContactConsent(customer_id=customer_id, channel=channel, allowed=allowed, at=work.now))


def booking(
    ws: Workspace, starts_at: datetime | None, status: AppointmentStatus = AppointmentStatus.CONFIRMED, **values: Any
) -> int:
    """The same in a unit of work of its own; its id."""
    with unit_of_work(ws) as work:
        return put_booking(work, starts_at, status, **values).id


def tasks_at(ws: Workspace, moment: datetime) -> list[DeskTask]:
    """What the desk has to do at a moment."""
    with reading(ws.at(moment)) as work:
        return tasks(work)


def kinds_at(ws: Workspace, moment: datetime) -> list[TaskKind]:
    """The kinds of task at a moment, by urgency."""
    return [task.kind for task in tasks_at(ws, moment)]


@contextmanager
def counted(ws: Workspace) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    event.listen(ws.engine, "before_cursor_execute", note)
    yield seen
    event.remove(ws.engine, "before_cursor_execute", note)
