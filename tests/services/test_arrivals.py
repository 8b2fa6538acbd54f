"""A car comes: booked or not, it gets an order; the booking's jobs and place come along."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import AppointmentStatus, LineKind, OrderStatus, Role
from db.models import Appointment, AppointmentJob, Event, OrderJob, OrderLine, Reservation, WorkOrder
from services.arrivals import AlreadyHere, arrive, greet, walk_in
from services.refusals import Missing, NotAllowed, NotFound, NotNow, TooLong, WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def make_booking(work: Work, status: AppointmentStatus = AppointmentStatus.CONFIRMED) -> Appointment:
    """Grace's Focus at 9:30 for an oil service on Lift 1, told £99."""
    car = make_car(work)
    booking = work.add(
        Appointment(number="B1", customer_id=car.customer_id, vehicle_id=car.id, status=status, concern="It squeaks",
                    clarification="front left", starts_at=MONDAY_9 + timedelta(minutes=30), minutes=60, price=Decimal(99),
                    waits=True, created_at=work.now)
    )  # fmt: skip
    work.add(AppointmentJob(appointment_id=booking.id, job_id=1, minutes=60, price=Decimal(99)))
    starts = booking.starts_at or work.now
    work.add(Reservation(appointment_id=booking.id, bay_id=1, starts_at=starts, ends_at=starts + timedelta(hours=1)))
    return booking


def test_arriving_opens_an_order_with_what_the_booking_knows(work: Work) -> None:
    booking = make_booking(work)
    order = arrive(work, booking.id)
    assert booking.status == AppointmentStatus.ARRIVED
    assert (order.status, order.number) == (OrderStatus.RECEPTION, "W261123-01")
    assert (order.appointment_id, order.vehicle_id, order.customer_id) == (
        booking.id,
        booking.vehicle_id,
        booking.customer_id,
    )
    assert (order.concern, order.waits, order.arrived_at) == ("It squeaks\nfront left", True, MONDAY_9)
    assert order.greeted_at is None


def test_jobs_and_parts_come_at_catalogue_prices(work: Work) -> None:
    order = arrive(work, make_booking(work).id)
    jobs = work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id)).all()
    assert [(job.title, job.minutes, job.job_id) for job in jobs] == [("Oil service", 60, 1)]
    lines = work.db.exec(select(OrderLine).order_by(OrderLine.id)).all()  # type: ignore[arg-type]
    assert [(line.kind, line.title, line.quantity, line.unit_price) for line in lines] == [
        (LineKind.LABOUR, "Oil service", 1, 60),
        (LineKind.PART, "Engine oil 5W-30", Decimal("4.5"), Decimal("9.5")),
    ]


def test_the_reserved_place_goes_to_the_order_and_the_price_told_stays(work: Work) -> None:
    booking = make_booking(work)
    order = arrive(work, booking.id)
    place = work.db.exec(select(Reservation)).one()
    assert (place.order_id, place.appointment_id) == (order.id, booking.id)
    assert booking.price == 99


def test_arriving_leaves_a_trace_on_both(work: Work) -> None:
    booking = make_booking(work)
    order = arrive(work, booking.id)
    traces = [(e.subject, e.subject_id, e.action, e.after) for e in work.db.exec(select(Event))]
    assert ("appointment", booking.id, "arrive", "arrived") in traces
    assert ("work_order", order.id, "open", "reception") in traces


def test_a_booking_arrives_once(work: Work) -> None:
    booking = make_booking(work)
    arrive(work, booking.id)
    with pytest.raises(WrongStatus):
        arrive(work, booking.id)


@pytest.mark.parametrize("status", [AppointmentStatus.REQUESTED, AppointmentStatus.CANCELLED])
def test_only_a_confirmed_booking_arrives(work: Work, status: AppointmentStatus) -> None:
    with pytest.raises(WrongStatus):
        arrive(work, make_booking(work, status).id)


def test_an_unknown_booking_is_refused(work: Work) -> None:
    with pytest.raises(NotFound):
        arrive(work, 99)


def test_a_technician_cannot_receive(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        booking, car = make_booking(work), make_car(work, plate="XY99 ZZZ")
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        arrive(work, booking.id)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        walk_in(work, vehicle_id=car.id, concern="Noise")


def test_a_walk_in_opens_an_order_without_a_booking(work: Work) -> None:
    car = make_car(work)
    order = walk_in(work, vehicle_id=car.id, concern="  Smells of burning ", jobs=[2], waits=False)
    assert (order.appointment_id, order.concern, order.customer_id) == (None, "Smells of burning", car.customer_id)
    assert order.advisor_id == work.by.id
    assert [job.title for job in work.db.exec(select(OrderJob))] == ["Front brake pads"]


def test_a_walk_in_says_what_is_wrong(work: Work) -> None:
    car = make_car(work)
    with pytest.raises(Missing):
        walk_in(work, vehicle_id=car.id, concern="   ")
    with pytest.raises(TooLong):
        walk_in(work, vehicle_id=car.id, concern="x" * 2001)
    with pytest.raises(NotFound):
        walk_in(work, vehicle_id=99, concern="Noise")


def test_a_car_cannot_be_in_the_shop_twice(work: Work) -> None:
    booking = make_booking(work)
    walk_in(work, vehicle_id=booking.vehicle_id, concern="Noise")
    with pytest.raises(AlreadyHere) as refused:
        arrive(work, booking.id)
    assert refused.value.say("en") == "AB12 CDE is already in the shop with order W261123-01."


def test_a_car_that_left_can_come_again(work: Work) -> None:
    car = make_car(work)
    first = walk_in(work, vehicle_id=car.id, concern="Noise")
    first.status = OrderStatus.DELIVERED
    work.add(first)
    assert walk_in(work, vehicle_id=car.id, concern="Again").number == "W261123-02"


def test_a_refused_arrival_changes_nothing(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        booking = make_booking(work)
        walk_in(work, vehicle_id=booking.vehicle_id, concern="Noise")
    with pytest.raises(AlreadyHere), unit_of_work(ws) as work:
        arrive(work, booking.id)
    with unit_of_work(ws) as work:
        assert work.get(Appointment, booking.id).status == AppointmentStatus.CONFIRMED
        assert len(work.db.exec(select(WorkOrder)).all()) == 1


def test_greeting_is_timed_and_happens_once(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(ws) as work:
        order = walk_in(work, vehicle_id=make_car(work).id, concern="Noise")
    with unit_of_work(desk.at(MONDAY_9 + timedelta(seconds=40))) as work:
        greeted = greet(work, order.id)
        assert (greeted.greeted_at, greeted.advisor_id) == (MONDAY_9 + timedelta(seconds=40), desk.by.id)
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        greet(work, order.id)
