"""Reception: the lists, the walk-in, and check-in from the greeting to the agreement."""

import os
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import services.workspace
from db.enums import Answer, AppointmentStatus, ConsentMethod, OrderStatus, Role
from db.models import Appointment, AppointmentJob, Attachment, Consent, Customer, Inspection, OrderLine, WorkOrder
from services.arrivals import walk_in
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.pages.conftest import App
from tests.services.reception import approved, estimated, received
from tests.services.test_files import picture

SEES = (Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER)


def make_booking(garage: Workspace) -> int:
    """Grace's Focus is booked for 9:30."""
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        car = make_car(work)
        booking = work.add(
            Appointment(number="B1", customer_id=car.customer_id, vehicle_id=car.id, status=AppointmentStatus.CONFIRMED,
                        concern="It squeaks", starts_at=MONDAY_9 + timedelta(minutes=30),
                        minutes=60, price=Decimal(99), created_at=work.now)
        )  # fmt: skip
        work.add(AppointmentJob(appointment_id=booking.id, job_id=1, minutes=60, price=Decimal(99)))
        return booking.id


def order_of(garage: Workspace) -> WorkOrder:
    with reading(garage) as work:
        return work.db.exec(select(WorkOrder)).one()


def tap(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return at.run()


def go(at: AppTest, where: str) -> AppTest:
    """Next or Back: every moment has its own."""
    return tap(at, next(str(button.key) for button in at.button if str(button.key).startswith(where)))


def errors(at: AppTest) -> list[str]:
    return [error.value for error in at.error]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", SEES)
def test_an_empty_reception_says_what_to_do(app: App, role: Role, language: str) -> None:
    at = app("reception", role, language)
    assert not at.exception
    assert len(at.caption) >= 3
    assert at.button(key="walk_in").disabled == (role == Role.SUPERVISOR)


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.CASHIER])
def test_reception_is_for_the_front_desk(app: App, role: Role) -> None:
    at = app("reception", role)
    assert not [button for button in at.button if button.key == "walk_in"]


