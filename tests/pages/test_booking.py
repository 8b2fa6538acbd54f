"""Booking on the screen: the calendar, a booking from search to record, and what is refused on the way."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import AppointmentStatus, Role, UnmetReason
from db.models import Appointment, ContactConsent, Vehicle
from services.booking import book
from services.work import last_event, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


def button(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def choose_oil_service(at: AppTest) -> None:
    """The jobs of the group "service" are drawn; the first is chosen."""
    at.button_group(key="booking_group").set_value("service").run()
    at.button_group(key="booking_jobs_1").set_value([1]).run()
    assert not at.exception


def wish(at: AppTest, day: str, hour: str = "") -> None:
    at.button_group(key="booking_days").set_value(day).run()
    if hour:
        at.button_group(key="booking_times").set_value(hour).run()
    assert not at.exception


@pytest.fixture
def car_id(garage: Workspace) -> int:
    with unit_of_work(garage) as work:
        return make_car(work).id


@pytest.fixture
def booked_id(garage: Workspace, car_id: int) -> int:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return book(work, car_id, concern="*It* squeaks", job_ids=[1], starts_at=TUESDAY_10).id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOLLOW_UP, Role.SUPERVISOR, Role.PARTS_CLERK, Role.MANAGER])
def test_the_calendar_opens_for_everyone_who_may_see_it(app: App, booked_id: int, role: Role, language: str) -> None:
    at = app("booking", role, language)
    assert not at.exception
    assert not at.error


def test_a_technician_does_not_see_it(app: App) -> None:
    at = app("booking", Role.TECHNICIAN)
    assert not [one for one in at.button if one.key == "new_booking"]


def test_a_known_car_is_booked_in_three_steps(app: App, garage: Workspace, car_id: int) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    at.text_area(key="booking_concern").set_value("Oil lamp is on").run()
    choose_oil_service(at)
    button(at, "booking_next")
    wish(at, "2026-11-24", "10:00")
    button(at, "offer_20261124T1000")
    button(at, "booking_book")
    with unit_of_work(garage) as work:
        (row,) = work.db.exec(select(Appointment)).all()
    assert (row.status, row.starts_at, row.concern) == (AppointmentStatus.CONFIRMED, TUESDAY_10, "Oil lamp is on")
    assert at.query_params["appointment"] == str(row.id)
    assert row.number.replace("-", "\\-") in [text.value for text in at.markdown]


def test_a_caller_nobody_knows_is_made_on_the_spot(app: App, garage: Workspace) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("XY99 ZZZ").run()
    assert at.text_input(key="booking_plate").value == "XY99 ZZZ"
    at.text_input(key="booking_name").set_value("![x](http://y)")
    at.text_input(key="booking_car").set_value("Ford Focus")
    at.text_input(key="booking_phone").set_value("123")
    button(at, "booking_make")
    assert [error.value for error in at.error] == ["This phone number cannot be read\\."]
    assert at.text_input(key="booking_car").value == "Ford Focus"
    at.text_input(key="booking_phone").set_value("+447700900456")
    at.toggle(key="booking_messages").set_value(True)
    button(at, "booking_make")
    with unit_of_work(garage) as work:
        (car,) = work.db.exec(select(Vehicle)).all()
        assert (car.plate, car.make, car.model) == ("XY99 ZZZ", "Ford", "Focus")
        assert len(work.db.exec(select(ContactConsent)).all()) == 1
    assert at.text_area(key="booking_concern").value == ""


def test_a_place_that_was_just_taken_keeps_what_was_typed_and_offers_other_times(
    app: App, garage: Workspace, car_id: int
) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    at.text_area(key="booking_concern").set_value("Oil lamp is on").run()
    choose_oil_service(at)
    button(at, "booking_next")
    wish(at, "2026-11-24", "10:00")
    button(at, "offer_20261124T1000")
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        for plate in ("B1", "B2"):
            book(work, make_car(work, plate=plate).id, concern="x", job_ids=[1], starts_at=TUESDAY_10)
    button(at, "booking_book")
    assert [error.value for error in at.error] == ["That time was just taken\\. Please choose another\\."]
    offered = [one.key for one in at.button if one.key and one.key.startswith("offer_")]
    assert "offer_20261124T1000" not in offered
    assert len(offered) >= 2
    button(at, offered[0] or "")
    button(at, "booking_book")
    with unit_of_work(garage) as work:
        rows = work.db.exec(select(Appointment).where(Appointment.vehicle_id == car_id)).all()
    assert [row.concern for row in rows] == ["Oil lamp is on"]


def test_nothing_goes_on_without_a_concern_and_a_job(app: App, car_id: int) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    button(at, "booking_next")
    assert [error.value for error in at.error] == ["Please fill in: Concern."]
    at.text_area(key="booking_concern").set_value("Oil").run()
    button(at, "booking_next")
    assert [error.value for error in at.error] == ["Please fill in: Jobs."]
    assert at.text_area(key="booking_concern").value == "Oil"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_record_shows_the_booking_and_cancels_it_with_a_reason(
    app: App, garage: Workspace, booked_id: int, language: str
) -> None:
    at = app("booking", Role.ADVISOR, language, appointment=booked_id)
    assert not at.exception
    assert "\\*It\\* squeaks" in [text.value for text in at.markdown]
    button(at, f"cancel_{booked_id}")
    assert len(at.error) == 1
    at.text_input(key=f"cancel_reason_{booked_id}").set_value("Sold")
    button(at, f"cancel_{booked_id}")
    with unit_of_work(garage) as work:
        row = work.get(Appointment, booked_id)
    assert (row.status, row.reason) == (AppointmentStatus.CANCELLED, "Sold")


@pytest.mark.parametrize("wrong", ["0", "4711", "x", "-3", "1%3Bdrop", "99999999999999"])
def test_a_booking_that_does_not_exist_is_said_so(app: App, wrong: str) -> None:
    at = app("booking", Role.ADVISOR, appointment=wrong)
    assert not at.exception
    assert len(at.warning) == 1
    button(at, "back")


def test_a_supervisor_makes_an_exception_with_a_reason_and_an_advisor_cannot(
    app: App, garage: Workspace, car_id: int
) -> None:
    for role in (Role.ADVISOR, Role.SUPERVISOR):
        at = app("booking", role)
        button(at, "new_booking")
        at.text_input(key="booking_search").set_value("ab12").run()
        button(at, f"choose_{car_id}")
        at.text_area(key="booking_concern").set_value("Towed in").run()
        choose_oil_service(at)
        button(at, "booking_next")
        if role == Role.SUPERVISOR:
            wish(at, "2026-11-23", "15:00")
        else:
            wish(at, "other")
            at.date_input(key="booking_other_day").set_value(date(2026, 11, 23)).run()
        offered = [one.key for one in at.button if one.key and one.key.startswith("offer_20261123")]
        assert bool(offered) == (role == Role.SUPERVISOR)
    button(at, "offer_20261123T1500")
    button(at, "booking_book")
    assert [error.value for error in at.error] == [
        "Bookings are taken from tomorrow on\\. A supervisor or the manager may make an exception, with a reason\\."
    ]
    at.text_input(key="booking_exception").set_value("Towed in from the motorway").run()
    button(at, "offer_20261123T1500")
    button(at, "booking_book")
    with unit_of_work(garage) as work:
        (row,) = work.db.exec(select(Appointment)).all()
    assert row.override_reason == "Towed in from the motorway"


def test_a_wish_that_nothing_suits_is_kept_with_its_reason(app: App, garage: Workspace, car_id: int) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    at.text_area(key="booking_concern").set_value("Oil").run()
    choose_oil_service(at)
    button(at, "booking_next")
    at.button_group(key="booking_unmet").set_value(UnmetReason.TIME).run()
    at.text_input(key="booking_unmet_note").set_value("Only at night").run()
    button(at, "booking_keep_wish")
    with unit_of_work(garage) as work:
        (row,) = work.db.exec(select(Appointment)).all()
    assert (row.status, row.unmet_reason, row.reason) == (AppointmentStatus.UNMET, UnmetReason.TIME, "Only at night")


def test_a_booking_is_moved_to_a_new_offer_and_keeps_both_times(app: App, garage: Workspace, booked_id: int) -> None:
    at = app("booking", Role.ADVISOR, appointment=booked_id)
    at.session_state[f"move_{booked_id}"] = True
    at.run()
    offered = [one.key for one in at.button if one.key and one.key.startswith(f"move_{booked_id}_")]
    assert len(offered) >= 2
    button(at, offered[0] or "")
    with unit_of_work(garage) as work:
        row = work.get(Appointment, booked_id)
        event = last_event(work, row)
    assert event is not None
    assert row.starts_at is not None
    assert (event.details["was"], event.details["now"]) == (TUESDAY_10.isoformat(), row.starts_at.isoformat())


def test_what_was_typed_survives_a_look_at_the_calendar(app: App, car_id: int) -> None:
    at = app("booking", Role.ADVISOR)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    at.text_area(key="booking_concern").set_value("Oil lamp is on").run()
    choose_oil_service(at)
    button(at, "booking_leave")
    button(at, "new_booking")
    assert at.text_area(key="booking_concern").value == "Oil lamp is on"
    button(at, "booking_next")
    assert [one for one in at.button if one.key and one.key.startswith("offer_")]
