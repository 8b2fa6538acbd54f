"""What kind of day a date is: weekly hours, public holidays, make-up working days, and the manager's word over all of them."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from db.enums import BayKind, Role, Skill
from services.calendar_days import MAKE_UP, Day, calendar_days, days_ahead, is_open, next_open_day
from services.capacity import capacity
from services.capacity_refusals import ClosedDay
from services.free_time import Need
from services.opening import as_usual_on, close_on, open_on, set_hours
from services.public_holidays import make_up_days, public_holidays
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role

NATIONAL_DAY = date(2026, 10, 1)  # a Thursday
MADE_UP_SUNDAY, MADE_UP_SATURDAY = date(2026, 9, 20), date(2026, 10, 10)
SEPTEMBER = datetime(2026, 9, 14, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def china(ws: Workspace) -> Workspace:
    """The garage in Shanghai, in September, keeping holidays."""
    with unit_of_work(ws) as work:
        work.garage.country, work.garage.zone, work.garage.keeps_holidays = "CN", "Asia/Shanghai", True
        work.garage.language = "zh_CN"
    return as_role(ws, Role.MANAGER).at(SEPTEMBER)


def day(work: Work, one: date) -> Day:
    return calendar_days(work, one, 1)[0]


def test_a_public_holiday_is_closed_and_named_in_the_users_language(china: Workspace) -> None:
    with reading(china) as work:
        assert day(work, NATIONAL_DAY) == Day(NATIONAL_DAY, None, 3, "国庆节", "国庆节")
    with unit_of_work(china) as work:
        work.garage.language = "en"
        assert day(work, NATIONAL_DAY).reason == "National Day"
        work.garage.keeps_holidays = False
        assert day(work, NATIONAL_DAY) == Day(NATIONAL_DAY, (480, 1080), 3)


def test_a_make_up_day_takes_mondays_hours_and_shifts_when_its_weekday_has_none(china: Workspace) -> None:
    with unit_of_work(china) as work:
        assert day(work, MADE_UP_SUNDAY) == Day(MADE_UP_SUNDAY, (480, 1080), 0, MAKE_UP)
        free = capacity(work, MADE_UP_SUNDAY)
        assert free.open.bit_count() == 40
        assert [person.stretch.bit_count() for person in free.people] == [36] * 10  # ten people, an hour's break
        set_hours(work, hours={0: ("8:00", "18:00"), 5: ("9:00", "13:00")})
        assert day(work, MADE_UP_SATURDAY) == Day(MADE_UP_SATURDAY, (540, 780), 5, MAKE_UP)


def test_the_managers_word_counts_more_both_ways(china: Workspace) -> None:
    with unit_of_work(china) as work:
        open_on(work, day=NATIONAL_DAY, hours=("9:00", "12:30"), reason="Busy")
        assert day(work, NATIONAL_DAY) == Day(NATIONAL_DAY, (540, 750), 3, "Busy", "国庆节", special=True)
        open_on(work, day=NATIONAL_DAY)
        assert day(work, NATIONAL_DAY).hours == (480, 1080)
        as_usual_on(work, day=NATIONAL_DAY)
        assert not is_open(work, NATIONAL_DAY)
        close_on(work, day=MADE_UP_SUNDAY, reason="")
        assert not is_open(work, MADE_UP_SUNDAY)
        open_on(work, day=date(2026, 9, 27))  # a Sunday: as long as on Mondays
        assert day(work, date(2026, 9, 27)).hours == (480, 1080)


def test_the_next_open_day_skips_weekend_holidays_and_closing_days(china: Workspace) -> None:
    with unit_of_work(china) as work:
        assert next_open_day(work, date(2026, 9, 18)) == date(2026, 9, 20)  # Friday, then the made-up Sunday
        assert next_open_day(work, date(2026, 9, 30)) == date(2026, 10, 8)
        close_on(work, day=date(2026, 10, 8), reason="Stocktaking")
        assert next_open_day(work, date(2026, 9, 30)) == date(2026, 10, 9)


def test_the_days_ahead_that_are_not_as_every_week_are_listed(china: Workspace) -> None:
    with unit_of_work(china) as work:
        close_on(work, day=date(2026, 9, 16), reason="Stocktaking")
        found = [(one.day.day, one.open, one.reason) for one in days_ahead(work, 20)]
        assert found == [
            (16, False, "Stocktaking"), (20, True, MAKE_UP), (25, False, "中秋节"), (1, False, "国庆节"), (2, False, "国庆节"),
            (3, False, "国庆节"),
        ]  # fmt: skip


def test_a_country_the_package_does_not_have_keeps_none() -> None:
    assert public_holidays("XX", 2026, "en") == {}
    assert make_up_days("XX", 2026) == frozenset()


def test_names_come_in_english_where_the_package_has_no_chinese() -> None:
    assert public_holidays("GB", 2026, "zh_CN")[date(2026, 12, 25)] == "Christmas Day"
    assert public_holidays("DE", 2026, "en")[date(2026, 10, 3)] == "German Unity Day"


def test_holidays_cost_no_query_of_their_own(china: Workspace) -> None:
    counted: list[Any] = []
    with reading(china) as work:
        work.garage  # noqa: B018
        event.listen(china.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
        capacity(work, NATIONAL_DAY, 7)
        assert len(counted) == 8
        next_open_day(work, NATIONAL_DAY)
        assert len(counted) == 10


def test_a_holiday_is_said_in_the_language_of_who_reads_it(china: Workspace) -> None:
    with unit_of_work(china) as work:
        found = day(work, NATIONAL_DAY)
        assert (found.said("en"), found.said("zh_CN")) == ("National Day", "国庆节")
        assert day(work, MADE_UP_SUNDAY).said("zh_CN") == "调休上班"
        close_on(work, day=NATIONAL_DAY, reason="Stocktaking")
        assert day(work, NATIONAL_DAY).said("zh_CN") == "Stocktaking"
    with unit_of_work(china.at(SEPTEMBER + timedelta(days=14))) as work:
        as_usual_on(work, day=NATIONAL_DAY)
        free = capacity(work, NATIONAL_DAY)
        with pytest.raises(ClosedDay) as refused:
            free.place(free.legs([Need(BayKind.LIFT, Skill.SERVICE, 60)]), SEPTEMBER + timedelta(days=17))
        assert refused.value.say("en") == "The garage is closed on that day: National Day."
        assert refused.value.say("zh_CN").endswith("国庆节。")
