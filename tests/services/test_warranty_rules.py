"""Whether a warranty still pays: at the last day, the last kilometre, and when something is not known."""

from datetime import date

import pytest

from db.enums_reception import Cover
from services.warranty_rules import Judgement, Limits, Near, Standing, judge

REGISTERED = date(2024, 3, 12)
THREE_YEARS = Limits(months=36, km=100_000)
NEVER = Near()


def judged(on: date, km: int | None, limits: Limits = THREE_YEARS, registered: date | None = REGISTERED,
           near: Near = NEVER, least_km: int | None = None) -> Judgement:  # fmt: skip
    return judge(limits, Standing(on, registered, km, least_km), near)


@pytest.mark.parametrize(
    ("on", "km", "cover"),
    [
        (date(2027, 3, 12), 100_000, Cover.INSIDE),
        (date(2027, 3, 13), 100_000, Cover.OUTSIDE),
        (date(2027, 3, 12), 100_001, Cover.OUTSIDE),
        (date(2024, 3, 12), 0, Cover.INSIDE),
    ],
)
def test_the_last_day_and_the_last_kilometre_are_inside(on: date, km: int, cover: Cover) -> None:
    assert judged(on, km).cover == cover


@pytest.mark.parametrize(
    ("registered", "months", "last"),
    [
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_a_month_too_short_ends_on_its_last_day(registered: date, months: int, last: date) -> None:
    limits = Limits(months=months)
    assert judged(last, None, limits, registered).cover == Cover.INSIDE
    assert judged(date.fromordinal(last.toordinal() + 1), None, limits, registered).cover == Cover.OUTSIDE


@pytest.mark.parametrize(
    ("km", "registered", "least_km", "cover"),
    [
        (41_250, None, None, Cover.UNDECIDED),  # since when?
        (100_001, None, None, Cover.OUTSIDE),  # whatever the date
        (None, REGISTERED, 90_000, Cover.UNDECIDED),  # how far by now?
        (None, REGISTERED, None, Cover.UNDECIDED),
        (None, REGISTERED, 100_001, Cover.OUTSIDE),  # it has not become less
        (None, None, None, Cover.UNDECIDED),
    ],
)
def test_what_is_not_known_leaves_it_open_unless_the_rest_decides(
    km: int | None, registered: date | None, least_km: int | None, cover: Cover
) -> None:
    assert judged(date(2026, 11, 23), km, registered=registered, least_km=least_km).cover == cover


@pytest.mark.parametrize(
    ("on", "km", "cover"),
    [
        (date(2027, 3, 13), 90_000, Cover.UNDECIDED),
        (date(2027, 4, 11), 90_000, Cover.UNDECIDED),
        (date(2027, 4, 12), 90_000, Cover.OUTSIDE),
        (date(2026, 3, 12), 101_000, Cover.UNDECIDED),
        (date(2026, 3, 12), 101_001, Cover.OUTSIDE),
        (date(2027, 3, 20), 100_500, Cover.UNDECIDED),
        (date(2027, 3, 12), 100_000, Cover.INSIDE),
    ],
)
def test_only_just_past_a_limit_is_for_the_clerk(on: date, km: int, cover: Cover) -> None:
    assert judged(on, km, near=Near(days=30, km=1000)).cover == cover


def test_a_date_in_the_papers_stands_for_the_months() -> None:
    limits = Limits(until=date(2028, 1, 1), months=36, km=100_000)
    assert judged(date(2028, 1, 1), 50_000, limits, None).cover == Cover.INSIDE
    assert judged(date(2028, 1, 2), 50_000, limits).cover == Cover.OUTSIDE


def test_without_limit_it_lasts() -> None:
    assert judged(date(2060, 1, 1), None, Limits(), None).cover == Cover.INSIDE


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (judged(date(2026, 11, 23), 41_250), "until 12 March 2027 or 100,000 km; car has 41,250 km",
         "至2027年3月12日或100,000公里；车辆已行驶41,250公里"),
        (judged(date(2026, 11, 23), None, Limits(months=36), None), "36 months; first registration unknown",
         "36个月；首次登记日期不明"),
        (judged(date(2026, 11, 23), None, Limits(km=60_000), least_km=50_000),
         "up to 60,000 km; car had 50,000 km; odometer not read at this visit",
         "60,000公里以内；上次里程50,000公里；本次未读里程表"),
        (judged(date(2027, 3, 13), None, Limits(months=36), near=Near(days=5)), "until 12 March 2027; only just past",
         "至2027年3月12日；刚刚超过"),
    ],
)  # fmt: skip
def test_the_reason_is_said_in_the_readers_language(found: Judgement, english: str, chinese: str) -> None:
    assert (found.say("en"), found.say("zh_CN")) == (english, chinese)
