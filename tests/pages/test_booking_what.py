"""What is written down while booking: questions by symptom, packages, stock; the wish, exceptions, and what comes of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.models import Appointment, Part
from services.arrivals import arrive, greet
from services.booking import book
from services.booking_jobs import job_ids_of
from services.packages import put_package
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App
from tests.pages.test_booking import button, choose_oil_service, wish

OIL, PADS, BATTERY = 1, 2, 3
TUESDAY_9, TUESDAY_10 = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (9, 10))
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])


@pytest.fixture
def car_id(garage: Workspace) -> int:
    with unit_of_work(garage) as work:
        return make_car(work).id


@pytest.fixture
def package_id(garage: Workspace) -> int:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        return put_package(work, None, name="Brakes *front*", job_ids=[OIL, PADS]).id


def at_what(app: App, car_id: int, concern: str, role: Role = Role.ADVISOR, language: str = "en") -> AppTest:
    at = app("booking", role, language)
    button(at, "new_booking")
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")
    at.text_area(key="booking_concern").set_value(concern).run()
    return at


def tap(at: AppTest, key: str, value: object) -> None:
    at.button_group(key=key).set_value(value).run()
    assert not at.exception


def booking(garage: Workspace, car_id: int) -> Appointment:
    with reading(garage) as work:
        return work.db.exec(select(Appointment).where(Appointment.vehicle_id == car_id)).one()


def offered(at: AppTest) -> list[str]:
    return [one.key for one in at.button if one.key and one.key.startswith("offer_")]


@LANGUAGES
def test_answers_packages_and_a_question_about_stock_end_up_in_the_booking(
    app: App, garage: Workspace, car_id: int, package_id: int, language: str
) -> None:
    at = at_what(app, car_id, "刹车吱吱响 it squeaks", language=language)
    hints = ["Noise", "Brakes"] if language == "en" else ["异响", "制动"]
    assert at.button_group(key="booking_symptoms").options[:2] == hints
    assert at.button_group(key="booking_symptoms").value == []  # a hint is no choice
    tap(at, "booking_symptoms", ["noise"])
    tap(at, "answer_noise_since", "weeks")
    tap(at, "answer_noise_when", ["turning", "braking"])
    tap(at, "booking_packages", [package_id])
    at.text_input(key="booking_stock").set_value("Ceramic pads?").run()
    button(at, "booking_next")
    wish(at, "2026-11-24", "08:00")
    button(at, "offer_20261124T0800")
    button(at, "booking_book")
    row = booking(garage, car_id)
    assert row.answers == {"noise": {"since": ["weeks"], "when": ["braking", "turning"]}}
    assert (row.stock_question, row.wished_at) == ("Ceramic pads?", row.starts_at)
    with reading(garage) as work:
        assert job_ids_of(work, row.id) == [OIL, PADS]
    shown = " ".join(text.value for text in at.markdown)
    assert ("Since when: some weeks" if language == "en" else "从何时开始：几周前") in shown


def test_a_second_tap_takes_a_package_away_but_not_what_another_one_needs(
    app: App, garage: Workspace, car_id: int, package_id: int
) -> None:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        other = put_package(work, None, name="Z", job_ids=[OIL, BATTERY]).id
    at = at_what(app, car_id, "x")
    tap(at, "booking_packages", [package_id])
    tap(at, "booking_packages", [package_id, other])
    assert at.session_state["booking_draft"].jobs == [OIL, PADS, BATTERY]
    tap(at, "booking_packages", [other])
    assert at.session_state["booking_draft"].jobs == [OIL, BATTERY]
    tap(at, "booking_group", "service")
    tap(at, "booking_jobs_1", [])
    assert at.button_group(key="booking_packages").value == []


def test_what_was_answered_survives_the_way_to_the_times_and_back(app: App, car_id: int, package_id: int) -> None:
    at = at_what(app, car_id, "x")
    tap(at, "booking_symptoms", ["leak"])
    tap(at, "answer_leak_fluid", "black")
    tap(at, "booking_packages", [package_id])
    button(at, "booking_next")
    button(at, "booking_back")
    assert at.button_group(key="answer_leak_fluid").value == "black"
    tap(at, "booking_symptoms", [])
    assert at.session_state["booking_draft"].answers == {}


def test_one_symptom_at_a_time_is_asked_about_and_the_others_are_read(app: App, car_id: int) -> None:
    at = at_what(app, car_id, "x")
    tap(at, "booking_symptoms", ["leak"])
    tap(at, "answer_leak_fluid", "black")
    tap(at, "booking_symptoms", ["leak", "smell"])
    drawn = {one.key for one in at.button_group}
    assert "answer_smell_of" in drawn
    assert "answer_leak_fluid" not in drawn
    assert any("What it looks like: dark, oily" in text.value for text in at.markdown)
    tap(at, "booking_symptom_open", "leak")
    assert at.button_group(key="answer_leak_fluid").value == "black"
    tap(at, "booking_symptoms", ["smell"])
    assert at.session_state["booking_draft"].answers == {"smell": {}}


def test_parts_others_are_booked_for_do_not_count_as_there(app: App, garage: Workspace, car_id: int) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        work.get(Part, 2).on_hand = Decimal(1)
        book(work, make_car(work, plate="B1").id, concern="x", job_ids=[PADS], starts_at=TUESDAY_9)
    at = at_what(app, car_id, "x")
    tap(at, "booking_group", "brakes")
    tap(at, "booking_jobs_2", [PADS])
    assert any("1 × Front brake pads, free: 0" in text.value for text in at.caption)
    button(at, "booking_next")
    wish(at, "2026-11-24", "09:00")
    button(at, "offer_20261124T0900")
    button(at, "booking_book")
    row = booking(garage, car_id)
    assert (row.status.value, row.stock_question) == ("confirmed", "Front brake pads: 1 set")


@LANGUAGES
def test_the_wish_is_taken_by_taps_and_the_first_offer_is_as_asked(app: App, car_id: int, language: str) -> None:
    at = at_what(app, car_id, "x", language=language)
    choose_oil_service(at)
    button(at, "booking_next")
    assert at.button_group(key="booking_days").value == "soon"
    assert len(offered(at)) >= 2
    wish(at, "2026-11-24", "afternoon")
    assert offered(at)[0] == "offer_20261124T1300"
    captions = [text.value for text in at.caption]
    assert any(text.startswith("**as asked**" if language == "en" else "**如客户所愿**") for text in captions)
    wish(at, "2026-11-24", "morning")
    assert offered(at)[0] == "offer_20261124T0800"
    tap(at, "booking_times", "other")
    at.time_input(key="booking_other_time").set_value(TUESDAY_10.time().replace(minute=15)).run()
    assert offered(at)[0] == "offer_20261124T1015"
    assert at.button_group(key="booking_times").value == "10:15"


def test_a_day_further_ahead_is_written_once_and_needs_somebody_who_may(app: App, car_id: int) -> None:
    at = at_what(app, car_id, "x")
    choose_oil_service(at)
    button(at, "booking_next")
    wish(at, "other")
    at.date_input(key="booking_other_day").set_value(date(2026, 12, 15)).run()
    assert any("only a supervisor or the manager" in text.value for text in at.caption)
    assert not [one for one in offered(at) if one.startswith("offer_202612")]
    assert not [one for one in at.text_input if one.key == "booking_exception"]


def test_an_exception_on_a_day_that_is_full_is_booked_with_its_reason(app: App, garage: Workspace, car_id: int) -> None:
    with unit_of_work(garage) as work:
        work.garage.walk_in_percent = 95
    with unit_of_work(as_role(garage, Role.SUPERVISOR)) as work:
        car = make_car(work, plate="B1").id
        book(work, car, concern="x", job_ids=[OIL], starts_at=TUESDAY_9)
    at = at_what(app, car_id, "x", Role.SUPERVISOR)
    choose_oil_service(at)
    button(at, "booking_next")
    wish(at, "2026-11-24", "10:00")
    assert "offer_20261124T1000" not in offered(at)
    at.toggle(key="booking_except").set_value(True).run()
    button(at, "offer_20261124T1000")
    button(at, "booking_book")
    assert len(at.error) == 1
    at.text_input(key="booking_exception").set_value("Towed in").run()
    button(at, "offer_20261124T1000")
    button(at, "booking_book")
    assert booking(garage, car_id).override_reason == "Towed in"


@LANGUAGES
def test_the_jobs_of_a_booking_are_changed_on_its_record(
    app: App, garage: Workspace, car_id: int, language: str
) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = book(work, car_id, concern="x", job_ids=[OIL], starts_at=TUESDAY_10).id
    at = app("booking", Role.ADVISOR, language, appointment=key)
    at.session_state[f"jobs_{key}"] = True
    at.run()
    tap(at, f"booked_{key}_group", "brakes")
    tap(at, f"booked_{key}_jobs_2", [PADS])
    button(at, f"change_jobs_{key}")
    assert len(at.error) == 1  # until the break there are two hours only
    assert at.session_state[f"jobs_of_{key}"] == [OIL, PADS]
    tap(at, f"jobs_in_{key}", [PADS])
    button(at, f"change_jobs_{key}")
    assert not at.error
    with reading(garage) as work:
        assert job_ids_of(work, key) == [PADS]
    assert f"jobs_of_{key}" not in at.session_state


def test_reception_reads_what_was_answered_while_booking(app: App, garage: Workspace, car_id: int) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = book(
            work, car_id, concern="x", job_ids=[OIL], starts_at=TUESDAY_10, answers={"leak": {"much": ["puddle"]}}
        ).id
        order = arrive(work, key)
        greet(work, order.id)
    at = app("reception", Role.ADVISOR, "zh_CN", order=order.id)
    assert any("漏多少：一大滩" in text.value for text in at.markdown)


def test_a_day_tapped_in_the_calendar_of_last_week_still_shows_times(app: App, car_id: int) -> None:
    at = at_what(app, car_id, "x")
    choose_oil_service(at)
    at.session_state["booking_draft"].typed["booking_wish_day"] = date(2026, 11, 20)
    button(at, "booking_next")
    assert at.date_input(key="booking_other_day").value is None
    assert len(offered(at)) >= 2


def test_a_tap_in_the_calendar_comes_with_its_quarter_of_an_hour(app: App, car_id: int) -> None:
    at = at_what(app, car_id, "x")
    choose_oil_service(at)
    quarter = TUESDAY_10.replace(minute=45)
    at.session_state["booking_draft"].typed |= {
        "booking_wish_day": quarter.date(),
        "booking_wish_time": quarter.time(),
    }
    button(at, "booking_next")
    assert (at.button_group(key="booking_days").value, at.button_group(key="booking_times").value) == (
        "2026-11-24",
        "10:45",
    )
    assert offered(at)[0] == "offer_20261124T1045"
