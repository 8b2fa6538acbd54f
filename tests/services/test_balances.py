"""What customers owe on cars that have left, and reminding them of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Channel, MessageState, PaymentMethod, Role
from db.enums_money import Age
from db.models import ContactAttempt, ContactConsent, Message, WorkOrder
from services.balances import OpenCustomer, by_age, open_balances, open_of
from services.delivery import NoMessage
from services.exit_passes import pass_out
from services.handover import deliver
from services.money_reminders import (
    JustReminded,
    NothingOverdue,
    PromiseTooLate,
    remind,
    to_remind,
)
from services.open_payments import PaidMeanwhile, pay_orders
from services.payment_sums import Taken, TooLittleCash
from services.payments import MoreThanOwed, credit, pay, payments, refund, reverse
from services.refusals import InThePast, NotAllowed
from services.settlement import credit_note, statements
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, delivered, make_ready
from tests.factories import MONDAY_9, as_role

D = Decimal
TODAY = MONDAY_9.date()


def _left_owing(ws: Workspace, due_on: date | None, plate: str = "AB12 CDE") -> int:
    """A car that left on the manager's credit, £102.75 to be paid by that day."""
    key = make_ready(ws, plate=plate)
    billed(ws, key)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit(work, key, reason="Regular customer", due_on=due_on)
        pass_out(work, key)
        deliver(work, key)
    return key


def _overdue(ws: Workspace, order_id: int, days: int) -> None:
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order_id).due_on = TODAY - timedelta(days=days)


def _one(work: Work) -> OpenCustomer:
    [found] = open_balances(work)
    return found


AGES = {-5: Age.NOT_DUE, 0: Age.NOT_DUE, 1: Age.TO_30, 30: Age.TO_30, 31: Age.TO_60, 60: Age.TO_60, 61: Age.TO_90, 90: Age.TO_90,
        91: Age.OVER_90}  # fmt: skip


def test_what_is_owed_stands_under_its_age(ws: Workspace) -> None:
    key = _left_owing(ws, None)
    for days, age in AGES.items():
        _overdue(ws, key, days)
        with reading(ws) as work:
            found = _one(work)
            assert (found.owed, found.orders[0].age) == (D("102.75"), age)
            assert found.overdue == (D("102.75") if days > 0 else 0)
            assert by_age([found]) == {one: D("102.75") if one == age else D(0) for one in Age}


def test_a_paid_car_and_one_still_here_are_not_open_and_paying_ends_it(ws: Workspace) -> None:
    delivered(ws, make_ready(ws, plate="XY99 ZZZ"))
    billed(ws, make_ready(ws, plate="QQ11 QQQ"))
    key = _left_owing(ws, TODAY + timedelta(days=14))
    with reading(ws) as work:
        assert [one.order.id for one in _one(work).orders] == [key]
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pay(work, key, method=PaymentMethod.CARD, amount=D(100))
        assert _one(work).owed == D("2.75")
        pay(work, key, method=PaymentMethod.CARD, amount=D("2.75"))
        assert open_balances(work) == []


def test_a_payment_taken_back_after_the_car_left_is_due_at_once_and_too_much_is_to_give_back(ws: Workspace) -> None:
    key = make_ready(ws)
    delivered(ws, key)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        reverse(work, payments(work, key)[0].id, reason="The bank took it back")
        assert (_one(work).owed, _one(work).orders[0].due_on) == (D("102.75"), TODAY)
        pay(work, key, method=PaymentMethod.CARD, amount=D("102.75"))
        assert open_balances(work) == []
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, statements(work, key)[0].id, reason="Wrong customer on it")
        assert (_one(work).owed, _one(work).to_give_back) == (D(0), D("102.75"))
        refund(work, key, method=PaymentMethod.CARD, amount=D("102.75"), reason="Wrong customer")
        assert open_balances(work) == []


def _two(ws: Workspace) -> tuple[int, int, int]:
    """Two cars of one customer, the second overdue longer."""
    first, second = _left_owing(ws, None), _left_owing(ws, None, "XY99 ZZZ")
    with unit_of_work(ws) as work:
        customer = work.get(WorkOrder, first).customer_id
        work.get(WorkOrder, second).customer_id = customer
    _overdue(ws, first, 3)
    _overdue(ws, second, 40)
    return customer, first, second


