"""Reports on the screen: figures, what they were before, and the formula and rows behind each, one tap away."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from streamlit.testing.v1 import AppTest

from db.enums import Role, UnmetReason
from services.booking import book
from services.booking_changes import wish_not_met
from services.booking_indicators import judge_booking
from services.indicators import Span
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.pages.conftest import App
from ui.report_rows import rows_file

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def asked(garage: Workspace) -> None:
    """Two bookings and a wish that could not be met, all made this morning."""
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        for plate in ("AA11 AAA", "=1+1"):
            book(work, make_car(work, plate=plate).id, concern="Oil", job_ids=[1], starts_at=TUESDAY_10)
        car = make_car(work, plate="CC33 CCC")
        wish_not_met(work, car.id, concern="Oil", job_ids=[], wish=None, unmet=UnmetReason.PRICE, note="*Too* dear")


def metric(at: AppTest, label: str) -> tuple[str, str]:
    """The figure and what it was before."""
    found = next(one for one in at.metric if one.label == label)
    return found.value, found.delta


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("span", ["today", "week", "days30", "month", "own"])
def test_every_span_opens_in_both_languages(app: App, asked: None, role: Role, language: str, span: str) -> None:
    at = app("reports", role, language)
    at.button_group(key="report_span").set_value(span).run()
    assert not at.exception
    assert len(at.metric) == 15


def test_an_advisor_does_not_see_it(app: App) -> None:
    assert not app("reports", Role.ADVISOR).metric


def test_a_figure_says_what_it_was_before_in_words(app: App, garage: Workspace, asked: None) -> None:
    old = garage.at(MONDAY_9 - timedelta(days=30))
    with unit_of_work(as_role(old, Role.ADVISOR)) as work:
        book(work, make_car(work, plate="DD44 DDD").id, concern="Oil", job_ids=[1],
             starts_at=MONDAY_9 - timedelta(days=27))  # fmt: skip
    at = app("reports", Role.MANAGER)
    assert metric(at, "Booking success") == ("67 %", "down from 100 %")
    assert metric(at, "Garage called first") == ("0 %", "as before")
    assert metric(at, "Stock answered in time") == ("–", "nothing to count")
    assert metric(at, "Wishes not met") == ("1", "up from 0")


@pytest.mark.parametrize(("language", "formula"), [
    ("en", "Bookings made ÷ everyone who asked (bookings made and wishes not met)"),
    ("zh_CN", "预约成功数 ÷ 提出预约的总数（预约成功数与未能满足数之和）"),
])  # fmt: skip
def test_a_tap_shows_the_formula_and_the_rows(app: App, asked: None, language: str, formula: str) -> None:
    at = app("reports", Role.MANAGER, language)
    at.button(key="why_success").click().run()
    assert not at.exception
    assert f"**{formula}**" in [text.value for text in at.markdown]
    (table,) = at.dataframe
    assert list(table.value.iloc[:, 2]) == ["CC33 CCC", "AA11 AAA", "=1+1"]
    assert str(table.value.iloc[0, -1]).endswith(" · *Too* dear")


def test_the_file_of_rows_opens_in_a_spreadsheet_and_runs_nothing_there(
    garage: Workspace, asked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.report_rows.zone", lambda: "Europe/London")
    with reading(garage) as work:
        success = judge_booking(work, Span(MONDAY_9.date(), MONDAY_9.date()))[0]
    content = rows_file(success)
    assert content.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert header == ["Counted", "Number", "Plate", "Customer", "Asked", "Reason"]
    assert [line[:1] + line[2:5] for line in lines] == [
        ["Yes", "AA11 AAA", "Grace Field", "2026-11-23 09:00"],
        ["Yes", "'=1+1", "Grace Field", "2026-11-23 09:00"],
        ["No", "CC33 CCC", "Grace Field", "2026-11-23 09:00"],
    ]
    assert lines[2][5] == f"{UnmetReason.PRICE.label} · *Too* dear"


def test_a_record_opens_on_the_same_screen(app: App, asked: None) -> None:
    at = app("reports", Role.MANAGER, appointment=1)
    assert not at.metric
    at.button(key="back").click().run()
    assert len(at.metric) == 15
