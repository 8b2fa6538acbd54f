"""No page asks the database more often because more cars are on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event

from db.enums import Answer, AppointmentStatus, LineKind, OrderStatus, Role
from db.models import (
    Appointment,
    FollowUp,
    OrderJob,
    OrderLine,
    PurchaseLine,
    Requisition,
    RequisitionLine,
    Reservation,
    WorkOrder,
)
from services.permissions import PAGES
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car
from tests.pages.conftest import App
from tests.visits import PRICE, finished_visit

STATUSES = (
    OrderStatus.RECEPTION,
    OrderStatus.IN_WORK,
    OrderStatus.ON_HOLD,
    OrderStatus.FINAL_INSPECTION,
    OrderStatus.READY,
)
VIEWS: dict[str, dict[str, str]] = {"money": {"view": "closings"}}  # where what a visit leaves is seen
FEW, MANY = len(STATUSES), 10 * len(STATUSES)


def _fill(work: Work, first: int, end: int) -> None:
    """For every number a car in the shop that lacks a part, a visit of last week with its call due, and a booking of today with
    its place."""
    now = work.now
    for number in range(first, end):
        car = make_car(work, f"Customer {number}", f"CAR {number:03d}", f"+4477009{number:05d}")
        _in_shop(work, car.id, car.customer_id, STATUSES[number % len(STATUSES)], number)
        over = finished_visit(work, car, now - timedelta(days=7 + number))
        work.now = now
        work.add(FollowUp(order_id=over.id, customer_id=car.customer_id, due_at=now))
        starts = now.replace(hour=10) + timedelta(minutes=5 * number)
        booking = work.add(Appointment(number=f"B{number}", customer_id=car.customer_id, vehicle_id=car.id, starts_at=starts,
                                       status=AppointmentStatus.CONFIRMED, minutes=5, created_at=now))  # fmt: skip
        work.add(
            Reservation(appointment_id=booking.id, bay_id=1, starts_at=starts, ends_at=starts + timedelta(minutes=5))
        )


def _in_shop(work: Work, vehicle_id: int, customer_id: int, status: OrderStatus, number: int) -> None:
    order = work.add(WorkOrder(number=f"W{number}", customer_id=customer_id, vehicle_id=vehicle_id, status=status, bay_id=1,
                               technician_id=3, arrived_at=work.now, promised_at=work.now, delivered_at=None))  # fmt: skip
    job = work.add(OrderJob(order_id=order.id, job_id=1, title="Oil service", minutes=60, done_at=work.now))
    work.add(OrderLine(order_id=order.id, order_job_id=job.id, kind=LineKind.LABOUR, title="Oil service", unit_price=PRICE,
                       answer=Answer.AGREED))  # fmt: skip
    work.add(PurchaseLine(order_id=order.id, what="Mirror glass", created_at=work.now))
    part = work.add(OrderLine(order_id=order.id, order_job_id=job.id, kind=LineKind.PART, part_id=1, title="Engine oil",
                              unit_price=PRICE, answer=Answer.AGREED))  # fmt: skip
    asked = work.add(Requisition(number=f"R{number}", order_id=order.id, asked_at=work.now))
    work.add(RequisitionLine(requisition_id=asked.id, line_id=part.id, quantity=Decimal(1)))


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Every statement sent to a database meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("screen", PAGES)
def test_fifty_cars_need_no_more_queries_than_five(app: App, garage: Workspace, screen: str) -> None:
    counts, drawn = [], []
    for first, end in ((0, FEW), (FEW, MANY)):
        with unit_of_work(garage) as work:
            _fill(work, first, end)
        at = app(screen, Role.MANAGER, seen=end, **VIEWS.get(screen, {}))
        with _statements() as statements:
            at.run()
        assert not at.exception
        counts.append(len(statements))
        drawn.append(str(at.main))
    assert counts[0] == counts[1]
    assert "SELECT" in statements[-1]
    if screen not in ("settings", "gate"):  # nothing of a car in the shop stands on these
        assert drawn[0] != drawn[1]  # what was added is on the screen


def test_a_query_for_every_car_would_be_noticed(garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        _fill(work, 0, FEW)
        with _statements() as statements:
            for key in range(1, FEW + 1):
                work.get(WorkOrder, key)
                work.db.expire_all()
    assert len(statements) == FEW
