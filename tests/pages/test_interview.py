"""The diagnosis interview at check-in, the tasks it gives to others, and warranty terms in the settings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from db.enums import OrderStatus, Payer, Role
from db.enums_reception import Cover
from db.models import OrderJob, OrderLine, OrderTask, Vehicle, WarrantyTerm, WorkOrder
from services import orders, warranty_terms
from services.inspections import record
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.pages.conftest import App
from tests.services.reception import received

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])
SQUEAL = "It squeals when I brake"


def an_order(garage: Workspace, concern: str = SQUEAL, jobs: tuple[int, ...] = (1,)) -> int:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return orders.set_concern(work, received(work, jobs).id, concern=concern).id


def interview(app: App, order: int, language: str = "en", role: Role = Role.ADVISOR) -> AppTest:
    at = app("reception", role, language, order=order, step="interview")
    assert not at.exception
    return at


def tap(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def text_of(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.markdown, *at.caption))


def answers(garage: Workspace, order: int) -> object:
    with reading(garage) as work:
        return work.get(WorkOrder, order).answers


def tasks(garage: Workspace) -> list[OrderTask]:
    with reading(garage) as work:
        return list(work.db.exec(select(OrderTask).order_by(col(OrderTask.id))).all())


@LANGUAGES
def test_a_routine_visit_is_one_look_and_opens_by_a_tap(app: App, garage: Workspace, language: str) -> None:
    order = an_order(garage, "Oil service")
    at = interview(app, order, language)
    assert not at.button_group
    tap(at, f"ask_{order}")
    at.button_group(key=f"order_{order}_symptoms").set_value(["smell"]).run()
    assert answers(garage, order) == {"smell": {}}
    tap(at, "next_interview")
    assert at.query_params["step"] == "estimate"


@LANGUAGES
def test_every_tap_is_written_at_once(app: App, garage: Workspace, language: str) -> None:
    order = an_order(garage)
    at = interview(app, order, language)
    at.button_group(key=f"order_{order}_symptoms").set_value(["noise"]).run()
    at.button_group(key=f"order_{order}_answer_noise_since").set_value("weeks").run()
    at.button_group(key=f"order_{order}_answer_noise_when").set_value(["turning", "braking"]).run()
    assert not at.exception
    assert answers(garage, order) == {"noise": {"since": ["weeks"], "when": ["braking", "turning"]}}
    again = interview(app, order, language, Role.MANAGER)
    assert again.button_group(key=f"order_{order}_answer_noise_when").value == ["braking", "turning"]


@LANGUAGES
def test_what_cured_it_before_goes_on_the_estimate_by_a_tap(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(garage) as work:
        car = make_car(work, plate="OLD 1")
        left = work.now - timedelta(days=100)
        old = work.add(
            WorkOrder(number="W1", customer_id=car.customer_id, vehicle_id=car.id, status=OrderStatus.CLOSED, concern=SQUEAL,
                      arrived_at=left - timedelta(hours=4), delivered_at=left)
        )  # fmt: skip
        work.add(
            OrderJob(order_id=old.id, job_id=2, title="Front brake pads", minutes=90, cause="Pads glazed", done_at=left)
        )
    order = an_order(garage)
    at = interview(app, order, language)
    assert "Pads glazed" in text_of(at)
    assert ("held 1 of 1" if language == "en" else "1次中1次未复发") in text_of(at)
    tap(at, f"take_{order}_{old.id}_2")
    with reading(garage) as work:
        jobs = work.db.exec(select(OrderJob.job_id).where(OrderJob.order_id == order).order_by(col(OrderJob.id))).all()
    assert jobs == [1, 2]
    assert not [one for one in at.button if str(one.key).startswith("take_")]


@LANGUAGES
def test_a_hard_case_goes_to_the_supervisor_whose_findings_come_back(
    app: App, garage: Workspace, language: str
) -> None:
    order = an_order(garage)
    at = interview(app, order, language)
    tap(at, f"call_now_{order}")
    (task,) = tasks(garage)
    assert task.asked == SQUEAL
    assert text_of(at).count("hourglass_top") == 1
    for page in ("today", "workshop"):
        board = app(page, Role.SUPERVISOR, language)
        tap(board, f"answer_task_{page}_{task.id}")
        assert board.query_params["order"] == str(order)
    board.text_area(key=f"task_answer_{task.id}").set_value("Guide pins seized").run()
    tap(board, f"task_save_{task.id}")
    assert tasks(garage)[0].answer == "Guide pins seized"
    assert "Guide pins seized" in text_of(interview(app, order, language, Role.MANAGER))
    board.segmented_control(key=f"section_{order}").set_value("diagnosis").run()
    assert "Guide pins seized" in text_of(board)
    tap(board, "back")
    assert not [one for one in board.button if str(one.key).startswith("answer_task_")]


@LANGUAGES
def test_the_car_is_taken_apart_only_up_to_a_sum(app: App, garage: Workspace, language: str) -> None:
    order = an_order(garage)
    at = tap(interview(app, order, language), f"dismantle_add_{order}")
    assert len(at.error) == 1
    at.button_group(key=f"dismantle_sum_{order}").set_value(Decimal(120)).run()
    tap(at, f"dismantle_add_{order}")
    with reading(garage) as work:
        (job,) = work.db.exec(select(OrderJob).where(col(OrderJob.dismantling)))
        (line,) = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id))
    assert (line.unpriced, line.up_to) == (True, Decimal(120))
    assert "£120.00" in text_of(at).replace("\\", "")


def a_young_car(garage: Workspace, km: int | None = 41_250) -> tuple[int, int]:
    """Its order and the job about brakes on it; the whole car is under warranty for 36 months or 100,000 km."""
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        warranty_terms.set_term(work, months=36, km=100_000)
    order = an_order(garage, jobs=(2,))
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        work.get(Vehicle, work.get(WorkOrder, order).vehicle_id).first_registered = date(2025, 3, 12)
        if km:
            record(work, order, covers=True, odometer_km=km, fuel_eighths=4)
        return order, work.db.exec(select(OrderJob.id)).one()


@LANGUAGES
def test_warranty_is_accepted_by_a_tap_or_decided_otherwise_with_a_reason(
    app: App, garage: Workspace, language: str
) -> None:
    order, job = a_young_car(garage)
    at = interview(app, order, language)
    words = (
        "until 12 March 2028 or 100,000 km; car has 41,250 km" if language == "en" else "至2028年3月12日或100,000公里"
    )
    assert words in text_of(at).replace("\\", "")
    tap(at, f"cover_{job}")
    assert decided(garage, job) == (Cover.INSIDE, {Payer.WARRANTY})
    tap(at, f"cover_outside_{job}")
    assert len(at.error) == 1
    at.text_input(key=f"cover_reason_{job}").set_value("hit a kerb").run()
    tap(at, f"cover_outside_{job}")
    assert decided(garage, job) == (Cover.OUTSIDE, {Payer.CUSTOMER})


def decided(garage: Workspace, job: int) -> tuple[Cover | None, set[Payer]]:
    with reading(garage) as work:
        lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job))
        return work.get(OrderJob, job).cover, {line.payer for line in lines}


@LANGUAGES
def test_what_is_undecided_stays_in_sight_until_the_manager_in_the_clerks_place_decides(
    app: App, garage: Workspace, language: str
) -> None:
    order, job = a_young_car(garage, km=None)
    tap(interview(app, order, language), "next_interview")
    flag = "Warranty undecided" if language == "en" else "保修待定"
    assert flag in text_of(app("reception", Role.ADVISOR, language))
    (task,) = tasks(garage)
    board = tap(app("reception", Role.MANAGER, language), f"answer_task_reception_{task.id}")
    tap(board, f"clerk_{job}_inside")
    assert len(board.error) == 1
    board.text_input(key=f"clerk_{job}_reason").set_value("maker agreed").run()
    tap(board, f"clerk_{job}_inside")
    assert decided(garage, job) == (Cover.INSIDE, {Payer.WARRANTY})
    assert flag not in text_of(app("reception", Role.SUPERVISOR, language))


@LANGUAGES
def test_the_manager_sets_the_terms(app: App, garage: Workspace, language: str) -> None:
    at = app("settings", Role.MANAGER, language, section="reception")
    at.segmented_control(key="reception_part").set_value("warranty").run()
    tap(at, "warranty_usual")
    at.text_input(key="warranty_make").set_value("Ford").run()
    at.number_input(key="warranty_months").set_value(60).run()
    tap(at, "warranty_save")
    with reading(garage) as work:
        kept = {(one.make, one.group): one for one in warranty_terms.warranty_terms(work)}
    assert {key: (one.months, one.km) for key, one in kept.items()} == {
        ("", ""): (36, 100_000), ("", "brakes"): (6, 10_000), ("Ford", ""): (60, None)
    }  # fmt: skip
    assert ("36 months or 100,000 km" if language == "en" else "36个月或100,000公里") in text_of(at).replace("\\", "")
    tap(at, f"warranty_remove_{kept['', 'brakes'].id}")
    at.number_input(key="warranty_near_days").set_value(30).run()
    with reading(garage) as work:
        assert len(work.db.exec(select(WarrantyTerm)).all()) == 2
        assert work.garage.warranty_near_days == 30
