"""Places held, bookings and cars sent back, put straight into the rows for tests of dispatching."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from db.enums import AppointmentStatus, CheckLevel, OrderStatus
from db.models import Appointment, AppointmentJob, Check, OrderJob, Reservation, WorkOrder
from services.numbers import daily_number
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car
from tests.shop import bay_id, job_id, make_order, staff_id

MINUTE = timedelta(minutes=1)


def change(ws: Workspace, order_id: int, **columns: Any) -> None:
    """Set columns of an order."""
    with unit_of_work(ws) as work:
        order = work.get(WorkOrder, order_id)
        for name, value in columns.items():
            setattr(order, name, value)
        work.db.add(order)


def hold(
    ws: Workspace,
    name: str | None,
    bay: str | None,
    start: datetime,
    minutes: int,
    order: int | None = None,
) -> None:
    """Hold a person, a bay or both."""
    with unit_of_work(ws) as work:
        _hold(work, name, bay, start, minutes, order_id=order)


def _hold(work: Work, name: str | None, bay: str | None, start: datetime, minutes: int, **whose: Any) -> None:
    times: dict[str, Any] = {"starts_at": start, "ends_at": start + minutes * MINUTE}
    if name:
        work.add(Reservation(staff_id=staff_id(work, name), **times, **whose))
    if bay:
        work.add(Reservation(bay_id=bay_id(work, bay), **times, **whose))


def booking(
    ws: Workspace,
    at: datetime,
    name: str | None = None,
    bay: str | None = None,
    minutes: int = 60,
    plate: str = "BK 1",
    job: str = "SVC",
) -> int:
    """A confirmed booking whose car is yet to come, with its places. Returns its id."""
    with unit_of_work(ws) as work:
        car = make_car(work, plate=plate)
        row = work.add(
            Appointment(number=daily_number(work, "B"), customer_id=car.customer_id, vehicle_id=car.id, minutes=minutes,
                        status=AppointmentStatus.CONFIRMED, starts_at=at, created_at=work.now)
        )  # fmt: skip
        work.add(AppointmentJob(appointment_id=row.id, job_id=job_id(work, job), minutes=minutes))
        _hold(work, name, bay, at, minutes, appointment_id=row.id)
        return row.id


def reworked(ws: Workspace, plate: str) -> int:
    """A car sent back by a failed check, its places given back. Returns its id."""
    order = make_order(ws, status=OrderStatus.REWORK, given_to="Tom Technician", plate=plate)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).rework_count = 1
        work.add(Check(order_id=order, level=CheckLevel.TEAM, passed=False, round=0, at=work.now, by_id=5))
        for job in work.db.exec(select(OrderJob).where(OrderJob.order_id == order)):
            job.done_at = work.now
    return order
