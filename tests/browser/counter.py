"""How a car leaves: checked, told, billed, paid, driven out, and the call afterwards. Screen and database at each step."""

from datetime import timedelta
from decimal import Decimal

from playwright.sync_api import expect

from db.enums import CheckLevel, FollowUpStatus, OrderStatus, PaymentMethod
from db.enums_money import PickUpAnswer
from db.models import Check, ContactAttempt, ExitPass, FollowUp, FollowUpAnswer, Payment, Statement, WorkOrder
from services.care_moves import QUESTIONS
from services.handover_points import MOMENTS, points_of
from services.order_moves import ORDERS
from services.work import reading, unit_of_work
from services.workflow import facts_of
from tests.browser.tablet import Tablet


def check_and_tell(tablet: Tablet, order_id: int, *, by: str, left: str = "") -> None:
    """The advisor's own check, then the customer is told by phone. What was `left` undone stops it until it is explained."""
    tablet.sign_in(by, "/delivery")
    tablet.tap(f"check_delivery_ready_{order_id}")
    tablet.tap(f"all_delivery_{order_id}")
    tablet.tap(f"check_delivery_{order_id}")
    if left:
        assert tablet.house.rows(Check, order_id=order_id, level=CheckLevel.DELIVERY) == []
        why = tablet.page.locator(f"[class*='st-key-why_delivery_{order_id}_'] button", has_text=tablet.say(left))
        why.first.tap()
        tablet.settle()
        tablet.tap(f"check_delivery_{order_id}")
    check = tablet.house.rows(Check, order_id=order_id, level=CheckLevel.DELIVERY)[-1]
    assert (check.passed, tablet.house.who(check.by_id)) == (True, by)
    tablet.sees("Tell the customer")
    tablet.tap(f"first_tell_{order_id}_0")
    tablet.tap(f"tell_{order_id}")
    said = tablet.house.one(ContactAttempt, order_id=order_id)
    assert (said.reached, said.answer) == (True, PickUpAnswer.COMES)
    order = tablet.house.one(WorkOrder, id=order_id)
    assert order.told_at
    assert order.pick_up_at


def bill_and_pay(tablet: Tablet, order_id: int, *, by: str, total: Decimal) -> None:
    """The statement, some of it in cash with change, the rest by card, and the exit pass."""
    tablet.sign_in(by, "/delivery")
    tablet.tap(f"bill_ready_{order_id}")
    tablet.tap(f"bill_{order_id}")
    statement = tablet.house.one(Statement, order_id=order_id)
    assert (statement.total, statement.customer_share) == (total, total)
    tablet.sees("Take payment")
    _pay(tablet, order_id, PaymentMethod.CASH, "40", cash="50")
    tablet.sees("{sum} is owed", sum=f"£{total - 40:.2f}")
    assert tablet.house.rows(ExitPass, order_id=order_id) == []
    _pay(tablet, order_id, PaymentMethod.CARD, f"{total - 40}")
    paid = tablet.house.rows(Payment, order_id=order_id)
    assert [(row.method, row.amount, row.tendered, row.change) for row in paid] == [
        (PaymentMethod.CASH, Decimal(40), Decimal(50), Decimal(10)),
        (PaymentMethod.CARD, total - 40, None, Decimal(0)),
    ]
    tablet.tap(f"pass_out_{order_id}")
    tablet.press(f"section_{order_id}", tablet.say("Delivery"))
    tablet.reads(tablet.house.one(ExitPass, order_id=order_id).number)


def _pay(tablet: Tablet, order_id: int, method: PaymentMethod, amount: str, cash: str = "") -> None:
    tablet.press(f"pay_method_{order_id}", tablet.say(method.label))
    tablet.type(f"pay_amount_{order_id}", amount)
    if cash:
        tablet.type(f"pay_cash_{order_id}", cash)
        tablet.sees("Change {sum}", sum=f"£{Decimal(cash) - Decimal(amount):.2f}")
    tablet.tap(f"pay_{order_id}")


def hand_over(tablet: Tablet, order_id: int, *, by: str) -> None:
    """Shown screen by screen, given back without a signature, the order closed."""
    tablet.sign_in(by, f"/delivery?order={order_id}&moment=car")
    with reading(tablet.house.ws) as work:
        points = points_of(facts_of(work, ORDERS, order_id))
    for moment in MOMENTS:
        for point in points:
            if point.moment == moment:
                tablet.tap(f"shown_{order_id}_{point.key}")
        if moment != MOMENTS[-1]:
            tablet.tap(f"handover_next_{moment}")
    tablet.press(f"out_signs_{order_id}", tablet.say("Without a signature"))
    tablet.tap(f"deliver_{order_id}")
    order = tablet.house.one(WorkOrder, id=order_id)
    assert (order.status, bool(order.delivered_at)) == (OrderStatus.DELIVERED, True)
    tablet.tap(f"close_{order_id}")
    tablet.sees("Closed")
    order = tablet.house.one(WorkOrder, id=order_id)
    assert (order.status, tablet.house.last_event(order).after) == (OrderStatus.CLOSED, OrderStatus.CLOSED)


def call_satisfied(tablet: Tablet, order_id: int, *, by: str) -> None:
    """The follow-up call, days later, is answered with the best marks."""
    call = tablet.house.one(FollowUp, order_id=order_id)
    assert (call.status, call.due_at > tablet.house.ws.clock()) == (FollowUpStatus.DUE, True)
    _days_later(tablet, call.id)
    tablet.sign_in(by, "/follow_up")
    tablet.tap(f"call_{call.id}")
    tablet.tap(f"reach_{call.id}")
    expect(tablet.key(f"satisfied_{call.id}").locator("button")).to_be_disabled()
    for question in QUESTIONS:
        tablet.choose(f"{question}_{call.id}", 4)
    tablet.choose(f"recommend_{call.id}", 10)
    tablet.tap(f"satisfied_{call.id}")
    tablet.sees("Would recommend us: {n} of 10", n=10)
    call = tablet.house.one(FollowUp, id=call.id)
    assert (call.status, call.recommend, tablet.house.who(call.by_id)) == (FollowUpStatus.SATISFIED, 10, by)
    answers = tablet.house.rows(FollowUpAnswer, follow_up_id=call.id)
    assert {answer.question: answer.score for answer in answers} == dict.fromkeys(QUESTIONS, 5)


def _days_later(tablet: Tablet, follow_up_id: int) -> None:
    """The server's clock is the real one, so the call is moved into the past instead of the day into the future."""
    with unit_of_work(tablet.house.ws) as work:
        call = work.get(FollowUp, follow_up_id)
        call.due_at = work.now - timedelta(minutes=5)
        work.db.add(call)
