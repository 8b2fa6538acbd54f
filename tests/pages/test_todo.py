"""The to-do part of the booking page: one tap settles a task, steps a purchase, opens the booking."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import AppointmentStatus as S
from db.enums import Role, UnmetReason
from db.enums_desk import PurchaseStatus
from db.models import Appointment, ClosingDay, PurchaseLine, TaskResult
from services.booking import book
from services.booking_changes import wait_parts
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking
from tests.factories import MONDAY_9, as_role, make_car
from tests.pages.conftest import App

TUESDAY_14 = datetime(2026, 11, 24, 14, tzinfo=UTC)
DAY = timedelta(days=1)


def button(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def keys(at: AppTest) -> set[str]:
    return {str(one.key) for one in at.button}


def results(garage: Workspace) -> list[tuple[int, str, str]]:
    with reading(garage) as work:
        return [(one.appointment_id, one.kind.value, one.outcome.value) for one in work.db.exec(select(TaskResult))]


def fill(garage: Workspace) -> dict[str, int]:
    """One booking for every kind of trouble."""
    made = {
        "remind": booking(garage, TUESDAY_14, plate="**REM**"),
        "stock": booking(garage, TUESDAY_14 + 10 * DAY, stock_question="Left *mirror*"),
        "missing": booking(garage, MONDAY_9 - timedelta(hours=1)),
        "decide": booking(garage, None, S.UNMET, unmet_reason=UnmetReason.PRICE),
        "rebook": booking(garage, MONDAY_9 - DAY, S.NO_SHOW),
        "confirm": booking(garage, TUESDAY_14 + 2 * DAY, S.REQUESTED),
        "waits": booking(garage, TUESDAY_14 + 3 * DAY),
    }
    with unit_of_work(garage) as work:
        wait_parts(work, made["waits"], part="Bumper", parts={2: Decimal(1)})
    return made


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.PARTS_CLERK, Role.MANAGER, Role.FOLLOW_UP])
def test_the_list_opens_for_everyone_who_may_see_it(app: App, garage: Workspace, role: Role, language: str) -> None:
    fill(garage)
    at = app("booking", role, language, view="todo")
    assert not at.exception
    assert not at.error
    for part in ("mine", "all", "buy"):
        at.button_group(key="todo_part").set_value(part).run()
        assert not at.exception


def test_one_tap_notes_that_they_were_told(app: App, garage: Workspace) -> None:
    key = fill(garage)["remind"]
    at = app("booking", Role.ADVISOR, view="todo")
    assert any("\\*\\*REM\\*\\*" in str(one.value) for one in at.markdown)
    button(at, f"todo_remind_done_{key}")
    assert results(garage) == [(key, "remind", "done")]
    assert f"todo_remind_done_{key}" not in keys(at)


def test_who_cannot_be_reached_is_a_no_show_with_the_second_tap(app: App, garage: Workspace) -> None:
    key = fill(garage)["missing"]
    at = app("booking", Role.ADVISOR, view="todo")
    assert f"todo_step_missing_{key}" not in keys(at)
    button(at, f"todo_missing_not_reached_{key}")
    button(at, f"todo_step_missing_{key}")
    with reading(garage) as work:
        assert work.get(Appointment, key).status == S.NO_SHOW
    assert f"todo_step_rebook_{key}" in keys(at)


def test_a_refused_tap_says_who_was_faster(app: App, garage: Workspace) -> None:
    key = fill(garage)["remind"]
    at = app("booking", Role.ADVISOR, view="todo")
    with unit_of_work(garage) as work:
        work.lock(Appointment, key).status = S.CANCELLED
    button(at, f"todo_remind_done_{key}")
    assert "Cancelled" in at.error[0].value
    assert results(garage) == []


def test_a_no_show_is_booked_again_in_one_tap(app: App, garage: Workspace) -> None:
    key = fill(garage)["rebook"]
    at = app("booking", Role.ADVISOR, view="todo")
    button(at, f"todo_step_rebook_{key}")
    assert at.query_params["new"] == "1"


def test_the_store_answers_orders_and_takes_in(app: App, garage: Workspace) -> None:
    key = fill(garage)["stock"]
    at = app("booking", Role.PARTS_CLERK, view="todo")
    button(at, f"todo_stock_order_{key}")
    at.button_group(key="todo_part").set_value("buy").run()
    assert {"order_1", "order_2", "order_3"} <= keys(at)
    button(at, "order_1")
    button(at, "come_in_1")
    with reading(garage) as work:
        lines = {one.id: (one.what, one.status) for one in work.db.exec(select(PurchaseLine))}
    assert lines == {
        1: ("Front brake pads", PurchaseStatus.ARRIVED),
        2: ("Bumper", PurchaseStatus.PLANNED),
        3: ("Left *mirror*", PurchaseStatus.PLANNED),
    }


def test_a_purchase_for_the_shelf_is_planned_once(app: App, garage: Workspace) -> None:
    at = app("booking", Role.PARTS_CLERK, view="todo")
    at.button_group(key="todo_part").set_value("buy").run()
    at.text_input(key="plan_what").set_value("Cloths").run()
    button(at, "plan")
    with reading(garage) as work:
        assert [one.what for one in work.db.exec(select(PurchaseLine))] == ["Cloths"]


def test_a_purchase_not_needed_asks_for_a_reason(app: App, garage: Workspace) -> None:
    fill(garage)
    at = app("booking", Role.PARTS_CLERK, view="todo")
    at.button_group(key="todo_part").set_value("buy").run()
    button(at, "drop_1")
    assert at.error[0].value == "Please give a reason\\."
    at.text_input(key="drop_reason_1").set_value("No longer made").run()
    button(at, "drop_1")
    with reading(garage) as work:
        assert work.get(PurchaseLine, 1).reason == "No longer made"


def test_a_supplier_and_a_day_are_kept(app: App, garage: Workspace) -> None:
    fill(garage)
    at = app("booking", Role.PARTS_CLERK, view="todo")
    at.button_group(key="todo_part").set_value("buy").run()
    at.text_input(key="supplier_1").set_value("Motor Factors").run()
    at.date_input(key="expected_1").set_value(TUESDAY_14.date()).run()
    button(at, "expect_1")
    with reading(garage) as work:
        row = work.get(PurchaseLine, 1)
        assert (row.supplier, row.expected_on) == ("Motor Factors", TUESDAY_14.date())


def test_a_booking_that_no_longer_fits_stands_above_the_tasks(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = book(work, make_car(work).id, concern="Squeaks", job_ids=[1], starts_at=TUESDAY_14).id
        work.add(ClosingDay(day=TUESDAY_14.date(), reason="Stocktaking"))
    at = app("booking", Role.ADVISOR, view="todo")
    assert any("Stocktaking" in str(one.value) for one in at.markdown)
    assert f"conflict_{key}_0" in keys(at)


def test_the_store_finds_its_tasks_first(app: App, garage: Workspace) -> None:
    key = fill(garage)["stock"]
    at = app("booking", Role.PARTS_CLERK)
    assert f"todo_stock_in_stock_{key}" in keys(at)
