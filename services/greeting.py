"""Greeting: who goes out to whom, who is on the way, and whether nobody waited longer than the standard."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, TaskResult, WorkOrder
from services.arrivals import LEFT, arrive, greet
from services.boards import local_day
from services.people import names
from services.work import Work

SOON = timedelta(minutes=5)  # before the booked time the advisor goes out (B09)


@dataclass(frozen=True)
class Greeted:
    """How many customers were greeted today, and how many of them within the garage's standard."""

    all: int
    in_time: int


def is_soon(booking: Appointment, now: Any) -> bool:
    """Whether the customer comes within five minutes, and is not late yet."""
    return booking.starts_at is not None and booking.starts_at - SOON <= now <= booking.starts_at


def arrive_greeted(work: Work, appointment_id: int) -> WorkOrder:
    """The booked car is here, and who taps is standing beside it. Refuses like `arrive`."""
    return greet(work, arrive(work, appointment_id).id)


def going_out(work: Work, bookings: Sequence[Appointment]) -> dict[int, str]:
    """Who said that they go out to greet, by booking; a word given for another time does not count. At most two queries."""
    times = {booking.id: booking.starts_at for booking in bookings}
    if not times:
        return {}
    said = select(TaskResult).where(
        col(TaskResult.appointment_id).in_(list(times)),
        TaskResult.kind == TaskKind.GREET,
        TaskResult.outcome == TaskOutcome.DONE,
    )
    found = {one.appointment_id: one for one in work.db.exec(said) if one.about_at == times[one.appointment_id]}
    who = names(work) if found else {}
    return {key: who.get(one.by_id or 0, "") for key, one in found.items()}


def greeted_today(work: Work) -> Greeted:
    """Today's customers so far, against the garage's `greeting_seconds`. One query."""
    start, end = local_day(work)
    here = (col(WorkOrder.arrived_at) >= start, col(WorkOrder.arrived_at) < end, col(WorkOrder.greeted_at).is_not(None))
    rows = work.db.exec(select(WorkOrder.arrived_at, WorkOrder.greeted_at).where(*here)).all()
    standard = timedelta(seconds=work.garage.greeting_seconds)
    return Greeted(len(rows), sum(greeted is not None and greeted - arrived <= standard for arrived, greeted in rows))


def took(order: WorkOrder) -> timedelta | None:
    """How long the customer waited to be greeted; None while they wait."""
    return order.greeted_at - order.arrived_at if order.greeted_at else None


def in_the_shop(work: Work, vehicle_ids: Collection[int]) -> Mapping[int, WorkOrder]:
    """The open visit of those of the cars that are here, by car. One query."""
    if not vehicle_ids:
        return {}
    open_ = (col(WorkOrder.vehicle_id).in_(vehicle_ids), col(WorkOrder.status).not_in(LEFT))
    return {order.vehicle_id: order for order in work.db.exec(select(WorkOrder).where(*open_))}
