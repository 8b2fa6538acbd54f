"""Special days, holidays and booking rules as the manager sets them, and the bookings that no longer fit then."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.models import ClosingDay
from services.booking import book
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
OIL, TOM = 1, 3
CHRISTMAS = date(2026, 12, 25)


def section(app: App, name: str, language: str = "en") -> AppTest:
    at = app("settings", Role.MANAGER, language, section=name)
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def lines(at: AppTest) -> str:
    return "\n".join(line.value for line in at.markdown)


@pytest.fixture
def booked(garage: Workspace) -> int:
    """Tom's booking of Tuesday at ten."""
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return book(work, make_car(work).id, concern="Oil", job_ids=[OIL], starts_at=TUESDAY_10, staff_id=TOM).id


@pytest.mark.parametrize(("language", "said"), [("en", "1 booking no longer fits"), ("zh_CN", "1 个预约需要重新安排")])
def test_an_absence_over_a_booking_lists_it_one_tap_away(app: App, booked: int, language: str, said: str) -> None:
    at = section(app, "people", language)
    at.button_group(key="person_chosen").set_value(TOM).run()
    assert said not in lines(at)
    at.datetime_input(key=f"absence_from_{TOM}").set_value(TUESDAY_10.replace(hour=8, tzinfo=None))
    at.datetime_input(key=f"absence_to_{TOM}").set_value(TUESDAY_10.replace(day=25, tzinfo=None))
    click(at, f"absence_add_{TOM}")
    assert said in lines(at)
    assert at.button(key=f"conflict_{booked}_0").label in ("Open", "打开")


@pytest.mark.usefixtures("booked")
def test_a_day_that_is_closed_lists_its_bookings_until_it_is_open_again(app: App) -> None:
    at = section(app, "hours")
    at.date_input(key="closing_day").set_value(TUESDAY_10.date())
    at.text_input(key="closing_reason").set_value("Stocktaking")
    click(at, "closing_add")
    assert "The garage is closed: Stocktaking" in lines(at)
    click(at, f"as_usual_{TUESDAY_10.date()}")
    assert "no longer fit" not in lines(at)


@pytest.mark.parametrize(("language", "name"), [("en", "Christmas Day"), ("zh_CN", "Christmas Day")])
def test_a_holiday_is_listed_and_the_garage_stays_open_on_it(
    app: App, garage: Workspace, language: str, name: str
) -> None:
    with unit_of_work(garage) as work:
        work.garage.keeps_holidays = True
    at = section(app, "hours", language)
    assert name in lines(at)
    click(at, f"stay_open_{CHRISTMAS}")
    with reading(garage) as work:
        said = work.db.get(ClosingDay, CHRISTMAS)
        assert said
        assert (said.open, said.opens) == (True, None)
    click(at, f"as_usual_{CHRISTMAS}")
    with reading(garage) as work:
        assert work.db.get(ClosingDay, CHRISTMAS) is None


def test_a_day_is_open_with_hours_of_its_own(app: App, garage: Workspace) -> None:
    sunday = TUESDAY_10.date() + timedelta(days=5)
    at = section(app, "hours")
    at.date_input(key="closing_day").set_value(sunday)
    at.button_group(key="closing_kind").set_value("open").run()
    at.time_input(key="closing_from").set_value(time(9))
    at.time_input(key="closing_to").set_value(time(12, 30))
    click(at, "closing_add")
    assert "09:00–12:30" in lines(at).replace("\\", "")
    with reading(garage) as work:
        said = work.db.get(ClosingDay, sunday)
        assert said
        assert (said.open, said.opens, said.closes) == (True, 540, 750)
