"""Greeting: going out, arriving with the advisor beside the car, and the day against the standard."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.enums import AppointmentStatus, OrderStatus, Role
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, WorkOrder
from services.arrivals import AlreadyHere
from services.desk_tasks import AlreadyNoted, settle
from services.greeting import Greeted, arrive_greeted, going_out, greeted_today, in_the_shop, is_soon, took
from services.refusals import WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role, make_car
from tests.services.reception import received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def _booking(work: Work, minutes: float = 4, plate: str = "AB12 CDE") -> Appointment:
    car = make_car(work, plate=plate)
    return work.add(
        Appointment(number=f"B{plate}", customer_id=car.customer_id, vehicle_id=car.id, concern="Noise",
                    status=AppointmentStatus.CONFIRMED, starts_at=MONDAY_9 + timedelta(minutes=minutes), minutes=60,
                    created_at=MONDAY_9)
    )  # fmt: skip


@pytest.mark.parametrize(("minutes", "soon"), [(5.1, False), (5, True), (0, True), (-0.1, False)])
def test_the_advisor_goes_out_from_five_minutes_before(work: Work, minutes: float, soon: bool) -> None:
    assert is_soon(_booking(work, minutes), work.now) is soon


def test_who_goes_out_is_told_once_and_not_for_another_time(work: Work) -> None:
    booking = _booking(work)
    other = _booking(work, plate="ZZ99 ZZZ")
    settle(work, booking.id, TaskKind.GREET, TaskOutcome.DONE)
    assert going_out(work, [booking, other]) == {booking.id: "Ada Advisor"}
    with pytest.raises(AlreadyNoted):
        settle(work, booking.id, TaskKind.GREET, TaskOutcome.DONE)
    booking.starts_at = MONDAY_9 + timedelta(hours=2)
    work.db.flush()
    assert going_out(work, [booking]) == {}
    assert going_out(work, []) == {}


def test_arrived_and_greeted_at_once(work: Work) -> None:
    booking = _booking(work)
    order = arrive_greeted(work, booking.id)
    assert (order.arrived_at, order.greeted_at, order.advisor_id) == (MONDAY_9, MONDAY_9, 1)
    assert took(order) == timedelta()
    with pytest.raises(WrongStatus):
        arrive_greeted(work, booking.id)


def test_a_car_that_is_here_is_not_received_twice(work: Work) -> None:
    booking = _booking(work)
    received_car = received(work, plate="ZZ99 ZZZ").vehicle_id
    booking.vehicle_id = received_car
    work.db.flush()
    with pytest.raises(AlreadyHere):
        arrive_greeted(work, booking.id)


def test_of_two_advisors_one_receives_the_car(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        key = _booking(work).id
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        arrive_greeted(work, key)
    with unit_of_work(as_name(ws, "Max Manager")) as work, pytest.raises(WrongStatus):
        arrive_greeted(work, key)


def test_the_day_against_the_standard(work: Work) -> None:
    for number, seconds in enumerate((0, 60, 61, None)):
        order = received(work, plate=f"CAR {number}")
        order.arrived_at = MONDAY_9 - timedelta(seconds=seconds or 0)
        order.greeted_at = None if seconds is None else MONDAY_9
    yesterday = received(work, plate="OLD 1")
    yesterday.arrived_at = yesterday.greeted_at = MONDAY_9 - timedelta(days=1)
    work.db.flush()
    assert greeted_today(work) == Greeted(all=3, in_time=2)


def test_cars_in_the_shop_are_known_by_their_open_visit(work: Work) -> None:
    here, gone = received(work), received(work, plate="GONE 1")
    gone.status = OrderStatus.CLOSED
    work.db.flush()
    cars = [here.vehicle_id, gone.vehicle_id, make_car(work, plate="NEVER 1").id]
    found: dict[int, WorkOrder] = dict(in_the_shop(work, cars))
    assert {key: order.id for key, order in found.items()} == {here.vehicle_id: here.id}
    assert in_the_shop(work, []) == {}
