"""A booked service from the first call to a satisfied follow-up call, on a tablet on its side, in both languages."""

from decimal import Decimal

import pytest
from sqlmodel import delete

from db.enums import CheckLevel, OrderStatus
from db.models import Reservation
from services.work import unit_of_work
from tests.browser import counter, desk, shop
from tests.browser.conftest import Hand
from tests.browser.desk import Guest
from tests.browser.garage import House

pytestmark = pytest.mark.browser
MOST_TAPS, MOST_TYPED = 40, 3  # from the arrival to the hand-over
GUESTS = {
    "en": Guest("Olive Hart", "07700 900321", "KP21 OXY", "Ford Focus", "The oil light came on near Leeds"),
    "zh_CN": Guest("陈晓梅", "07700 900322", "粤B8T2K6", "别克 英朗", "保养灯亮了，刹车有点响"),
}


@pytest.mark.parametrize("language", GUESTS)
def test_a_booked_service_from_the_first_call_to_a_satisfied_follow_up(hand: Hand, house: House, language: str) -> None:
    with unit_of_work(house.ws) as work:
        work.db.exec(delete(Reservation))  # whatever others booked: there is a place today
    tablet, guest = hand(language), GUESTS[language]
    tablet.sign_in("Ada Advisor", "/booking")
    desk.make_customer(tablet, guest)
    desk.choose_jobs(tablet, guest, "Oil service")
    booking, (typed, taps) = desk.book(tablet, guest), (tablet.typed, tablet.taps)
    order_id = desk.arrive(tablet, booking)
    desk.check_in(tablet, order_id, odometer=41_250, wash=True)
    desk.sign(tablet, order_id, guest)
    desk.hand_over(tablet, order_id)
    assert tablet.typed - typed <= MOST_TYPED
    assert tablet.taps - taps < MOST_TAPS

    shop.dispatch(tablet, order_id, to="Tom Technician", bay="Lift 1")
    shop.take_over(tablet, order_id, by="Tom Technician")
    shop.draw_parts(tablet, order_id, by="Tom Technician")
    shop.work(tablet, order_id, by="Tom Technician", done="New oil and filter")
    shop.passes(tablet, order_id, CheckLevel.SELF, by="Tom Technician", then=OrderStatus.TEAM_CHECK)
    shop.passes(tablet, order_id, CheckLevel.TEAM, by="Lea Leader", then=OrderStatus.FINAL_INSPECTION)
    shop.passes(tablet, order_id, CheckLevel.FINAL, by="Ira Inspector", then=OrderStatus.WASH)
    shop.wash(tablet, order_id, by="Tia Technician", place="Row B 4")

    counter.check_and_tell(tablet, order_id, by="Ada Advisor")
    counter.bill_and_pay(tablet, order_id, by="Cass Cashier", total=Decimal("102.75"))
    counter.hand_over(tablet, order_id, by="Ada Advisor")
    counter.call_satisfied(tablet, order_id, by="Flo Follow")
