"""A booking begun survives a reload and goes on at the person's other tablet."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.models import Appointment, Draft
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App
from tests.pages.test_booking import button, choose_oil_service


@pytest.fixture
def car_id(garage: Workspace) -> int:
    with unit_of_work(garage) as work:
        return make_car(work).id


def tablet(app: App, number: int) -> AppTest:
    return app("booking", Role.ADVISOR, new=number)


def rows(garage: Workspace) -> list[Draft]:
    with unit_of_work(garage) as work:
        return list(work.db.exec(select(Draft)).all())


def choose(at: AppTest, car_id: int) -> None:
    at.text_input(key="booking_search").set_value("ab12").run()
    button(at, f"choose_{car_id}")


def test_nothing_is_kept_before_something_is_written(app: App, garage: Workspace, car_id: int) -> None:
    at = tablet(app, 1)
    at.text_input(key="booking_search").set_value("ab12").run()
    assert rows(garage) == []


def test_another_tablet_goes_on_where_the_first_one_stands_and_both_changes_count(
    app: App, garage: Workspace, car_id: int
) -> None:
    first = tablet(app, 1)
    choose(first, car_id)
    first.text_area(key="booking_concern").set_value("Squeaks").run()
    second = tablet(app, 2)
    assert second.text_area(key="booking_concern").value == "Squeaks"
    second.text_area(key="booking_concern").set_value("Squeaks when cold").run()
    first.text_area(key="booking_note").set_value("Pads").run()
    assert first.text_area(key="booking_concern").value == "Squeaks when cold"
    (row,) = rows(garage)
    assert row.data["booking_note"] == "Pads"
    assert row.data["vehicle_id"] == car_id


def test_a_tablet_left_open_begins_anew_after_the_booking_was_thrown_away_at_the_other(
    app: App, garage: Workspace, car_id: int
) -> None:
    first = tablet(app, 1)
    choose(first, car_id)
    second = tablet(app, 2)
    button(second, "booking_drop")
    assert rows(garage) == []
    first.text_area(key="booking_concern").set_value("Squeaks").run()
    assert not first.text_area  # back at the search
    assert [one.value for one in first.toast] == ["This booking was finished or thrown away at your other tablet."]
    assert rows(garage) == []


def test_a_day_that_has_passed_and_words_nobody_can_read_are_left_out(app: App, garage: Workspace, car_id: int) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        data = {"vehicle_id": car_id, "step": 1, "booking_concern": "Oil", "booking_wish_day": {"$date": "2026-11-20"},
                "booking_channel": {"$choice": ["Channel", "pigeon"]}, "gone": 1}  # fmt: skip
        work.add(Draft(staff_id=work.by.id or 0, kind="booking", data=data, saved_at=work.now))
    at = tablet(app, 1)
    assert not at.exception
    assert at.text_area(key="booking_concern").value == "Oil"
    kept = rows(garage)[0].data
    assert kept.pop("once")
    assert kept == {"vehicle_id": car_id, "step": 1, "booking_concern": "Oil"}


def test_what_was_booked_at_one_tablet_is_not_booked_again_at_the_other(
    app: App, garage: Workspace, car_id: int
) -> None:
    first = tablet(app, 1)
    choose(first, car_id)
    first.text_area(key="booking_concern").set_value("Squeaks").run()
    choose_oil_service(first)
    button(first, "booking_next")
    second = tablet(app, 2)
    for at in (first, second):
        button(at, next(one.key for one in at.button if one.key and one.key.startswith("offer_")) or "")
    button(second, "booking_book")
    button(first, "booking_book")
    with unit_of_work(garage) as work:
        assert len(work.db.exec(select(Appointment)).all()) == 1
    assert [error.value for error in first.error] == ["This was already done; the second tap changed nothing\\."]
