"""A booking's record: its tasks, parts and purchases, the next step, and a new time in one tap."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import AppointmentStatus as S
from db.enums import Role, UnmetReason
from db.enums_desk import TaskKind
from db.models import Appointment, AppointmentJob, PurchaseLine, TaskResult
from services.booking import book
from services.booking_changes import wait_parts
from services.purchases import come_in
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking
from tests.factories import MONDAY_9, as_role, make_car
from tests.pages.conftest import App

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def booked(garage: Workspace) -> int:
    """Brake pads for tomorrow, the question about them just asked."""
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        car = make_car(work).id
        return book(work, car, concern="*It* squeaks", job_ids=[2], starts_at=TUESDAY_10, stock_question="Shims").id


def button(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def keys(at: AppTest) -> set[str]:
    return {str(one.key) for one in at.button}


def texts(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*at.markdown, *at.caption))


def status(garage: Workspace, key: int) -> S:
    with reading(garage) as work:
        return work.get(Appointment, key).status


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("state", list(S))
def test_a_booking_in_every_state_opens_in_both_languages(app: App, garage: Workspace, state: S, language: str) -> None:
    key = booking(garage, TUESDAY_10, state, unmet_reason=UnmetReason.TIME, reason="a reason", stock_question="Shims")
    at = app("booking", Role.MANAGER, language, appointment=key)
    assert not at.exception
    assert not at.error


def test_tasks_are_settled_on_the_record_with_a_note(app: App, garage: Workspace, booked: int) -> None:
    at = app("booking", Role.ADVISOR, appointment=booked)
    assert "Shims" in texts(at)
    at.text_input(key=f"task_note_{booked}").set_value("last box").run()
    button(at, f"appointment_{booked}_stock_in_stock_{booked}")
    with reading(garage) as work:
        result = work.db.exec(select(TaskResult)).one()
        assert (result.kind, result.note) == (TaskKind.STOCK, "last box")
    assert at.text_input(key=f"task_note_{booked}").value == ""
    assert "last box" in texts(at)


def test_kept_parts_are_shown(app: App, booked: int) -> None:
    at = app("booking", Role.ADVISOR, appointment=booked)
    assert "Front brake pads · 1 set" in texts(at)


def test_a_booking_waits_for_the_parts_its_jobs_lack(app: App, garage: Workspace) -> None:
    key = booking(garage, TUESDAY_10)
    with unit_of_work(garage) as work:
        work.add(AppointmentJob(appointment_id=key, job_id=2, minutes=90, price=Decimal(90)))
    at = app("booking", Role.ADVISOR, appointment=key)
    at.session_state[f"wait_form_{key}"] = True
    at.run()
    at.text_input(key=f"part_{key}").set_value("Shims")
    button(at, f"wait_parts_{key}")
    with reading(garage) as work:
        assert [one.what for one in work.db.exec(select(PurchaseLine))] == ["Front brake pads", "Shims"]
    assert status(garage, key) == S.WAITING_PARTS


def test_when_the_part_is_in_one_tap_on_a_time_makes_the_booking_stand(
    app: App, garage: Workspace, booked: int
) -> None:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        wait_parts(work, booked, part="Shims")
        come_in(work, 1)
    at = app("booking", Role.ADVISOR, appointment=booked)
    assert not at.button(key=f"appointment_{booked}_part_in_not_reached_{booked}").disabled
    at.session_state[f"agree_{booked}"] = True
    at.run()
    button(at, f"agree_{booked}_20261124T1000")
    assert status(garage, booked) == S.CONFIRMED


@pytest.mark.parametrize("state", [S.CANCELLED, S.NO_SHOW, S.UNMET, S.WAITING_PARTS])
def test_what_did_not_work_out_is_booked_again_in_one_tap(app: App, garage: Workspace, state: S) -> None:
    key = booking(garage, MONDAY_9 + timedelta(days=1), state)
    at = app("booking", Role.ADVISOR, appointment=key)
    button(at, f"again_{key}")
    assert at.query_params["new"] == "1"


def test_the_store_sees_the_record_but_cannot_move_the_booking(app: App, booked: int) -> None:
    at = app("booking", Role.PARTS_CLERK, appointment=booked)
    assert not at.exception
    assert f"cancel_{booked}" not in keys(at)
    assert f"appointment_{booked}_stock_order_{booked}" in keys(at)
