"""Payments: cash with change, several methods, reversals, credit."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func
from sqlmodel import select

from db.engine import make_engine
from db.enums import Answer, LineKind, Payer, Role
from db.enums import PaymentMethod as By
from db.migrate import upgrade
from db.models import Vehicle, WorkOrder
from services.exit_passes import pass_out
from services.order_lines import NotExact
from services.order_loading import load_orders
from services.order_moves import ORDERS
from services.order_refusals import MoneyOwed, StatementMissing
from services.payment_sums import ChangeOnlyForCash, NothingPaid, TooLittleCash
from services.payments import (
    AlreadyReversed,
    MoreThanOwed,
    credit,
    pay,
    payments,
    reverse,
)
from services.refusals import AlreadyDone, Missing, NotAllowed, NotNow, ReasonMissing, Refusal
from services.settlement import owed
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready, paid, ready_order, use_currency
from tests.factories import as_role, make_garage

D = Decimal


@pytest.fixture
def order_id(ws: Workspace) -> int:
    """An order billed with £102.75, nothing paid."""
    order_id = make_ready(ws)
    billed(ws, order_id)
    return order_id


def _pay(ws: Workspace, order_id: int, method: By, amount: str | None, tendered: str | None = None) -> None:
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pay(
            work,
            order_id,
            method=method,
            amount=D(amount) if amount else None,
            tendered=D(tendered) if tendered else None,
        )


def _owed(ws: Workspace, order_id: int) -> Decimal:
    with reading(ws) as work:
        return owed(work, order_id)


def test_cash_comes_with_change(ws: Workspace, order_id: int) -> None:
    _pay(ws, order_id, By.CASH, "102.75", "110")
    with reading(ws) as work:
        [payment] = payments(work, order_id)
        assert (payment.amount, payment.tendered, payment.change) == (D("102.75"), D(110), D("7.25"))
    assert _owed(ws, order_id) == 0


def test_several_payments_of_different_kinds_add_up(ws: Workspace, order_id: int) -> None:
    _pay(ws, order_id, By.TRANSFER, "50")
    _pay(ws, order_id, By.CARD, "40.05")
    assert _owed(ws, order_id) == D("12.70")
    _pay(ws, order_id, By.CASH, "12.70")
    assert _owed(ws, order_id) == 0
    with pytest.raises(NotNow):
        _pay(ws, order_id, By.CASH, "0.01")


@pytest.mark.parametrize(
    ("method", "amount", "tendered", "refusal"),
    [
        (By.CARD, None, None, Missing),
        (By.CARD, "0", None, NothingPaid),
        (By.CARD, "-5", None, NothingPaid),
        (By.CARD, "1.005", None, NotExact),
        (By.CARD, "102.76", None, MoreThanOwed),
        (By.CASH, "50", "49.99", TooLittleCash),
        (By.CASH, "50", "50.001", NotExact),
        (By.CARD, "50", "60", ChangeOnlyForCash),
    ],
)
def test_wrong_sums_are_refused_and_nothing_is_written(
    ws: Workspace, order_id: int, method: By, amount: str | None, tendered: str | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        _pay(ws, order_id, method, amount, tendered)
    assert _owed(ws, order_id) == D("102.75")


def test_nothing_is_taken_before_the_statement(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with pytest.raises((StatementMissing, NotNow)):
        _pay(ws, order_id, By.CARD, "10")


def test_a_double_tap_takes_the_money_once(ws: Workspace, order_id: int) -> None:
    cashier = as_role(ws, Role.CASHIER)
    with unit_of_work(cashier, "tap-1") as work:
        pay(work, order_id, method=By.CARD, amount=D(50))
    with pytest.raises(AlreadyDone), unit_of_work(cashier, "tap-1") as work:
        pay(work, order_id, method=By.CARD, amount=D(50))
    assert _owed(ws, order_id) == D("52.75")


def test_a_mistake_is_reversed_once_with_a_reason_and_both_payments_stay(ws: Workspace) -> None:
    order_id = make_ready(ws)
    paid(ws, order_id)
    cashier = as_role(ws, Role.CASHIER)
    with reading(ws) as work:
        payment_id = payments(work, order_id)[0].id
    with pytest.raises(ReasonMissing), unit_of_work(cashier) as work:
        reverse(work, payment_id, reason="")
    with unit_of_work(cashier) as work:
        back = reverse(work, payment_id, reason="Wrong card machine")
        assert (back.amount, back.method) == (D("-102.75"), By.CARD)
    with reading(ws) as work:
        assert [p.amount for p in payments(work, order_id)] == [D("102.75"), D("-102.75")]
    assert _owed(ws, order_id) == D("102.75")
    _pay(ws, order_id, By.CASH, "2.75")
    for key in (payment_id, back.id):
        with pytest.raises(AlreadyReversed), unit_of_work(cashier) as work:
            reverse(work, key, reason="Again")


def test_an_advisor_takes_money_but_does_not_give_it_back(ws: Workspace) -> None:
    order_id = make_ready(ws)
    paid(ws, order_id)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Wrong")


def test_only_the_manager_gives_credit_and_then_the_car_may_leave(ws: Workspace, order_id: int) -> None:
    with pytest.raises(MoneyOwed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pass_out(work, order_id)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        credit(work, order_id, reason="Pays on Friday")
    with pytest.raises(ReasonMissing), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit(work, order_id, reason=" ")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        order = credit(work, order_id, reason="Pays on Friday")
        assert (order.credit_by_id, order.credit_reason) == (10, "Pays on Friday")
        assert pass_out(work, order_id).number == "X261123-01"
    assert _owed(ws, order_id) == D("102.75")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One garage for many generated examples, on SQLite: what is judged is arithmetic, not the database."""
    folder = tmp_path_factory.mktemp("payments")
    engine: Engine = make_engine(f"sqlite:///{folder / 'garage.db'}")
    upgrade(engine)
    return make_garage(engine, folder)


