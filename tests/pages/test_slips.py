"""What comes up on the screen: a delay told to the customer, extra work answered line by line, outside work on its way."""

from datetime import timedelta
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

import services.workspace
from db.enums import Answer, LineKind, Role
from db.models import OrderLine, WorkOrder
from services.extra_work import propose
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name
from tests.pages.conftest import App
from tests.pages.test_workshop import tap, words
from tests.shop import in_work, lines_of, order_of

HOUR = timedelta(hours=1)


def step(app: App, role: Role, order: int, action: str, language: str = "en") -> AppTest:
    at = app("workshop", role, language, order=order)
    at.session_state[f"step:{order}"] = action
    return at.run()


def test_a_delay_is_one_tap_on_its_reason_and_the_customers_yes_another(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = step(app, Role.TECHNICIAN, order, "report_delay", "zh_CN")
    assert "12:30 交车（原定 12:00）" in words(at)
    tap(at, f"delay_harder_{order}")
    assert not at.exception
    desk = app("workshop", Role.ADVISOR)
    assert "**+30 min** · Harder than planned · new time 12:30" in words(desk)
    desk = app("workshop", Role.ADVISOR, order=order)
    tap(desk, "delay_said_agrees_1")
    assert not desk.exception
    assert order_of(garage, order).promised_at == MONDAY_9 + 3.5 * HOUR
    news = words(app("workshop", Role.TECHNICIAN))
    assert "Agrees to the new time" in news


def test_the_advisor_answers_line_by_line_and_the_new_time_is_promised(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, "Tom Technician")) as work:
        work.get(WorkOrder, order).promised_at = MONDAY_9 + 2 * HOUR
        job = propose(work, order, job_id=2, reason="worn").id
    at = step(app, Role.ADVISOR, order, "answer_extra")
    assert "Ready 12:00 instead of 11:00" in words(at)
    labour, part = (line.id for line in _lines(garage, order, job))
    at.segmented_control(key=f"extra_answer_{job}").set_value(Answer.DECLINED).run()
    assert "Ready 12:00" not in words(at)
    at.segmented_control(key=f"extra_line_{labour}").set_value(Answer.AGREED).run()
    tap(at, f"answer_extra_{order}")
    assert not at.exception
    with reading(garage) as work:
        assert [work.get(OrderLine, key).answer for key in (labour, part)] == [Answer.AGREED, Answer.DECLINED]
    assert order_of(garage, order).promised_at == MONDAY_9 + 3 * HOUR


def test_outside_work_goes_out_with_cost_and_stands_overdue_on_the_board(
    app: App, garage: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, "Tom Technician")) as work:
        job = propose(work, order, title="Skim head", reason="warped", minutes=0, price=Decimal(120), outside=True).id
        [line] = [one for one in lines_of(work, order) if one.order_job_id == job]
        line.answer, line.supplier = Answer.AGREED, "Smith"
        assert line.kind == LineKind.OUTSIDE
    at = step(app, Role.TECHNICIAN, order, "send_out")
    at.number_input(key=f"send_cost_{line.id}").set_value(70.0)
    tap(at, f"send_{line.id}")
    assert not at.exception
    with reading(garage) as work:
        out = work.get(OrderLine, line.id)
        assert (out.supplier, out.cost, out.due_at) == ("Smith", Decimal(70), MONDAY_9 + 33 * HOUR)
    with unit_of_work(garage) as work:
        work.get(OrderLine, line.id).due_at = MONDAY_9 + HOUR
    monkeypatch.setattr(services.workspace, "system_clock", garage.at(MONDAY_9 + 2 * HOUR).clock)
    at = app("workshop", Role.SUPERVISOR, "zh_CN")
    assert not at.exception
    assert ":red[:material/outbound: **外委** · 在外 1 项 · 1 个逾期]" in [one.label for one in at.expander]


def _lines(ws: Workspace, order: int, job: int) -> list[OrderLine]:
    with reading(ws) as work:
        return [line for line in lines_of(work, order) if line.order_job_id == job]
