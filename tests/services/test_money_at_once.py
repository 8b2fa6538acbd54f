"""Two people at two tablets with the same money at the same moment, on both databases: one wins, the other is told, nothing is
counted twice."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from random import Random

import pytest

from db.enums import Answer, LineKind, Payer, PaymentMethod, Role
from db.enums_money import DiscountReason
from db.models import WorkOrder
from services import discount_approvals, discounts, exit_passes, payments, settlement
from services.handover import deliver
from services.open_payments import pay_orders
from services.order_moves import ORDERS
from services.payment_sums import Taken
from services.refusals import Refusal
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import SERVICE, billed, make_ready, paid, put_line
from tests.factories import as_role
from tests.services import money_conditions as must
from tests.services.at_once import DONE, Tap, at_once
from tests.services.money_verbs import STEPS

D = Decimal
DUE = D("102.75")
NOT_NOW = "This was already done, or is not possible now."


def _pay(order_id: int, amount: Decimal, method: PaymentMethod = PaymentMethod.CARD) -> Callable[[Work], object]:
    return lambda work: payments.pay(work, order_id, method=method, amount=amount)


def _after(ws: Workspace, *order_ids: int) -> None:
    with reading(ws) as work:
        must.all_hold(work, order_ids)


def test_money_is_taken_charged_and_given_back_once(ws: Workspace) -> None:
    one, other = as_role(ws, Role.CASHIER), as_role(ws, Role.MANAGER)
    order_id = make_ready(ws, (*SERVICE, (LineKind.PART, "Pump", "1", "240", Payer.WARRANTY, Answer.AGREED)))
    billed(ws, order_id)
    told = at_once([(one, _pay(order_id, D(60))), (other, _pay(order_id, D(60)))])
    assert sorted(told) == ["Only £42.75 is owed.", DONE]
    told = at_once([(one, _pay(order_id, D("42.75"))), (other, _pay(order_id, D("42.75"), PaymentMethod.CASH))])
    assert sorted(told) == [NOT_NOW, DONE]
    with reading(ws) as work:
        first = payments.payments(work, order_id)[0].id
    told = at_once([(who, lambda work: payments.reverse(work, first, reason="Wrong")) for who in (one, other)])
    assert sorted(told) == ["This payment was already reversed.", DONE]
    with unit_of_work(other) as work:
        settlement.credit_note(work, settlement.statements(work, order_id)[0].id, reason="Wrong")
    give = lambda work: payments.refund(work, order_id, method=PaymentMethod.CARD, amount=D("42.75"), reason="Wrong")  # noqa: E731
    assert sorted(at_once([(one, give), (other, give)])) == [NOT_NOW, DONE]
    assert sorted(at_once([(who, lambda work: settlement.bill(work, order_id)) for who in (one, other)])) == [
        NOT_NOW,
        DONE,
    ]
    with reading(ws) as work:
        assert [s.number for s in settlement.statements(work, order_id)] == [f"S2026-0000{n}" for n in (1, 2, 3)]
        assert settlement.owed(work, order_id) == DUE
    _after(ws, order_id)


def test_a_credit_note_and_a_payment_at_once_leave_the_money_owed_or_to_give_back(ws: Workspace) -> None:
    order_id = make_ready(ws)
    billed(ws, order_id)
    with reading(ws) as work:
        statement = settlement.statements(work, order_id)[0].id
    take_back: Tap = (as_role(ws, Role.MANAGER), lambda work: settlement.credit_note(work, statement, reason="Wrong"))
    told = at_once([take_back, (as_role(ws, Role.CASHIER), _pay(order_id, DUE))])
    assert told[0] == DONE
    with reading(ws) as work:
        facts = facts_of(work, ORDERS, order_id)
        assert (facts.billed, facts.to_give_back) == (None, DUE if told[1] == DONE else 0)
    _after(ws, order_id)


def test_a_discount_approved_while_the_statement_is_issued_is_on_it_or_refused(ws: Workspace) -> None:
    order_id = make_ready(ws)
    billed(ws, order_id)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        settlement.credit_note(work, settlement.statements(work, order_id)[0].id, reason="Too dear")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = discounts.ask(work, order_id, percent=50, reason=DiscountReason.APOLOGY).id
    told = at_once(
        [(as_role(ws, Role.MANAGER), lambda work: discount_approvals.approve(work, row)),
         (as_role(ws, Role.CASHIER), lambda work: settlement.bill(work, order_id))]
    )  # fmt: skip
    assert told[1] == DONE
    with reading(ws) as work:
        assert settlement.owed(work, order_id) == (D("51.37") if told[0] == DONE else DUE)
    _after(ws, order_id)


def test_two_cashiers_take_the_same_two_cars_at_once_and_one_is_told(ws: Workspace) -> None:
    first, second = make_ready(ws), make_ready(ws, plate="XY99 ZZZ")
    with unit_of_work(ws) as work:
        owner = work.get(WorkOrder, first).customer_id
        work.get(WorkOrder, second).customer_id = owner
    for key in (first, second):
        billed(ws, key)
        with unit_of_work(as_role(ws, Role.MANAGER)) as work:
            payments.credit(work, key, reason="Regular customer")
            exit_passes.pass_out(work, key)
            deliver(work, key)
    both = [Taken(PaymentMethod.CARD, 2 * DUE)]
    told = at_once(
        [(as_role(ws, role), partial(pay_orders, customer_id=owner, order_ids=keys, parts=both))
         for role, keys in ((Role.CASHIER, [first, second]), (Role.MANAGER, [second, first]))]
    )  # fmt: skip
    assert sorted(told) == ["Somebody has just settled a part of this. Look at what is still owed.", DONE]
    _after(ws, first, second)


def test_a_payment_taken_back_while_the_pass_is_issued_lets_nobody_out(ws: Workspace) -> None:
    order_id = make_ready(ws)
    paid(ws, order_id)
    with reading(ws) as work:
        taken = payments.payments(work, order_id)[0].id
    told = at_once(
        [(as_role(ws, Role.ADVISOR), lambda work: exit_passes.pass_out(work, order_id)),
         (as_role(ws, Role.CASHIER), lambda work: payments.reverse(work, taken, reason="Card declined"))]
    )  # fmt: skip
    assert told[1] == DONE
    with pytest.raises(Refusal), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        exit_passes.check_out(work, "X261123-01")
    _after(ws, order_id)


@pytest.mark.parametrize("seed", [1, 2])
def test_four_people_tap_whatever_they_like_at_one_car_and_every_sum_is_right(ws: Workspace, seed: int) -> None:
    by, order_id = Random(seed), make_ready(ws)
    with unit_of_work(ws) as work:
        put_line(
            work, order_id, (LineKind.OUTSIDE, "Weld", "1.5", "77.77", Payer.CUSTOMER, Answer.AGREED)
        ).back_at = work.now
    people = [as_role(ws, role) for role in (Role.MANAGER, Role.MANAGER, Role.CASHIER, Role.ADVISOR)]
    billed(ws, order_id)
    often = ["pay", "pay", "pay_several", "credit_note", "bill", "bill", "refund", "reverse", "drawer", *STEPS]

    def tap() -> Callable[[Work], object]:
        step, n, m = STEPS[by.choice(often)], by.randint(0, 999), by.randint(0, 99)
        return lambda work: step(work, order_id, n, m)

    for _ in range(5):
        at_once([(who, tap()) for who in people])
    _after(ws, order_id)
