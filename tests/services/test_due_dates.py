"""When something is due: by the date, or by the kilometres a car is expected to have by then."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.due_dates import Reading, first_service, months_on, next_service, use_of

JANUARY = Reading(date(2026, 1, 1), 10_000)
APRIL = Reading(date(2026, 4, 11), 13_000)  # 100 days and 3,000 km later: 30 km a day


@pytest.mark.parametrize(
    ("day", "months", "meant"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_last_day_there_is(day: date, months: int, meant: date) -> None:
    assert months_on(day, months) == meant


def test_two_readings_say_how_a_car_is_driven() -> None:
    use = use_of([APRIL, JANUARY])
    assert use
    assert (use.km, use.days, use.last) == (3_000, 100, APRIL)
    assert use.on_day(date(2026, 4, 21)) == 13_300
    assert use.reaches(15_000) == date(2026, 6, 17)  # 2,000 km at 30 a day: on the 67th day
    assert use.reaches(13_030) == date(2026, 4, 12)
    assert use.reaches(13_000) == APRIL.on
    assert use.reaches(9_000) == APRIL.on


@pytest.mark.parametrize(
    "readings",
    [
        [],
        [JANUARY],
        [JANUARY, Reading(date(2026, 1, 30), 11_000)],  # 29 days
        [JANUARY, Reading(date(2026, 6, 1), 10_000)],  # not driven
        [JANUARY, JANUARY],
        [APRIL, Reading(date(2026, 6, 1), 500)],  # another instrument, read once
    ],
)
def test_too_few_readings_say_nothing(readings: list[Reading]) -> None:
    assert use_of(readings) is None


def test_after_the_odometer_went_back_only_what_follows_counts() -> None:
    changed = Reading(date(2026, 5, 1), 100)
    later = Reading(date(2026, 7, 10), 2_900)
    use = use_of([JANUARY, APRIL, changed, later])
    assert use
    assert (use.km, use.days) == (2_800, 70)


def test_older_readings_count_only_when_there_are_no_newer_ones() -> None:
    old, last = Reading(date(2020, 1, 1), 1_000), Reading(date(2026, 1, 1), 60_000)
    alone = use_of([old, last])
    assert alone
    assert alone.km == 59_000
    newer = use_of([old, Reading(date(2025, 1, 1), 50_000), last])
    assert newer
    assert (newer.km, newer.days) == (10_000, 365)


def test_a_day_nobody_plans_for_is_none() -> None:
    use = use_of([Reading(date(2026, 1, 1), 10_000), Reading(date(2026, 12, 31), 10_001)])
    assert use
    assert use.reaches(2_000_000) is None


def test_what_comes_first_makes_the_service_due() -> None:
    use = use_of([JANUARY, APRIL])
    by_km = next_service(next_on=date(2026, 12, 1), last_on=None, months=None, at_km=15_000, use=use)
    assert by_km == (date(2026, 6, 17), 15_000)
    by_date = next_service(next_on=date(2026, 6, 1), last_on=None, months=None, at_km=15_000, use=use)
    assert by_date == (date(2026, 6, 1), None)
    same_day = next_service(next_on=date(2026, 6, 17), last_on=None, months=None, at_km=15_000, use=use)
    assert same_day == (date(2026, 6, 17), None)


def test_without_readings_only_the_date_counts() -> None:
    assert next_service(next_on=None, last_on=None, months=12, at_km=15_000, use=None) is None
    last = date(2024, 2, 29)
    assert next_service(next_on=None, last_on=last, months=12, at_km=15_000, use=None) == (date(2025, 2, 28), None)
    assert next_service(next_on=None, last_on=last, months=None, at_km=None, use=None) is None


def test_the_first_service_is_due_after_six_months_or_the_shorter_interval() -> None:
    assert first_service(date(2026, 8, 31), None) == date(2027, 2, 28)
    assert first_service(date(2026, 8, 31), 12) == date(2027, 2, 28)
    assert first_service(date(2026, 1, 15), 3) == date(2026, 4, 15)


@given(
    st.lists(st.builds(Reading, st.dates(date(2010, 1, 1), date(2026, 12, 31)), st.integers(0, 500_000)), max_size=8),
    st.integers(0, 3_000_000),
)
def test_the_day_reached_is_the_first_with_that_reading(readings: list[Reading], km: int) -> None:
    use = use_of(readings)
    reached = use.reaches(km) if use else None
    if use and reached:
        assert use.on_day(reached) >= km or reached == use.last.on
        if reached > use.last.on:
            assert use.on_day(date.fromordinal(reached.toordinal() - 1)) < km
