"""A technician's own cars: one tap for what is done often, few for the rest."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import services.workspace
from db.enums import HoldReason, OrderStatus, Role
from db.enums_workshop import SymptomSeen
from db.models import ClockEntry, Inspection, OrderJob, SignInSession
from services.clocks import pause, start
from services.verification import of_order
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name
from tests.pages.conftest import App
from tests.shop import in_work, order_of

TOM, TIA = "Tom Technician", "Tia Technician"


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.error))


def tap(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def test_a_car_is_taken_over_started_paused_joined_and_finished_with_large_buttons(app: App, garage: Workspace) -> None:
    order = in_work(garage, "SVC", "BRK")
    at = app("workshop", Role.TECHNICIAN)
    assert at.button(key=f"big_verify_{order}").proto.type == "primary"
    tap(at, "big_start_1")
    assert "1 h left" in words(at)
    assert "big_start_2" not in [button.key for button in at.button]  # one clock a person
    tap(at, "big_pause_break_1")
    with unit_of_work(as_name(garage, TIA)) as work:
        start(work, order)
    at.run()
    assert at.button(key="big_start_1").label == "Join"
    with unit_of_work(as_name(garage, TIA)) as work:
        pause(work, order, reason=HoldReason.BREAK)
    tap(at, "big_start_1")
    tap(at, "big_finish_1")
    tap(at, "big_start_2")
    tap(at, "big_finish_2")
    assert not at.exception
    assert order_of(garage, order).status == OrderStatus.SELF_CHECK
    assert at.button(key=f"big_pass_self_{order}").proto.type == "primary"


def test_a_fault_is_finished_by_way_of_its_cause(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    with unit_of_work(garage) as work:
        work.get(OrderJob, 1).complaint = "squeals"
    at = tap(app("workshop", Role.TECHNICIAN), "big_start_1")
    tap(at, "big_finish_1")
    at.run()
    at.button_group(key="cause_taps_1").set_value(["Worn out"]).run()
    at.text_area(key="correction_1").set_value("Pads renewed")
    tap(at, f"finish_job_{order}")
    with reading(garage) as work:
        job = work.get(OrderJob, 1)
        assert (job.complaint, job.cause, job.correction) == ("squeals", "Worn out", "Pads renewed")


@pytest.mark.parametrize(
    ("language", "differs"), [("en", "Fuel differs – half a tank"), ("zh_CN", "油量不符 – half a tank")]
)
def test_what_differs_from_the_sheet_is_tapped_and_typed_and_kept_when_refused(
    app: App, garage: Workspace, language: str, differs: str
) -> None:
    order = in_work(garage)
    with unit_of_work(garage) as work:
        work.add(Inspection(order_id=order, odometer_km=40_100, at=work.now))
    at = tap(app("workshop", Role.TECHNICIAN, language), f"big_verify_{order}")
    at.run()
    at.button_group(key=f"verify_differs_{order}").set_value(["Fuel differs"])
    at.text_input(key=f"verify_text_{order}").set_value("half a tank")
    at.button_group(key=f"verify_symptom_{order}").set_value(SymptomSeen.SEEN)
    at.number_input(key=f"verify_to_{order}").set_value(50_000)
    tap(at, f"verify_{order}")
    assert len(at.error) == 1
    at.number_input(key=f"verify_to_{order}").set_value(40_108)
    tap(at, f"verify_{order}")
    assert not at.exception
    with reading(garage) as work:
        row = of_order(work, order)
        assert row is not None
        assert (row.differences, row.symptom, row.road_from_km, row.road_to_km) == (
            differs,
            SymptomSeen.SEEN,
            40_100,
            40_108,
        )


def test_a_forgotten_clock_is_asked_about_and_stopped_at_the_end_of_the_shift(
    app: App, garage: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, TOM)) as work:
        start(work, order)
    at = app("workshop", Role.TECHNICIAN)
    assert "When did the work stop?" not in words(at)
    with unit_of_work(garage) as work:
        work.db.exec(select(SignInSession)).one().expires_at = MONDAY_9 + timedelta(days=2)
    monkeypatch.setattr(services.workspace, "system_clock", lambda: MONDAY_9 + timedelta(hours=23))
    at.run()
    assert "When did the work stop?" in words(at)
    tap(at, "big_stopped_1")
    assert "When did the work stop?" not in words(at)
    with reading(garage) as work:
        assert work.get(ClockEntry, 1).ended_at == MONDAY_9 + timedelta(hours=9)


def test_the_record_sets_a_clock_right_and_prints_the_job_card(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, TOM)) as work:
        start(work, order)
    at = app("workshop", Role.TECHNICIAN, order=order)
    at.session_state[f"section_{order}"] = "work"
    tap(at.run(), "clock_edit_1")
    at.time_input(key="clock_from_1").set_value(MONDAY_9.time().replace(hour=8, minute=30))
    tap(at, "clock_save_1")
    assert "Please give a reason" in at.error[0].value
    at.button_group(key="clock_why_1").set_value("Forgot to start the clock")
    tap(at, "clock_save_1")
    assert not at.exception
    with reading(garage) as work:
        assert work.get(ClockEntry, 1).started_at == MONDAY_9 - timedelta(minutes=30)
    assert [getattr(button, "label", "") for button in at.get("download_button")] == ["Job card"]


def test_the_manager_lets_clocks_run_beside_each_other(app: App, garage: Workspace) -> None:
    at = app("settings", Role.MANAGER, section="workshop")
    at.toggle(key="workshop_clocks_beside").set_value(True).run()
    assert not at.exception
    with reading(garage) as work:
        assert work.garage.clocks_beside
