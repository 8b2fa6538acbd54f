"""What the health check proposes on the estimate, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlmodel import select

from db.enums import Answer, LineKind, Urgency
from db.enums_health import HealthPoint
from db.enums_reception import Grade, Measure
from db.models import CheckTemplateItem, HealthResult
from services import health, orders
from services.declined_work import declined_for_car
from services.refusals import WrongStatus
from services.work import unit_of_work
from services.workspace import Workspace
from tests.services.checking import (
    BRAKES,
    advisor,
    answer,
    at,
    item,
    jobs_of,
    next_visit,
    proposed,
    put_to_customer,
)
from tests.services.reception import lines_of, received

__all__ = ["advisor"]


def test_what_is_not_good_becomes_a_job_of_the_catalogue_or_one_priced_after_diagnosis(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        health.measure(work, order.id, item_id=item(work, HealthPoint.PADS_FRONT), value=Decimal("2.8"))
        health.grade(work, order.id, item_id=item(work, HealthPoint.EXHAUST), grade=Grade.SOON)
        pads, exhaust = proposed(work, order.id)
        assert (pads.job_id, pads.title, pads.reason) == (BRAKES, "Front brake pads", "Brake pads front 2.8 mm")
        assert (pads.urgency, pads.safety) == (Urgency.NOW, True)
        assert (exhaust.job_id, exhaust.title, exhaust.urgency, exhaust.safety) == (
            None,
            "Exhaust",
            Urgency.SOON,
            False,
        )
        lines = [line for line in lines_of(work, order) if line.order_job_id in (pads.id, exhaust.id)]
        assert [(line.kind, line.unpriced, line.answer) for line in lines] == [
            (LineKind.LABOUR, False, Answer.PENDING),
            (LineKind.PART, False, Answer.PENDING),
            (LineKind.LABOUR, True, Answer.PENDING),
        ]


def test_tyres_of_an_axle_are_one_proposal_and_the_worst_of_them_says_how_soon(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        for point, value in ((HealthPoint.TREAD_FL, "2.4"), (HealthPoint.TREAD_FR, "1.5"), (HealthPoint.TREAD_RL, "3")):
            health.measure(work, order.id, item_id=item(work, point), value=Decimal(value))
        front, rear = proposed(work, order.id)
        assert (front.title, front.reason) == ("Front tyres", "Tyre front left 2.4 mm, Tyre front right 1.5 mm")
        assert (front.urgency, rear.title, rear.urgency) == (Urgency.NOW, "Rear tyres", Urgency.SOON)
        health.measure(work, order.id, item_id=item(work, HealthPoint.TREAD_FR), value=Decimal(5))
        assert (front.reason, front.urgency) == ("Tyre front left 2.4 mm", Urgency.SOON)
        health.grade(work, order.id, item_id=item(work, HealthPoint.TREAD_FL), grade=Grade.GOOD)
        assert [job.title for job in proposed(work, order.id)] == ["Rear tyres"]


def test_axles_share_a_job_of_the_catalogue_but_not_the_proposal(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        for row in work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.measure == Measure.TREAD)):
            row.job_id = BRAKES
            work.db.add(row)
        for point in (HealthPoint.TREAD_FL, HealthPoint.TREAD_RL, HealthPoint.TREAD_RR):
            health.grade(work, order.id, item_id=item(work, point), grade=Grade.SOON)
        assert [job.reason for job in proposed(work, order.id)] == [
            "Tyre front left",
            "Tyre rear left, Tyre rear right",
        ]


def test_a_job_that_is_on_the_order_anyhow_is_not_proposed_again(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work, jobs=(1, BRAKES))
        row = health.grade(work, order.id, item_id=item(work, HealthPoint.PADS_FRONT), grade=Grade.NOW)
        assert row.order_job_id is None
        assert proposed(work, order.id) == []
        health.grade(work, order.id, item_id=item(work, HealthPoint.PADS_FRONT), grade=Grade.GOOD)
        assert [job.job_id for job in jobs_of(work, order.id)] == [1, BRAKES]


def test_a_proposal_taken_off_comes_back_only_when_asked_for_or_judged_anew(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order, wipers, horn = received(work), item(work, HealthPoint.WIPERS), item(work, HealthPoint.HORN)
        row = health.grade(work, order.id, item_id=wipers, grade=Grade.SOON)
        orders.remove_job(work, order.id, order_job_id=row.order_job_id or 0)
    with unit_of_work(advisor) as work:
        health.grade(work, order.id, item_id=horn, grade=Grade.GOOD)
        assert proposed(work, order.id) == []
        health.propose(work, order.id, item_id=wipers)
        (job,) = proposed(work, order.id)
        orders.remove_job(work, order.id, order_job_id=job.id)
    with unit_of_work(advisor) as work:
        health.grade(work, order.id, item_id=wipers, grade=Grade.NOW)
        assert [job.urgency for job in proposed(work, order.id)] == [Urgency.NOW]


@pytest.mark.parametrize("word", [Answer.AGREED, Answer.DECLINED])
def test_what_the_customer_answered_stays_whatever_is_graded_then(advisor: Workspace, word: Answer) -> None:
    with unit_of_work(advisor) as work:
        order, wipers = received(work), item(work, HealthPoint.WIPERS)
        health.grade(work, order.id, item_id=wipers, grade=Grade.SOON)
        put_to_customer(work, order.id)
        answer(work, order.id, word)
        with pytest.raises(WrongStatus):
            health.grade(work, order.id, item_id=wipers, grade=Grade.GOOD)
        orders.revise(work, order.id)
    with unit_of_work(advisor) as work:
        health.grade(work, order.id, item_id=wipers, grade=Grade.GOOD)
        assert [(job.title, job.reason) for job in proposed(work, order.id)] == [("Wiper blades", "Wiper blades")]


def test_declined_follows_the_car_to_the_next_visit_with_the_values(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first = received(work)
        health.measure(work, first.id, item_id=item(work, HealthPoint.PADS_REAR), value=Decimal("4.5"))
        health.measure(work, first.id, item_id=item(work, HealthPoint.TREAD_RL), value=Decimal("5.2"))
        health.measure(work, first.id, item_id=item(work, HealthPoint.PRESSURE_RL), value=Decimal("2.3"))
        put_to_customer(work, first.id)
        answer(work, first.id, Answer.DECLINED)
    with unit_of_work(advisor) as work:
        second = next_visit(work, first)
        (found,) = declined_for_car(work, first.vehicle_id)
        assert (found.title, found.job_id, found.urgency) == ("Brake pads rear", None, Urgency.SOON)
        assert at(work, second.id, HealthPoint.PADS_REAR).last_value == "4.5 mm"
        assert at(work, second.id, HealthPoint.TREAD_RL).last_value == "5.2 mm · 2.3 bar"
        assert at(work, second.id, HealthPoint.TREAD_RL).grade is None


def test_three_tablets_at_once_make_one_sheet_and_one_proposal(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        wheels = [item(work, HealthPoint(f"tread_{wheel}")) for wheel in ("fl", "fr")]
    gate = Barrier(3)

    def tablet(grade: Grade) -> None:
        gate.wait()
        for wheel in wheels * 2:
            with unit_of_work(advisor) as work:
                health.grade(work, order.id, item_id=wheel, grade=grade)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(tablet, (Grade.SOON, Grade.NOW, Grade.SOON)))
    with unit_of_work(advisor) as work:
        rows = work.db.exec(select(HealthResult).where(HealthResult.order_id == order.id)).all()
        assert sorted(row.item_id for row in rows) == sorted(wheels)
        (job,) = proposed(work, order.id)
        assert {row.order_job_id for row in rows} == {job.id}
        assert job.urgency == (Urgency.NOW if Grade.NOW in {row.grade for row in rows} else Urgency.SOON)
