"""Times that go wrong easily: clock changes, a stay across midnight, a garage in another zone than the server, 29 February."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, delete, select

from db.enums import BayKind, Role, Skill
from db.models import OpeningHours, Reservation, Shift
from services.booking import book, move
from services.calendar_days import calendar_days
from services.capacity import capacity
from services.conflicts import CLOSED, conflicts
from services.free_time import Need
from services.offers import offers
from services.opening import close_on
from services.promise_reckoning import open_spans, open_time
from services.slots import Window, instant
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
OIL = 1
HOUR_ON_LIFT = Need(BayKind.LIFT, Skill.SERVICE, 60)


def open_always(work: Work) -> None:
    """Round the clock, everyone at work without a break."""
    work.db.exec(delete(OpeningHours))
    work.db.exec(delete(Shift))
    for weekday in range(7):
        work.add(OpeningHours(weekday=weekday, opens=0, closes=24 * 60))
        for staff_id in (3, 4, 5):
            work.add(Shift(staff_id=staff_id, weekday=weekday, starts=0, ends=24 * 60))
    work.garage.same_day_booking = True


def held(work: Work) -> list[tuple[datetime, datetime]]:
    rows = work.db.exec(select(Reservation).order_by(col(Reservation.id)))
    return [(row.starts_at, row.ends_at) for row in rows if row.bay_id]


def booked(work: Work, at: datetime) -> int:
    plate = f"P{len(held(work))}"
    return book(work, make_car(work, plate=plate).id, concern="Oil", job_ids=[OIL], starts_at=at).id


def test_a_stay_runs_across_midnight(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        open_always(work)
        late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
        for _ in range(2):
            booked(work, late)
        assert held(work) == [(late, late + timedelta(hours=1))] * 2
        free = capacity(work, date(2026, 11, 25))
        assert free.free_times(free.legs([HOUR_ON_LIFT]))[0] == late + timedelta(hours=1)
        assert conflicts(work) == []
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        close_on(work, day=date(2026, 11, 25), reason="")
        assert [one.why for one in conflicts(work)] == [CLOSED, CLOSED]


@pytest.mark.parametrize(
    ("night", "before", "quarters"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 92),
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 100),
    ],
)
def test_an_hour_over_the_clock_change_is_an_hour(ws: Workspace, night: date, before: datetime, quarters: int) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR).at(before - timedelta(days=2))) as work:
        open_always(work)
        free = capacity(work, night)
        assert free.open.bit_count() == free.window.size == quarters
        assert len(free.free_times(free.legs([HOUR_ON_LIFT]))) == quarters - 3  # the last hour needs the next day
        key = booked(work, before)
        assert held(work) == [(before, before + timedelta(hours=1))]
        move(work, key, starts_at=before + timedelta(hours=1))  # the wall clock says the same hour again, or skips one
        assert held(work) == [(before + timedelta(hours=1), before + timedelta(hours=2))]
        assert conflicts(work) == []


def test_opening_hours_are_the_wall_clocks_before_and_after_the_change(ws: Workspace) -> None:
    with unit_of_work(ws.at(datetime(2027, 3, 25, 9, tzinfo=UTC))) as work:
        free = capacity(work, date(2027, 3, 26), 7)
        found = free.free_times(free.legs([HOUR_ON_LIFT]))
        firsts = {moment.astimezone(LONDON).date(): moment for moment in reversed(found)}
        assert {f"{moment.astimezone(LONDON):%H:%M}" for moment in firsts.values()} == {"08:00"}
        assert firsts[date(2027, 3, 26)].hour == 8
        assert firsts[date(2027, 3, 29)].hour == 7
        friday_evening = datetime(2027, 3, 26, 17, tzinfo=UTC)
        assert open_time(list(open_spans(work, friday_evening)), friday_evening, 120) == datetime(
            2027, 3, 29, 8, tzinfo=UTC
        )


def test_the_garages_zone_counts_and_not_the_servers(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        with unit_of_work(ws) as work:
            work.garage.zone = "Pacific/Auckland"
        monday_evening = datetime(2026, 11, 23, 18, tzinfo=UTC)  # Tuesday 7:00 in Auckland
        with unit_of_work(as_role(ws, Role.ADVISOR).at(monday_evening)) as work:
            found = offers(work, [HOUR_ON_LIFT])
            assert found[0].starts_at == datetime(2026, 11, 25, 8, tzinfo=AUCKLAND)  # tomorrow there
            booked(work, found[0].starts_at)
            assert held(work)[0][0] == datetime(2026, 11, 24, 19, tzinfo=UTC)
            assert conflicts(work) == []
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_29th_of_february_is_a_day_like_others(ws: Workspace) -> None:
    leap = date(2028, 2, 29)  # a Tuesday
    with unit_of_work(as_role(ws, Role.ADVISOR).at(datetime(2028, 2, 28, 9, tzinfo=UTC))) as work:
        assert [day.open for day in calendar_days(work, date(2028, 2, 28), 3)] == [True, True, True]
        found = offers(work, [HOUR_ON_LIFT], instant(leap, 10 * 60, LONDON))
        assert found[0].starts_at == datetime(2028, 2, 29, 10, tzinfo=UTC)
        booked(work, found[0].starts_at)
        assert Window.of(leap, 2, LONDON).days == (leap, date(2028, 3, 1))


def test_what_outlasts_the_opening_times_known_ends_after_them() -> None:
    opens = datetime(2027, 3, 1, 8, tzinfo=UTC)
    spans = [(opens, opens + timedelta(hours=8))]
    assert open_time(spans, opens, 10 * 60) == opens + timedelta(hours=10)
    assert open_time([], opens, 60) == opens + timedelta(hours=1)
