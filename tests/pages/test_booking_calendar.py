"""The booking calendar on the screen: its views, how full the days are, and what a tap or a drag does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.models import Appointment, Job, Reservation
from services.booking import book
from services.opening import close_on
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App
from ui.calendar_acts import DayTapped, Moved, Picked, Tapped, read_act

TUESDAY = date(2026, 11, 24)
TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
WALL_10 = datetime.fromisoformat("2026-11-24T10:00")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the calendar was given, run by run."""
    found: list[dict[str, Any]] = []
    for module in ("ui.booking_board", "ui.booking_month"):
        monkeypatch.setattr(f"{module}.calendar", lambda key, **given: found.append(given))
    return found


@pytest.fixture
def booked(garage: Workspace) -> Appointment:
    """An oil service for two people, Tuesday at ten."""
    with unit_of_work(as_role(garage, Role.SUPERVISOR)) as work:
        work.get(Job, 1).people = 2
        return book(work, make_car(work).id, concern="Oil", job_ids=[1], starts_at=TUESDAY_10)


def open_view(app: App, view: str, language: str = "en", role: Role = Role.ADVISOR) -> AppTest:
    at = app("booking", role, language)
    at.date_input(key="booking_day").set_value(TUESDAY).run()
    at.button_group(key="booking_view").set_value(view).run()
    assert not at.exception
    return at


def test_both_people_of_a_stay_show_it_and_the_bay_shows_it_once(
    app: App, booked: Appointment, shown: list[dict[str, Any]]
) -> None:
    at = open_view(app, "people_day")
    events = shown[-1]["events"]
    assert [event.start for event in events] == [WALL_10, WALL_10]
    assert len({event.resource_id for event in events}) == 2
    at.button_group(key="booking_view").set_value("bays_day").run()
    assert [event.resource_id for event in shown[-1]["events"]] == ["1"]


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["3 % · 1 car", "closed", "Stocktaking"]), ("zh_CN", ["3% · 1 台", "休息", "Stocktaking"]),
])  # fmt: skip
def test_week_and_month_say_how_full_each_day_is_and_why_it_is_closed(
    app: App, garage: Workspace, booked: Appointment, shown: list[dict[str, Any]], language: str, words: list[str]
) -> None:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        close_on(work, day=TUESDAY + timedelta(days=1), reason="Stocktaking")
    at = open_view(app, "bays_day", language)
    for view in ("week", "month"):
        at.button_group(key="booking_view").set_value(view).run()
        days = {event.start.date(): event for event in shown[-1]["events"] if event.all_day}
        found = [days[TUESDAY], days[TUESDAY + timedelta(days=4)], days[TUESDAY + timedelta(days=1)]]
        assert [event.title for event in found] == words
        assert found[0].color != found[1].color
        assert len(days) == (7 if view == "week" else 42)
    at.date_input(key="booking_day").set_value(TUESDAY + timedelta(days=1)).run()
    at.button_group(key="booking_view").set_value("bays_day").run()
    assert [line.value for line in at.caption] == [":material/event_busy: Stocktaking"]


def test_a_tapped_day_opens_by_bay(app: App, booked: Appointment, shown: list[dict[str, Any]]) -> None:
    at = open_view(app, "month")
    at.button(key="month_on").click().run()
    assert (at.session_state["booking_day"], shown[-1]["day"]) == (date(2026, 12, 1), date(2026, 12, 1))
    at.button(key="month_back").click().run()
    assert at.session_state["booking_day"] == date(2026, 11, 1)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR])
def test_only_who_may_make_an_exception_is_asked_for_its_reason(
    app: App, garage: Workspace, booked: Appointment, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    with unit_of_work(garage) as work:
        work.garage.book_days_ahead = 1
    with reading(garage) as work:
        held = next(row for row in work.db.exec(select(Reservation)) if row.bay_id)
    act = Moved(str(held.id), WALL_10 + timedelta(days=1), WALL_10 + timedelta(days=1, hours=1), str(held.bay_id))
    at = open_view(app, "bays_day", role=role)
    _once(monkeypatch, act)
    at.run()
    asked = [one.key for one in at.button if one.key == "drag_anyway"]
    assert bool(asked) == (role == Role.SUPERVISOR)
    assert bool(at.error) == (role == Role.ADVISOR)
    if asked:
        at.button(key="drag_leave").click().run()
        assert not [one for one in at.button if one.key == "drag_anyway"]
    with reading(garage) as work:
        assert work.get(Appointment, booked.id).starts_at == TUESDAY_10


def _once(monkeypatch: pytest.MonkeyPatch, act: Moved) -> None:
    """The calendar reports the act at the next run, and then no more."""
    import ui.booking_board

    acts, real = [act], ui.booking_board.board

    def board(day: date) -> None:
        while acts:
            ui.booking_board._acted(acts.pop())
        real(day)

    monkeypatch.setattr("ui.booking_screens.board", board)


MOMENT = "2026-11-24T10:15:00Z"


@pytest.mark.parametrize(("sent", "act"), [
    ({"callback": "eventClick", "eventClick": {"event": {"id": "7", "start": MOMENT}}}, Tapped("7")),
    ({"callback": "eventClick", "eventClick": {"event": {"id": "day_2026-11-24", "start": "2026-11-24", "allDay": True}}},
     DayTapped(TUESDAY)),
    ({"callback": "eventClick", "eventClick": {"event": {"display": "background", "start": MOMENT}}}, None),
    ({"callback": "dateClick", "dateClick": {"date": MOMENT, "allDay": False, "resource": {"id": "2"}}},
     Picked(WALL_10 + timedelta(minutes=15), None, "2")),
    ({"callback": "dateClick", "dateClick": {"date": "2026-11-24T00:00:00Z", "allDay": True}}, DayTapped(TUESDAY)),
    ({"callback": "select", "select": {"start": "2026-11-24T00:00:00Z", "end": "2026-11-25T00:00:00Z", "allDay": True}},
     DayTapped(TUESDAY)),
    ({"callback": "eventChange", "eventChange": {"event": {"id": "7", "start": "soon", "end": MOMENT}}}, None),
    ({"callback": "eventsSet"}, None),
    (None, None),
])  # fmt: skip
def test_what_the_browser_sends_is_read_or_left(sent: object, act: object) -> None:
    assert read_act(sent) == act
