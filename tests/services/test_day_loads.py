"""How full each day of a month is."""

from datetime import UTC, date, datetime, timedelta

from db.enums import Role
from db.models import Reservation
from services.booking import book
from services.calendar_days import MAKE_UP
from services.day_loads import DayLoad, cars_by_day, day_loads
from services.opening import close_on
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

MONDAY = date(2026, 11, 23)
TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


def loads(ws: Workspace, first: date = MONDAY, days: int = 7) -> list[DayLoad]:
    with reading(ws) as work:
        return day_loads(work, first, days)


def test_a_day_has_its_share_its_cars_and_why_it_is_closed(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        close_on(work, day=MONDAY + timedelta(days=3), reason="Stocktaking")
        for plate in ("A1", "A2"):
            book(
                work,
                make_car(work, plate=plate).id,
                concern="x",
                job_ids=[1, 2],
                starts_at=TUESDAY_10 + timedelta(hours=3),
            )
    found = loads(ws)
    assert [one.day for one in found] == [MONDAY + timedelta(days=number) for number in range(7)]
    assert [one.share for one in found] == [0.0, 20 / 120, 0.0, None, 0.0, None, None]  # 2 × 150 min of 3 bays × 10 h
    assert [one.cars for one in found] == [0, 2, 0, 0, 0, 0, 0]
    assert [one.reason for one in found] == ["", "", "", "Stocktaking", "", "", ""]


def test_a_car_that_stays_over_night_counts_on_both_days_and_once_however_many_places_it_has(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        row = book(work, make_car(work).id, concern="x", job_ids=[1], starts_at=TUESDAY_10)
        late = TUESDAY_10.replace(hour=17)
        work.add(Reservation(appointment_id=row.id, bay_id=2, starts_at=late, ends_at=late + timedelta(days=1)))
    assert [one.cars for one in loads(ws)] == [0, 1, 1, 0, 0, 0, 0]


def test_what_ends_at_midnight_is_not_there_on_the_day_that_begins() -> None:
    evening, midnight = datetime(2026, 11, 23, 22, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    assert cars_by_day([(1, evening, midnight), (2, evening, midnight + timedelta(minutes=15))]) == {
        MONDAY: 2,
        MONDAY + timedelta(days=1): 1,
    }


def test_a_public_holiday_says_its_name_and_a_make_up_day_that_it_is_one(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        work.garage.country, work.garage.keeps_holidays, work.garage.zone = "CN", True, "Asia/Shanghai"
    found = {one.day: one for one in loads(ws, date(2024, 9, 28), 5)}  # 29 September 2024 was worked for National Day
    assert (found[date(2024, 9, 29)].share, found[date(2024, 9, 29)].reason) == (0.0, MAKE_UP)
    assert found[date(2024, 10, 1)].share is None
    assert found[date(2024, 10, 1)].reason


def test_an_old_or_far_booking_costs_nothing_and_is_not_counted(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        row = book(work, make_car(work).id, concern="x", job_ids=[1], starts_at=TUESDAY_10)
        for days in (-30, 30):
            at = TUESDAY_10 + timedelta(days=days)
            work.add(Reservation(appointment_id=row.id, bay_id=1, starts_at=at, ends_at=at + timedelta(hours=1)))
    assert sum(one.cars for one in loads(ws)) == 1
