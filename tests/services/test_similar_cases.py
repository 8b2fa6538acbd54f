"""What cured similar symptoms on the same model before, and whether it held."""

from datetime import timedelta

import pytest

from db.enums import OrderStatus, Role
from db.models import Job, OrderJob, Vehicle, WorkOrder
from services.arrivals import greet, walk_in
from services.cures import Cure
from services.similar_cases import similar_cases
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

SQUEAL = {"noise": {"when": ["braking"]}}


def cured(work: Work, concern: str, cause: str, *, days: int, job_id: int | None = 2, title: str = "Front brake pads",
          model: str = "Focus", answers: dict[str, dict[str, list[str]]] | None = None, plate: str = "") -> WorkOrder:  # fmt: skip
    """A car that left so many days ago, its trouble found and cured."""
    car = make_car(work, plate=plate or f"P{days} {model[:3].upper()}")
    car.model = model
    left = work.now - timedelta(days=days)
    order = work.add(
        WorkOrder(number=f"W{car.id}", customer_id=car.customer_id, vehicle_id=car.id, status=OrderStatus.CLOSED, concern=concern,
                  answers=answers, arrived_at=left - timedelta(hours=5), delivered_at=left)
    )  # fmt: skip
    work.add(
        OrderJob(
            order_id=order.id, job_id=job_id, title=title, minutes=90, cause=cause, correction="Replaced", done_at=left
        )
    )
    return order


def now_with(ws: Workspace, concern: str, answers: dict[str, dict[str, list[str]]] | None = None) -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = greet(work, walk_in(work, vehicle_id=make_car(work).id, concern=concern).id)
        order.answers = answers
        return order.id


def found(ws: Workspace, order: int) -> list[Cure]:
    with reading(ws) as work:
        return similar_cases(work, work.get(WorkOrder, order))


def told(ws: Workspace, order: int) -> list[tuple[str, str, int, int, int]]:
    return [(one.case.title, one.case.cause, one.times, one.held, one.known) for one in found(ws, order)]


def test_the_cure_of_the_likest_case_comes_first(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "Squeals when braking", "Pads at 2 mm", days=200)
        cured(work, "Brakes squeal in the morning", "Pads glazed", days=120)
        cured(
            work,
            "Knocks when braking, then squeals over bumps in the cold",
            "Worn link",
            days=100,
            job_id=None,
            title="Drop link",
        )
        cured(work, "Air conditioning is warm", "No gas", days=100, job_id=3, title="Battery test", plate="AIR 1")
    assert told(ws, now_with(ws, "It squeals when I brake")) == [
        ("Front brake pads", "Pads glazed", 2, 2, 2),
        ("Drop link", "Worn link", 1, 1, 1),
    ]


def test_chinese_complaints_are_compared_by_pairs_of_characters(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "起步的时候变速箱打滑", "离合器片磨损", days=100, job_id=None, title="更换离合器")
        cured(work, "雨刮刮不干净", "雨刮老化", days=100, job_id=None, title="更换雨刮", plate="B1")
    assert told(ws, now_with(ws, "变速箱爬坡打滑")) == [("更换离合器", "离合器片磨损", 1, 1, 1)]


def test_what_it_is_not_is_no_likeness(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "High squeal under light braking, no pulling, pedal firm", "Pads", days=100)
        cured(work, "制动异响，无跑偏，无抖动", "制动片", days=101)
    assert told(ws, now_with(ws, "Engine light is on and it pulls")) == []
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = walk_in(work, vehicle_id=make_car(work, plate="N1").id, concern="高速跑偏抖动").id
    assert told(ws, order) == []


def test_answers_by_taps_are_compared_too(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "x", "Bearing", days=100, job_id=None, title="Bearing", answers={"noise": {"when": ["turning"]}})
        cured(work, "y", "Pads", days=101, answers=SQUEAL)
    assert [title for title, *_ in told(ws, now_with(ws, "z", SQUEAL))] == ["Front brake pads", "Bearing"]


@pytest.mark.parametrize("model", ["Fiesta", ""])
def test_other_models_say_nothing(ws: Workspace, model: str) -> None:
    with unit_of_work(ws) as work:
        cured(work, "Squeals when braking", "Pads", days=100, model=model, plate="O1")
    assert told(ws, now_with(ws, "It squeals when I brake")) == []


def test_a_cure_held_when_the_car_did_not_come_back_for_the_same_within_90_days(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        back = cured(work, "Squeals when braking", "Pads", days=200)
        again(work, back, 200 - 89, "Still squeals when braking")
        late = cured(work, "Squeals when braking", "Pads", days=300)
        again(work, late, 300 - 91, "Squeals when braking")
        other = cured(work, "Squeals when braking", "Pads", days=400)
        again(work, other, 395, "Needs winter tyres")
        cured(work, "Squeals when braking", "Pads", days=89)  # too soon to say
    assert told(ws, now_with(ws, "Squeals when braking")) == [("Front brake pads", "Pads", 4, 2, 3)]


def again(work: Work, order: WorkOrder, days: int, concern: str) -> None:
    work.add(
        WorkOrder(number=f"A{order.id}", customer_id=order.customer_id, vehicle_id=order.vehicle_id, status=OrderStatus.CLOSED,
                  concern=concern, arrived_at=work.now - timedelta(days=days))
    )  # fmt: skip


def test_what_the_catalogue_no_longer_has_is_told_but_not_offered(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "Squeals when braking", "Pads", days=100)
        work.get(Job, 2).active = False
    (one,) = found(ws, now_with(ws, "Squeals when braking"))
    assert not one.offered


def test_a_routine_visit_and_an_old_one_find_nothing(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cured(work, "Yearly service", "Oil old", days=100)
        cured(work, "Squeals when braking", "Pads", days=3 * 365 + 1, plate="OLD 1")
        cured(work, "High squeal under light braking from the front, about three weeks", "Pads", days=90, plate="L1")
    assert told(ws, now_with(ws, "Due its oil change, the spanner light came on at the weekend")) == []
    with unit_of_work(ws) as work:
        assert work.get(Vehicle, 1).visited_at