def test_several_orders_are_paid_in_one_act_under_one_receipt_the_longest_due_first(ws: Workspace) -> None:
    customer, first, second = _two(ws)
    parts = [Taken(PaymentMethod.CARD, D(100)), Taken(PaymentMethod.CASH, D(50), D(60))]
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        made = pay_orders(work, customer, [first, second], parts)
        assert [(one.order_id, one.method, one.amount, one.change) for one in made] == [
            (second, PaymentMethod.CARD, D(100), D(0)),
            (second, PaymentMethod.CASH, D("2.75"), D(0)),
            (first, PaymentMethod.CASH, D("47.25"), D(10)),
        ]
        assert len({one.number for one in made}) == 1
        assert [(one.order.id, one.owed) for one in _one(work).orders] == [(first, D("55.50"))]
    for ids, part, kind in (
        ([first], Taken(PaymentMethod.CARD, D("55.51")), MoreThanOwed),
        ([first, second], Taken(PaymentMethod.CARD, D(10)), PaidMeanwhile),
        ([first], Taken(PaymentMethod.CASH, D(20), D(10)), TooLittleCash),
    ):
        with pytest.raises(kind), unit_of_work(as_role(ws, Role.CASHIER)) as work:
            pay_orders(work, customer, ids, [part])


def test_an_overdue_customer_is_reminded_by_the_way_they_allow_and_again_after_the_pause(ws: Workspace) -> None:
    customer, first, _ = _two(ws)
    with pytest.raises(NoMessage), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        remind(work, customer, channel=Channel.SMS)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        work.add(ContactConsent(customer_id=customer, channel=Channel.SMS, allowed=True, at=work.now))
        assert [one.level for one in remind(work, customer, channel=Channel.SMS)] == [1, 1]
        message = work.db.exec(select(Message)).one()
        assert (message.channel, message.state) == (Channel.SMS, MessageState.QUEUED)
        assert "£205.50 for XY99 ZZZ, AB12 CDE was due on Wednesday 14 October" in message.text
        assert to_remind(work) == []
    with pytest.raises(JustReminded), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        remind(work, customer, channel=Channel.PHONE)
    later = ws.at(MONDAY_9 + timedelta(days=14))
    with unit_of_work(as_role(later, Role.CASHIER)) as work:
        [(one, orders)] = to_remind(work)
        assert (one.customer.id, len(orders)) == (customer, 2)
        assert remind(work, customer, channel=Channel.PHONE, promised_on=date(2026, 12, 11))[0].level == 2
        assert to_remind(work) == []
    with reading(ws.at(MONDAY_9 + timedelta(days=19))) as work:  # the promise was for the 11th
        assert [order.order.id for _, orders in to_remind(work) for order in orders] != [first]
        assert len(to_remind(work)) == 1


def test_nobody_reached_is_a_try_and_bad_promises_are_refused(ws: Workspace) -> None:
    key = _left_owing(ws, TODAY + timedelta(days=1))
    with reading(ws) as work:
        customer = work.get(WorkOrder, key).customer_id
    with pytest.raises(NothingOverdue), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        remind(work, customer, channel=Channel.PHONE)
    _overdue(ws, key, 2)
    for day, kind in ((TODAY - timedelta(days=1), InThePast), (TODAY + timedelta(days=91), PromiseTooLate)):
        with pytest.raises(kind), unit_of_work(as_role(ws, Role.CASHIER)) as work:
            remind(work, customer, channel=Channel.PHONE, promised_on=day)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        remind(work, customer, channel=Channel.PHONE)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        assert remind(work, customer, channel=Channel.PHONE, reached=False) == []
        tried = work.db.exec(select(ContactAttempt).where(ContactAttempt.customer_id == customer)).all()[-1]
        assert not tried.reached
        assert len(to_remind(work)) == 1
        found = open_of(work, customer)
        assert found is not None
        assert found.days == 2
