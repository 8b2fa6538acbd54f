"""The health check in check-in and on the record, tapped as beside the car."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from db.enums import Answer, Role
from db.enums_health import HealthPoint
from db.enums_reception import Grade, HealthGroup
from db.models import HealthResult, OrderJob, OrderLine, WorkOrder
from services import health, orders
from services.health_templates import put_standard_checks
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.checking import FULL, answer, item, next_visit, proposed, put_to_customer
from tests.services.reception import received


@pytest.fixture
def order(garage: Workspace) -> int:
    """A car at reception, in a garage with its checklists."""
    with unit_of_work(garage) as work:
        put_standard_checks(work)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return received(work).id


def opened(app: App, order: int, language: str = "en", group: HealthGroup | None = None) -> AppTest:
    at = app("reception", Role.ADVISOR, language, order=order, step="health")
    assert not at.exception
    return look_at(at, order, group) if group else at


def look_at(at: AppTest, order: int, group: HealthGroup) -> AppTest:
    at.segmented_control(key=f"health_group_{order}").set_value(group)
    at.run()
    assert not at.exception
    return at


def key_of(garage: Workspace, point: HealthPoint) -> int:
    with reading(garage) as work:
        return item(work, point)


def rows(garage: Workspace) -> dict[str, tuple[Grade | None, Decimal | None]]:
    with reading(garage) as work:
        found = work.db.exec(select(HealthResult).order_by(col(HealthResult.id)))
        return {row.point: (row.grade, row.value) for row in found}


def texts(at: AppTest) -> str:
    return "\n".join(line.value for line in at.markdown)


@pytest.mark.parametrize(("language", "words"), [("en", "Headlights"), ("zh_CN", "前照灯")])
def test_every_group_opens_in_both_languages(app: App, order: int, language: str, words: str) -> None:
    at = opened(app, order, language)
    assert words in texts(at)
    for group in HealthGroup:
        look_at(at, order, group)
        assert not at.error


def test_one_tap_for_a_car_at_which_all_is_well(app: App, garage: Workspace, order: int) -> None:
    at = opened(app, order)
    at.button(key=f"everything_{order}").click().run()
    assert not at.exception
    found = rows(garage)
    assert {grade for grade, _ in found.values()} == {Grade.GOOD}
    assert len(found) == 39
    assert "Everything checked" in texts(at)


def test_a_group_by_one_tap_leads_to_the_next(app: App, garage: Workspace, order: int) -> None:
    at = opened(app, order)
    at.segmented_control(key=f"grade_{order}_{key_of(garage, HealthPoint.WIPERS)}").set_value(Grade.SOON).run()
    at.button(key=f"good_{order}_outside").click().run()
    assert not at.exception
    assert rows(garage)["wipers"][0] == Grade.SOON
    assert rows(garage)["horn"][0] == Grade.GOOD
    assert at.segmented_control(key=f"health_group_{order}").value == HealthGroup.TYRES


def test_a_grade_is_proposed_at_once_and_taken_back_with_it(app: App, garage: Workspace, order: int) -> None:
    at = opened(app, order)
    key = f"grade_{order}_{key_of(garage, HealthPoint.WIPERS)}"
    at.segmented_control(key=key).set_value(Grade.NOW).run()
    assert "on the estimate" in texts(at)
    with reading(garage) as work:
        assert [job.title for job in proposed(work, order)] == ["Wiper blades"]
    at.segmented_control(key=key).set_value(None).run()
    assert rows(garage)["wipers"][0] is None
    with reading(garage) as work:
        assert proposed(work, order) == []


def test_a_value_by_a_tap_grades_and_closes_the_offer(app: App, garage: Workspace, order: int) -> None:
    tyre = key_of(garage, HealthPoint.TREAD_FL)
    at = opened(app, order, group=HealthGroup.TYRES)
    at.session_state[f"measured_{order}_{tyre}_open"] = True
    at.run()
    at.pills(key=f"measured_{order}_{tyre}_pills").set_value(Decimal("2.5")).run()
    assert not at.exception
    assert rows(garage)["tread_fl"] == (Grade.SOON, Decimal("2.5"))
    assert not at.session_state[f"measured_{order}_{tyre}_open"]


def test_a_value_typed_grades_and_a_refused_one_stays_on_the_screen(app: App, garage: Workspace, order: int) -> None:
    tyre = key_of(garage, HealthPoint.TREAD_FL)
    at = opened(app, order, group=HealthGroup.TYRES)
    at.session_state[f"measured_{order}_{tyre}_open"] = True
    at.run()
    at.number_input(key=f"measured_{order}_{tyre}").set_value(52.0).run()
    assert "between 0 and 20" in at.error[0].value
    assert at.number_input(key=f"measured_{order}_{tyre}").value == 52.0
    assert "tread_fl" not in rows(garage)
    at.number_input(key=f"measured_{order}_{tyre}").set_value(1.4).run()
    assert not at.error
    assert rows(garage)["tread_fl"] == (Grade.NOW, Decimal("1.4"))
    assert at.segmented_control(key=f"grade_{order}_{tyre}").value == Grade.NOW


def test_what_another_tablet_wrote_is_seen_at_the_next_tap(app: App, garage: Workspace, order: int) -> None:
    at = opened(app, order)
    horn, mirrors = key_of(garage, HealthPoint.HORN), key_of(garage, HealthPoint.MIRRORS)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        health.grade(work, order, item_id=horn, grade=Grade.SOON)
    at.segmented_control(key=f"grade_{order}_{mirrors}").set_value(Grade.GOOD).run()
    assert at.segmented_control(key=f"grade_{order}_{horn}").value == Grade.SOON
    assert {"horn", "mirrors"} <= set(rows(garage))


def test_note_and_another_checklist(app: App, garage: Workspace, order: int) -> None:
    horn = key_of(garage, HealthPoint.HORN)
    at = opened(app, order)
    at.session_state[f"more_{order}_{horn}"] = True
    at.run()
    at.text_input(key=f"point_note_{order}_{horn}").set_value("hoarse *").run()
    assert "hoarse \\*" in texts(at)
    at.segmented_control(key=f"checklist_{order}").set_value(FULL + 1).run()
    assert not at.exception
    assert "hoarse \\*" in texts(at)  # a point at which something was found stays on the sheet
    assert "Mirrors" not in texts(at)


def test_a_proposal_taken_off_can_be_put_back(app: App, garage: Workspace, order: int) -> None:
    horn = key_of(garage, HealthPoint.HORN)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        row = health.grade(work, order, item_id=horn, grade=Grade.SOON)
        job = work.get(OrderJob, row.order_job_id)
    at = opened(app, order, group=HealthGroup.OUTSIDE)
    assert not [button for button in at.button if button.key == f"propose_{order}_{horn}"]
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        orders.remove_job(work, order, order_job_id=job.id)
    at.run()
    at.button(key=f"propose_{order}_{horn}").click().run()
    assert not at.exception
    with reading(garage) as work:
        assert len(proposed(work, order)) == 1


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_tap_costs_the_same_however_much_was_found(garage: Workspace, order: int) -> None:
    counts = []
    for taps in range(2):
        with unit_of_work(as_role(garage, Role.ADVISOR)) as work, statements() as sent:
            health.grade(work, order, item_id=item(work, HealthPoint.HORN), grade=Grade.GOOD)
        counts.append(len(sent))
        with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
            if not taps:
                health.all_good(work, order)
    assert counts[1] <= counts[0]
    assert counts[0] <= 20


@pytest.mark.parametrize(("language", "words"), [("en", "Wiper blades"), ("zh_CN", "雨刮片")])
def test_the_record_shows_what_was_found_and_nothing_before(
    app: App, garage: Workspace, order: int, language: str, words: str
) -> None:
    at = app("today", Role.MANAGER, language, order=order)
    assert "health" not in at.segmented_control(key=f"section_{order}").options
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        health.grade(work, order, item_id=item(work, HealthPoint.WIPERS), grade=Grade.NOW)
        health.measure(work, order, item_id=item(work, HealthPoint.TREAD_FL), value=Decimal("5.2"))
    at = app("today", Role.MANAGER, language, order=order, again=1)
    at.segmented_control(key=f"section_{order}").set_value("health").run()
    assert not at.exception
    assert f"**{words}**" in texts(at)
    assert "5\\.2 mm" in texts(at)


def test_work_declined_last_time_is_added_again_though_no_catalogue_has_it(
    app: App, garage: Workspace, order: int
) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        row = health.grade(work, order, item_id=item(work, HealthPoint.EXHAUST), grade=Grade.SOON)
        put_to_customer(work, order)
        answer(work, order, Answer.DECLINED)
        second = next_visit(work, work.get(WorkOrder, order))
    at = app("reception", Role.ADVISOR, order=second.id, step="known")
    at.button(key=f"again_{row.order_job_id}").click().run()
    assert not at.exception
    assert not at.error
    with reading(garage) as work:
        job = work.db.exec(select(OrderJob).where(OrderJob.order_id == second.id)).one()
        line = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id)).one()
        assert (job.title, job.job_id, line.unpriced) == ("Exhaust", None, True)
    assert not [button for button in at.button if button.key == f"again_{row.order_job_id}"]


def test_the_taps_of_a_check_are_one_line_of_the_history(app: App, garage: Workspace, order: int) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        health.grade(work, order, item_id=item(work, HealthPoint.WIPERS), grade=Grade.SOON)
        health.measure(work, order, item_id=item(work, HealthPoint.TREAD_FL), value=Decimal(7))
        health.all_good(work, order, group=HealthGroup.TYRES)
    at = app("today", Role.MANAGER, "zh_CN", order=order)
    at.segmented_control(key=f"section_{order}").set_value("history").run()
    (line,) = [line.value for line in at.markdown if "健康检查" in line.value]
    assert line.endswith("雨刮片 → 近期 · 左前轮胎 → 7 mm · 轮胎 → 全部良好")