_steps = st.lists(
    st.tuples(st.sampled_from(["pay", "reverse"]), st.integers(1, 120_000), st.sampled_from(By)), max_size=8
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps, currency=st.sampled_from(["JPY", "KWD", "GBP", "CNY"]))
def test_whatever_is_paid_and_reversed_owed_is_billed_minus_the_sum(
    shop: Workspace, steps: list[tuple[str, int, By]], currency: str
) -> None:
    use_currency(shop, currency, "13")
    price = "99" if currency == "JPY" else "99.95"
    with unit_of_work(shop) as work:
        cars = work.db.exec(select(func.count()).select_from(Vehicle)).one()
        line = (LineKind.LABOUR, "Diagnosis", "1", price, Payer.CUSTOMER, Answer.AGREED)
        order_id = ready_order(work, (line,), plate=f"T{cars:05}").id
    billed(shop, order_id)
    due = _owed(shop, order_id)
    for what, thousandths, method in steps:
        try:
            with unit_of_work(as_role(shop, Role.MANAGER)) as work:
                if what == "pay":
                    pay(work, order_id, method=method, amount=D(thousandths) / 1000)
                elif made := payments(work, order_id):
                    reverse(work, made[thousandths % len(made)].id, reason="Mistake")
        except Refusal:
            pass
        with reading(shop) as work:
            facts = load_orders(work, [work.get(WorkOrder, order_id)])[order_id]
            taken = sum((p.amount for p in payments(work, order_id)), D(0))
            assert facts.paid == taken
            assert 0 <= facts.owed == due - taken


def test_with_credit_the_exit_pass_is_the_next_step_and_payment_stays_possible(ws: Workspace, order_id: int) -> None:
    def steps() -> tuple[str, set[str]]:
        with reading(ws) as work:
            facts = facts_of(work, ORDERS, order_id)
            step = ORDERS.next_step(facts, facts.order.status)
            assert step is not None
            return step.action, {move.action for move in ORDERS.possible(facts, facts.order.status)}

    assert steps()[0] == "pay"
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit(work, order_id, reason="Pays on Friday")
    assert steps()[0] == "pass_out"
    assert "pay" in steps()[1]
