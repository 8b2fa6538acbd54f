"""When a call suits, read from the customer's own words."""

from datetime import date, time

import pytest

from db.models import ClosingDay
from services.aftercare import next_try, preferred_time
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", time(10)),
        ("whenever", time(10)),
        ("after 17:30", time(17, 30)),
        ("17：30以后", time(17, 30)),
        ("3 pm please", time(15)),
        ("12 pm", time(12)),
        ("9 am", time(9)),
        ("下午3点", time(15)),
        ("晚上8点后", time(20)),
        ("19点", time(19)),
        ("evenings", time(18)),
        ("下班后", time(18)),
        ("in the afternoon", time(14)),
        ("中午", time(12)),
        ("mornings", time(10)),
        ("at 99 pm", time(10)),
    ],
)
def test_the_time_of_day_in_a_customers_words(words: str, expected: time) -> None:
    assert preferred_time(words) == expected


def test_the_next_try_skips_closed_days(ws: Workspace) -> None:
    friday = MONDAY_9.replace(day=27)
    with unit_of_work(ws.at(friday)) as work:
        work.add(ClosingDay(day=date(2026, 11, 30)))
        assert next_try(work, "17:00") == friday.replace(month=12, day=1, hour=17)
