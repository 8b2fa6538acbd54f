"""A walk-in whose car fails the final inspection once, on a tablet held upright."""

from decimal import Decimal

import pytest

from db.enums import CheckLevel, OrderStatus
from db.models import Check, ClockEntry, WorkOrder
from tests.browser import counter, desk, shop
from tests.browser.conftest import PORTRAIT, Hand
from tests.browser.desk import Guest

pytestmark = pytest.mark.browser
GUEST = Guest("Noor Baker", "07700 900654", "WA71 KIN", "Skoda Octavia", "It squeals when I brake")
FINAL = CheckLevel.FINAL
WRONG = "Still squeals on the left"


def test_a_walk_in_whose_car_fails_the_final_inspection_once(hand: Hand) -> None:
    tablet = hand("en", PORTRAIT)
    house = tablet.house
    tablet.sign_in("Ada Advisor", "/reception")
    order_id = desk.walk_in(tablet, GUEST, "Front brake pads")
    desk.check_in(tablet, order_id, odometer=88_000, wash=False)
    desk.sign(tablet, order_id, GUEST)
    desk.hand_over(tablet, order_id)

    shop.dispatch(tablet, order_id, to="Tom Technician", bay="Lift 2")
    shop.work(tablet, order_id, by="Tom Technician", done="New pads in front")
    shop.passes(tablet, order_id, CheckLevel.SELF, by="Tom Technician", then=OrderStatus.TEAM_CHECK)
    shop.passes(tablet, order_id, CheckLevel.TEAM, by="Lea Leader", then=OrderStatus.FINAL_INSPECTION)
    shop.fails(tablet, order_id, FINAL, by="Ira Inspector", note=WRONG)

    shop.work(tablet, order_id, by="Tom Technician", done="Left caliper cleaned")
    assert [clock.rework for clock in house.rows(ClockEntry, order_id=order_id)] == [False, True]
    shop.passes(tablet, order_id, CheckLevel.SELF, by="Tom Technician", then=OrderStatus.TEAM_CHECK)
    shop.passes(tablet, order_id, CheckLevel.TEAM, by="Lea Leader", then=OrderStatus.FINAL_INSPECTION)
    shop.passes(tablet, order_id, FINAL, by="Max Manager", then=OrderStatus.READY, view="status")
    checks = [
        (check.round, check.passed, house.who(check.by_id))
        for check in house.rows(Check, order_id=order_id, level=FINAL)
    ]
    assert checks == [(0, False, "Ira Inspector"), (1, True, "Max Manager")]
    assert house.one(WorkOrder, id=order_id).rework_count == 1
    tablet.press(f"section_{order_id}", "Checks")
    tablet.reads(WRONG)

    counter.check_and_tell(tablet, order_id, by="Ada Advisor", left="Taken from the workshop's own stock")
    counter.bill_and_pay(tablet, order_id, by="Cass Cashier", total=Decimal(138))
    counter.hand_over(tablet, order_id, by="Ada Advisor")
