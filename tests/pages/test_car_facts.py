"""What matters about the car of a call stands above the booking, and a tap adds what is due."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from db.enums import AppointmentStatus, OrderStatus, Role
from db.enums_desk import ReturnKind
from db.models import Appointment, AppointmentJob, Complaint, OrderJob, WorkOrder
from services.work import unit_of_work
from services.workspace import Workspace
from tests.desk import booking
from tests.factories import MONDAY_9, make_car
from tests.pages.conftest import App
from tests.pages.test_booking import button


@pytest.fixture
def car_id(garage: Workspace) -> int:
    """A car whose service is due, whose customer complains and which left three days ago."""
    with unit_of_work(garage) as work:
        car, left = make_car(work), work.now - timedelta(days=3)
        car.last_service_on, car.warranty_until = date(2025, 10, 1), date(2027, 1, 1)
        work.add(Complaint(customer_id=car.customer_id, text="*Still* squeaks", received_at=work.now))
        order = work.add(
            WorkOrder(number="W1", customer_id=car.customer_id, vehicle_id=car.id, arrived_at=left, delivered_at=left,
                      status=OrderStatus.CLOSED)
        )  # fmt: skip
        work.add(OrderJob(order_id=order.id, job_id=2, title="Front brake pads", done_at=left))
        return car.id


def shown(at: AppTest) -> str:
    return " ".join(text.value for text in at.markdown)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_facts_stand_above_the_booking_and_the_service_is_added_by_a_tap(
    app: App, garage: Workspace, car_id: int, language: str
) -> None:
    at = app("booking", Role.ADVISOR, language, new=1)
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    assert "\\*Still\\* squeaks" in shown(at)
    assert "Front brake pads" in shown(at)
    at.button_group(key="facts_booking").set_value([0]).run()
    at.text_area(key="booking_concern").set_value("Service").run()
    button(at, "booking_next")
    assert "\\*Still\\* squeaks" in shown(at)  # also while the time is agreed
    button(at, next(one.key for one in at.button if one.key and one.key.startswith("offer_")) or "")
    button(at, "booking_book")
    with unit_of_work(garage) as work:
        (row,) = work.db.exec(select(Appointment)).all()
    assert (row.minutes, row.returns) == (60, ReturnKind.COMPLAINT)


def test_a_second_tap_takes_it_back(app: App, car_id: int) -> None:
    at = app("booking", Role.ADVISOR, new=1)
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    for tapped in ([0], []):
        at.button_group(key="facts_booking").set_value(tapped).run()
        assert at.button_group(key="facts_booking").value == tapped
        assert ("Oil service" in shown(at)) == bool(tapped)  # in the sum of the chosen jobs


def test_a_car_without_a_booking_gets_what_is_due_too(app: App, garage: Workspace, car_id: int) -> None:
    at = app("reception", Role.ADVISOR, walk_in=1, car=car_id)
    assert "\\*Still\\* squeaks" in shown(at)
    at.button_group(key="facts_walk_in").set_value([0]).run()
    assert at.multiselect(key="walk_in_jobs").value == [1]


def test_an_earlier_booking_is_booked_again_and_what_was_begun_comes_back(
    app: App, garage: Workspace, car_id: int
) -> None:
    key = booking(garage, MONDAY_9 - timedelta(hours=2), AppointmentStatus.NO_SHOW, plate="XY99 ZZZ", answers={})
    with unit_of_work(garage) as work:
        work.add(AppointmentJob(appointment_id=key, job_id=1, minutes=60))
    begun = app("booking", Role.ADVISOR, new=1)
    begun.text_input(key="booking_search").set_value("ab12").run()
    button(begun, f"choose_{car_id}")
    begun.text_area(key="booking_concern").set_value("Rattles").run()
    at = app("booking", Role.ADVISOR, view="todo")
    button(at, f"todo_step_rebook_{key}")
    assert "XY99 ZZZ" in shown(at)
    button(at, next(one.key for one in at.button if one.key and one.key.startswith("offer_")) or "")
    button(at, "booking_book")
    with unit_of_work(garage) as work:
        rows = work.db.exec(select(Appointment).order_by(col(Appointment.id).desc())).all()
    assert (rows[0].vehicle_id, rows[0].concern) == (rows[1].vehicle_id, "Squeaks")
    again = app("booking", Role.ADVISOR, new=2)
    assert again.text_area(key="booking_concern").value == "Rattles"
