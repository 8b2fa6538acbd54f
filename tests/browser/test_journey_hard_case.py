"""A walk-in that is not plain: a worn part, the supervisor's ear, two ways to do the job, safety work declined, a question from
the workshop. The advisor's tablet upright and in Chinese, the supervisor's on its side and in English."""

import pytest

from db.enums import Answer, OrderStatus
from db.enums_health import HealthPoint
from db.models import CheckTemplateItem, Consent, HealthResult, OrderJob, OrderLine, OrderTask, WorkOrder
from tests.browser import desk
from tests.browser.conftest import PORTRAIT, Hand
from tests.browser.desk import Guest

pytestmark = pytest.mark.browser
GUEST = Guest("郭小满", "07700 900655", "粤B5K8M2", "别克 君威", "刹车时前轮异响，方向发抖")
FOUND = "Front discs have run hot, measured 0.12 mm run-out"


def test_a_hard_case_from_the_walk_in_to_the_accepted_car(hand: Hand) -> None:
    tablet, boss = hand("zh_CN", PORTRAIT), hand("en")
    house = tablet.house
    tablet.sign_in("Ada Advisor", "/reception")
    order_id = desk.walk_in(tablet, GUEST, "Front brake pads")
    desk.walk_around(tablet, order_id, odometer=61_200)
    tablet.tap("step_next")
    wipers = house.rows(CheckTemplateItem, point=HealthPoint.WIPERS.value)[0].id
    tablet.choose(f"grade_{order_id}_{wipers}", 2)
    tablet.tap(f"everything_{order_id}")
    worn = house.one(HealthResult, order_id=order_id, item_id=wipers).order_job_id
    assert worn
    tablet.tap("step_next")

    tablet.tap(f"call_{order_id}")
    tablet.tap(f"call_now_{order_id}")
    task = house.one(OrderTask, order_id=order_id)
    boss.sign_in("Sam Supervisor", "/reception")
    boss.tap(f"answer_task_reception_{task.id}")
    boss.type(f"task_answer_{task.id}", FOUND)
    boss.tap(f"task_save_{task.id}")
    tablet.page.reload()
    tablet.reads(FOUND)

    tablet.tap("step_next")
    pads = house.rows(OrderJob, order_id=order_id)[0]
    tablet.tap(f"more_job_{pads.id}")
    tablet.tap(f"another_{pads.id}")
    other = house.rows(OrderJob, order_id=order_id)[-1]
    assert other.alternative == house.one(OrderJob, id=pads.id).alternative
    tablet.tap("step_next")
    desk.promise(tablet, order_id, wash=False)

    tablet.tap(f"choose_{other.id}")
    tablet.choose(f"answer_job_{worn}", 1)
    tablet.turn(f"warned_{worn}")
    tablet.draw(f"sign_{order_id}")
    tablet.sees("To the workshop")
    answers = {x.order_job_id: x.answer for x in house.rows(OrderLine, order_id=order_id)}
    assert answers == {pads.id: Answer.DECLINED, other.id: Answer.AGREED, worn: Answer.DECLINED}
    assert len(house.one(Consent, order_id=order_id).warned or []) == 1
    desk.hand_over(tablet, order_id)

    boss.goto(f"/workshop?order={order_id}")
    boss.more(order_id, "Ask reception")
    boss.type(f"ask_words_{order_id}", "Noise in front or behind?")
    boss.tap(f"ask_back_{order_id}")
    asked = house.rows(OrderTask, order_id=order_id)[-1]
    tablet.goto("/reception")
    tablet.tap(f"answer_task_reception_{asked.id}")
    tablet.type(f"task_answer_{asked.id}", "前面")
    tablet.tap(f"task_save_{asked.id}")
    assert house.one(OrderTask, id=asked.id).answer == "前面"
    boss.goto(f"/workshop?order={order_id}")
    boss.more(order_id, "Accept the car")
    order = house.one(WorkOrder, id=order_id)
    assert order.status == OrderStatus.AWAITING_DISPATCH
    assert order.accepted_at
