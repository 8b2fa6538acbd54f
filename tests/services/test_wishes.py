"""A customer's wish as said on the phone, and how full the days are."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, event

from db.enums import BayKind, Role, Skill
from db.models import ClosingDay, DayLimit
from services.booking import book
from services.catalogue import estimate
from services.free_time import Need
from services.wishes import AFTERNOON, MORNING, Mood, as_asked, wishes
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)
TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
OIL, PADS = 1, 2


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def needs(work: Work, job: int = OIL) -> list[Need]:
    return estimate(work, [job]).needs


def fill(work: Work, hours: range) -> None:
    for hour in hours:
        for lift in (1, 2):
            car = make_car(work, plate=f"F{hour}{lift}").id
            book(work, car, concern="x", job_ids=[OIL], starts_at=TUESDAY_8 + (hour - 8) * HOUR, bay_id=lift)


def test_the_days_that_can_be_booked_say_how_full_they_are(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(ClosingDay(day=date(2026, 11, 26), reason="Stocktaking"))
        fill(work, range(8, 12))
        found = wishes(work, needs(work))
        assert [(one.day.day, one.mood) for one in found.days[:6]] == [
            (24, Mood.FAIR), (25, Mood.QUIET), (26, Mood.CLOSED), (27, Mood.QUIET), (28, Mood.CLOSED), (29, Mood.CLOSED),
        ]  # fmt: skip
        assert all(one.allowed for one in found.days)
        fill(work, range(13, 17))
        assert wishes(work, needs(work)).days[0].mood == Mood.BUSY
        fill(work, range(17, 18))
        assert wishes(work, needs(work)).days[0].mood == Mood.FULL


def test_a_day_that_has_all_its_bookings_of_a_kind_is_full(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(DayLimit(group="service", most=1))
        book(work, make_car(work).id, concern="x", job_ids=[OIL], starts_at=TUESDAY_8)
        assert [one.mood for one in wishes(work, needs(work)).days[:2]] == [Mood.FULL, Mood.QUIET]
        assert wishes(work, needs(work, PADS)).days[0].mood == Mood.QUIET


def test_today_and_a_day_far_ahead_are_shown_as_exceptions(advisor: Workspace) -> None:
    with reading(advisor) as work:
        assert [(one.day, one.allowed) for one in wishes(work, needs(work), today=True).days[:2]] == [
            (MONDAY, False),
            (TUESDAY, True),
        ]
        far = date(2027, 2, 1)
        assert [(one.day, one.allowed) for one in wishes(work, needs(work), day=far).days] == [(far, False)]
        assert wishes(work, needs(work)).day(far) is None


def test_a_wish_becomes_the_first_free_time_of_the_part_of_the_day(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        fill(work, range(8, 10))
        found = wishes(work, needs(work))
        assert found.moment(TUESDAY) == TUESDAY_8 + 2 * HOUR
        assert found.moment(TUESDAY, MORNING) == TUESDAY_8 + 2 * HOUR
        assert found.moment(TUESDAY, AFTERNOON) == TUESDAY_8 + 5 * HOUR  # everybody rests from twelve to one
        assert found.moment(TUESDAY, AFTERNOON, time(8, 15)) == TUESDAY_8 + HOUR / 4  # a time said counts, free or not
        assert found.moment(SATURDAY) is not None  # closed: the offers show what is nearest
        assert (found.moment(None), found.moment(MONDAY)) == (None, None)


def test_the_hours_to_tap_are_those_the_garage_is_open(advisor: Workspace) -> None:
    with reading(advisor) as work:
        found = wishes(work, needs(work))
        assert [hour.hour for hour in found.days[0].full_hours()] == list(range(8, 18))
        assert found.days[4].full_hours() == []


@pytest.mark.parametrize(
    ("booked_hour", "day", "part", "at", "kept_hour"),
    [
        (14, TUESDAY, AFTERNOON, None, 14),
        (10, TUESDAY, AFTERNOON, None, 13),
        (10, TUESDAY, None, None, 10),
        (14, TUESDAY, None, time(13), 13),
        (14, MONDAY, AFTERNOON, None, 13),
    ],
)
def test_a_time_that_suits_an_open_wish_was_asked_for(
    booked_hour: int, day: date, part: str | None, at: time | None, kept_hour: int
) -> None:
    booked, wish = (TUESDAY_8.replace(hour=hour) for hour in (booked_hour, 13))
    assert as_asked(booked, wish, day, part, at) == TUESDAY_8.replace(hour=kept_hour)


def test_as_soon_as_possible_is_no_wish_for_a_time() -> None:
    assert as_asked(TUESDAY_8, None, None, None, None) is None


def test_what_the_garage_cannot_do_still_shows_the_days(advisor: Workspace) -> None:
    with reading(advisor) as work:
        found = wishes(work, [Need(BayKind.BODY, Skill.BODY, 60)])
        assert (found.days[0].mood, found.starts) == (Mood.QUIET, 0)


def test_the_number_of_queries_does_not_grow_with_the_bookings(advisor: Workspace, engine: Engine) -> None:
    def counted() -> int:
        seen: list[object] = []
        with reading(advisor) as work:
            asked = needs(work)
            event.listen(engine, "before_cursor_execute", count := lambda *_: seen.append(1))
            wishes(work, asked)
            event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    before = counted()
    with unit_of_work(advisor) as work:
        fill(work, range(8, 12))
    assert counted() == before <= 10