def test_arrived_then_greeted_opens_check_in(app: App, garage: Workspace) -> None:
    booking = make_booking(garage)
    at = tap(app("reception", Role.ADVISOR), f"arrive_{booking}")
    order = order_of(garage)
    assert (order.status, order.greeted_at) == (OrderStatus.RECEPTION, None)
    tap(at, f"greet_{order.id}")
    assert order_of(garage).greeted_at == MONDAY_9
    assert at.query_params["order"] == str(order.id)
    assert at.text_area(key=f"concern_{order.id}").value == "It squeaks"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_check_in_from_the_car_to_the_agreement(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, language, order=key)
    go(at, "next_")
    at.text_input(key=f"odometer_{key}").set_value("41000")
    at.segmented_control(key=f"fuel_{key}").set_value(4)
    at.toggle(key=f"covers_{key}").set_value(True)
    go(at, "next_")
    assert not at.exception
    while not [box for box in at.selectbox if box.key == f"add_job_{key}"]:
        go(at, "next_")  # what need not be looked at is passed by
        assert not at.exception
    at.selectbox(key=f"add_job_{key}").set_value(2)
    at.run()
    go(at, "next_")
    at.toggle(key=f"wash_{key}").set_value(True)
    go(at, "next_")
    assert errors(at) == []
    order = order_of(garage)
    assert (order.status, order.wash, order.estimate_version) == (OrderStatus.AWAITING_APPROVAL, True, 1)
    assert order.promised_at == MONDAY_9 + timedelta(hours=3, minutes=15)  # the wash takes a quarter
    tap(at, f"all_{key}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE)
    at.run()
    go(at, "next_")
    assert not at.exception
    assert errors(at) == []
    assert order_of(garage).status == OrderStatus.AWAITING_DISPATCH
    with reading(garage) as work:
        sheet, consent = work.db.exec(select(Inspection)).one(), work.db.exec(select(Consent)).one()
        answers = {line.answer for line in work.db.exec(select(OrderLine))}
    assert (sheet.odometer_km, sheet.fuel_eighths, sheet.covers) == (41000, 4, True)
    assert (consent.method, consent.person, consent.total) == (ConsentMethod.PHONE, "Grace Field", Decimal("240.75"))
    assert answers == {Answer.AGREED}


def test_a_missing_file_is_completed_at_arrival(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, order=key)
    at.text_input(key=f"vin_{key}").set_value("WF0AXXWPMAFD12345")
    at.text_area(key=f"concern_{key}").set_value("It squeaks *loudly*")
    go(at, "next_")
    assert errors(at) == []
    with reading(garage) as work:
        assert [c.incomplete for c in work.db.exec(select(Customer))] == [False]
    assert order_of(garage).concern == "It squeaks *loudly*"


def test_a_past_promise_is_refused(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, order=key, step="promise")
    at.date_input(key=f"promise_day_{key}").set_value(MONDAY_9.date() - timedelta(days=1))
    at.run()
    assert errors(at) == ["That time has already passed\\."]
    go(at, "next_")
    assert errors(at) == ["That time has already passed\\."]
    assert order_of(garage).status == OrderStatus.RECEPTION


def test_a_line_without_an_answer_holds_the_order(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = estimated(work).id
    at = app("reception", Role.ADVISOR, order=key)
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE)
    at.run()
    go(at, "next_")
    assert errors(at) == ["Record the customer's answer first\\."]
    go(at, "back_")
    assert order_of(garage).status == OrderStatus.RECEPTION


def test_a_walk_in_of_a_known_car(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        car = make_car(work).id
    at = app("reception", Role.ADVISOR, walk_in=1)
    at.text_input(key="walk_in_find").set_value("ab12")
    at.run()
    tap(at, f"car_{car}")
    at.text_area(key="walk_in_concern").set_value("<b>Smoke</b>")
    tap(at, "walk_in_open")
    order = order_of(garage)
    assert (order.vehicle_id, order.concern, order.greeted_at) == (car, "<b>Smoke</b>", MONDAY_9)


def test_a_walk_in_of_an_unknown_car(app: App, garage: Workspace) -> None:
    at = app("reception", Role.ADVISOR, walk_in=1)
    at.text_input(key="walk_in_find").set_value("ZZ99 ZZZ")
    at.run()
    for name, value in (("car", "Kia Ceed"), ("name", "Hal Green"), ("phone", "07700 900456")):
        at.text_input(key=f"new_{name}").set_value(value)
    tap(at, "new_make")
    tap(at, "walk_in_open")
    assert errors(at) == ["Please fill in\\: Concern\\."]
    at.text_area(key="walk_in_concern").set_value("Flat battery")
    tap(at, "walk_in_open")
    assert order_of(garage).concern == "Flat battery"


@pytest.mark.parametrize("order", ["99", "abc", "-1"])
def test_an_unknown_order_is_a_clear_sentence(app: App, order: str) -> None:
    at = app("reception", Role.ADVISOR, order=order)
    assert not at.exception
    assert len(at.warning) == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("make", [received, estimated, approved])
def test_the_record_opens_in_every_status_of_reception(app: App, garage: Workspace, make: Any, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = make(work).id
    at = app("reception", Role.SUPERVISOR, language, order=key)
    assert not at.exception


def test_a_waiting_car_shows_its_timer(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR).at(MONDAY_9 - timedelta(seconds=90))) as work:
        key = walk_in(work, vehicle_id=make_car(work).id, concern="Noise").id
    at = app("reception", Role.ADVISOR)
    assert any(":red-badge[:material/timer: waiting 90 s · greet now]" in text.value for text in at.markdown)
    assert at.button(key=f"greet_{key}").label == "Greet"


def corrupt() -> bytes:
    return picture(400, 400)[:900]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (corrupt(), "This picture cannot be read\\. Take it again, or choose a JPEG, PNG, WebP or HEIC file\\."),
        (bytes(16 * 1024 * 1024), "This file is too large\\: at most 15 MB\\."),
        (picture(4000, 3000), ""),
    ],
    ids=["corrupt", "16 MB", "12 megapixels"],
)
def test_every_photo_has_a_clear_result(app: App, garage: Workspace, data: bytes, said: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, order=key, step="damage")
    at.file_uploader(key=f"photo_car_{key}_0").set_value(("car.jpg", data, "image/jpeg"))
    at.run()
    assert errors(at) == ([said] if said else [])
    with reading(garage) as work:
        assert len(work.db.exec(select(Attachment)).all()) == (0 if said else 1)


def test_an_order_is_cancelled_with_a_reason_on_the_record(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, order=key)
    tap(at, "full_record")
    at.session_state[f"step:{key}"] = "cancel"
    at.run()
    tap(at, f"cancel_now_{key}")
    assert errors(at) == ["Please give a reason\\."]
    at.text_input(key=f"cancel_reason_{key}").set_value("Too dear")
    tap(at, f"cancel_now_{key}")
    assert (order_of(garage).status, order_of(garage).reason) == (OrderStatus.CANCELLED, "Too dear")


def test_time_and_wishes_change_on_the_record_while_the_car_is_here(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = approved(work).id
    at = app("reception", Role.ADVISOR, order=key)
    tap(at, "full_record")
    at.session_state[f"step:{key}"] = "wish"
    at.run()
    at.toggle(key=f"wash_{key}").set_value(True)
    at.run()
    at.session_state[f"step:{key}"] = "promise"
    at.run()
    at.time_input(key=f"promise_time_{key}").set_value((MONDAY_9 + timedelta(hours=8)).time())
    at.run()
    assert errors(at) == []
    assert (order_of(garage).wash, order_of(garage).promised_at) == (True, MONDAY_9 + timedelta(hours=8))


def test_the_queries_do_not_grow_with_the_cars(app: App, garage: Workspace) -> None:
    statements: list[str] = []

    def fill(first: int, last: int) -> None:
        with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
            for number in range(first, last):
                received(work, plate=f"RE{number}")
                walk_in(work, vehicle_id=make_car(work, plate=f"WA{number}").id, concern="Noise")

    def queries() -> int:
        statements.clear()
        assert not at.run().exception
        return len(statements)

    at = app("reception", Role.ADVISOR)
    fill(0, 1)
    event.listen(
        services.workspace.engine_for(os.environ["DATABASE_URL"]),
        "before_cursor_execute",
        lambda *call: statements.append(call[2]),
    )
    few = queries()
    fill(1, 6)
    assert queries() == few > 0
