"""A car in the workshop: proposed and accepted, taken over, late, worn brakes shown to the customer on their own telephone. The
supervisor's tablet on its side and in English, the technician's upright and in Chinese."""

import pytest
from playwright.sync_api import expect

from db.enums import Answer, ConsentMethod, OrderStatus, Role
from db.enums_workshop import DelayAnswer
from db.models import ClockEntry, Consent, Delay, OrderJob, OrderLine, OrderTask, Verification, WorkOrder
from services.order_links import order_link
from services.work import unit_of_work
from tests.browser.conftest import PORTRAIT, Hand
from tests.factories import as_role
from tests.shop import make_order

pytestmark = pytest.mark.browser
LIVE = 5_000  # milliseconds until another tablet shows what happened here


def test_a_delay_and_worn_brakes_from_the_proposal_to_the_customers_telephone(hand: Hand) -> None:
    boss, mine, telephone = hand("en"), hand("zh_CN", PORTRAIT), hand("en", (390, 844))
    house = boss.house
    order_id = make_order(house.ws, plate="LA19 MPS")
    boss.sign_in("Sam Supervisor", "/workshop")
    boss.press("workshop_view", "Dispatch")
    boss.tap(f"accept_{order_id}")
    order = house.one(WorkOrder, id=order_id)
    assert order.status == OrderStatus.IN_WORK

    who, service = house.who(order.technician_id), house.one(OrderJob, order_id=order_id)
    mine.sign_in(who, "/workshop")
    mine.tap(f"big_verify_{order_id}")
    mine.choose(f"verify_differs_{order_id}", 0)
    mine.choose(f"verify_symptom_{order_id}", 0)
    mine.tap(f"verify_{order_id}")
    assert house.one(Verification, order_id=order_id).differences
    mine.tap("back")
    mine.tap(f"big_start_{service.id}")

    before = mine.taps
    mine.tap(f"big_report_delay_{order_id}")
    mine.tap(f"delay_harder_{order_id}")
    assert mine.taps - before == 2
    delay = house.one(Delay, order_id=order_id)
    boss.sign_in("Ada Advisor", f"/reception?order={order_id}")
    boss.tap(f"delay_said_agrees_{delay.id}")
    delay = house.one(Delay, order_id=order_id)
    assert delay.answer == DelayAnswer.AGREES
    assert house.one(WorkOrder, id=order_id).promised_at == delay.proposed_at

    mine.goto("/workshop")
    mine.tap(f"big_add_extra_{order_id}")
    mine.pick(f"extra_job_{order_id}", "Front brake pads")
    mine.choose(f"extra_why_{order_id}", 0)
    mine.tap(f"add_extra_{order_id}")
    pads = house.rows(OrderJob, order_id=order_id)[-1]
    assert {line.answer for line in house.rows(OrderLine, order_job_id=pads.id)} == {Answer.PENDING}
    mine.goto("/workshop")
    expect(mine.key(f"big_start_{pads.id}")).to_have_count(0)  # nothing of it can begin

    with unit_of_work(as_role(house.ws, Role.ADVISOR)) as work:
        token = order_link(work, order_id).token
    telephone.page.goto(f"{telephone.base}/order/{token}")
    telephone.page.locator(f"input[name=job_{pads.id}][value=agreed]").tap()
    telephone.page.locator("input[name=person]").fill("Grace Field")
    telephone.page.locator("button.wide").tap()
    expect(telephone.page.locator("[role=status]")).to_be_visible()
    consent = house.rows(Consent, order_id=order_id)[-1]
    assert (consent.method, consent.person, consent.by_id) == (ConsentMethod.LINK, "Grace Field", None)

    mine.key(f"my_car_{order_id}").get_by_text(pads.title).first.wait_for(timeout=LIVE)
    mine.tap(f"big_finish_{service.id}")
    mine.tap(f"big_start_{pads.id}")
    (clock,) = house.rows(ClockEntry, order_id=order_id, ended_at=None)
    assert clock.order_job_id == pads.id
    assert all(task.done_at for task in house.rows(OrderTask, order_id=order_id) if task.order_job_id == pads.id)
