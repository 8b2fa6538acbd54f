"""Several ways at once, deposits, refunds, accounts and receipts: what the counter takes and gives, to the coin."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, LineKind, OrderStatus, Payer, Role
from db.enums import PaymentMethod as By
from db.enums_money import PaymentKind
from db.models import Customer, Garage, Payment, WorkOrder
from services import orders
from services.accounts import OverAccountLimit, owes, set_account, set_invoice
from services.chinese_sums import in_capitals
from services.exit_passes import check_out, pass_out
from services.order_refusals import MoneyHeld, MoneyOwed
from services.pay_methods import MethodNotTaken, methods_taken, picture, put_picture, set_methods
from services.payment_sums import NothingPaid, Taken, TooLittleCash
from services.payments import (
    DepositTooHigh,
    GivenBackAlready,
    MoreThanHeld,
    MoreThanOwed,
    credit,
    deposit,
    on_account,
    pay,
    pay_all,
    payments,
    refund,
    reverse,
)
from services.receipts import receipt_pdf
from services.refusals import InThePast, Missing, NotAllowed, NotNow, OutOfRange, Stale
from services.reprints import is_copy
from services.settlement import credit_note, standing, statements
from services.settlement import owed as owed_on
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import Priced, billed, make_ready, use_currency
from tests.factories import as_role
from tests.services.reception import PRICE, approved

D = Decimal
CHEAP: tuple[Priced, ...] = ((LineKind.LABOUR, "Oil service", "1", "80", Payer.CUSTOMER, Answer.AGREED),)


@pytest.fixture
def order_id(ws: Workspace) -> int:
    """An order billed with £102.75, nothing paid."""
    order_id = make_ready(ws)
    billed(ws, order_id)
    return order_id


def _account(ws: Workspace, limit: str | None, days: int | None = None) -> int:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        customer = work.db.exec(select(Customer)).first()
        assert customer
        set_account(work, customer.id, customer.version, limit=D(limit) if limit else None, days=days)
        return customer.id


def test_several_ways_are_one_receipt_and_all_or_nothing(ws: Workspace, order_id: int) -> None:
    cashier = as_role(ws, Role.CASHIER)
    for wrong, refusal in (
        ([Taken(By.CARD, D(50)), Taken(By.CASH, D("52.76"))], MoreThanOwed),
        ([Taken(By.CARD, D(50)), Taken(By.CASH, D(20), D(10))], TooLittleCash),
        ([Taken(By.CARD, D(50)), Taken(By.CASH, D(0))], NothingPaid),
        ([Taken(By.CARD, D(150)), Taken(By.CASH, D(-50))], NothingPaid),
        ([Taken(By.CARD, D("1E30"))], OutOfRange),
        ([Taken(By.CARD, D("NaN"))], Missing),
        ([Taken(By.ALIPAY, D(50))], MethodNotTaken),
        ([], NothingPaid),
    ):
        with pytest.raises(refusal), unit_of_work(cashier) as work:
            pay_all(work, order_id, wrong)
    with unit_of_work(cashier) as work:
        made = pay_all(work, order_id, [Taken(By.CARD, D(50)), Taken(By.CASH, D("52.75"), D(60))])
        assert [(p.number, p.amount, p.change) for p in made] == [
            ("R2026-00001", D(50), D(0)), ("R2026-00001", D("52.75"), D("7.25")),
        ]  # fmt: skip
        assert owed_on(work, order_id) == 0


def test_receipts_are_numbered_without_gaps_whatever_was_refused(ws: Workspace, order_id: int) -> None:
    cashier = as_role(ws, Role.CASHIER)
    for amount in ("10", "500", "20"):
        try:
            with unit_of_work(cashier) as work:
                pay(work, order_id, method=By.CARD, amount=D(amount))
        except MoreThanOwed:
            pass
    with unit_of_work(cashier) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Wrong card")
    with reading(ws) as work:
        assert [p.number for p in payments(work, order_id)] == ["R2026-00001", "R2026-00002", "R2026-00003"]


@pytest.mark.parametrize(("currency", "paid", "left"), [("JPY", "53", "50"), ("KWD", "50.001", "52.749")])
def test_deposits_count_on_the_statement_in_every_currency(ws: Workspace, currency: str, paid: str, left: str) -> None:
    use_currency(ws, currency)
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        assert deposit(work, order_id, method=By.CARD, amount=D(paid)).kind == PaymentKind.DEPOSIT
    billed(ws, order_id)
    with reading(ws) as work:
        assert owed_on(work, order_id) == D(left)


def test_a_deposit_is_at_most_the_customers_part_and_goes_back_before_the_order_is_cancelled(ws: Workspace) -> None:
    cashier = as_role(ws, Role.CASHIER)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order_id = approved(work).id
        deposit(work, order_id, method=By.CASH, amount=D(40), tendered=D(50))
    with pytest.raises(DepositTooHigh), unit_of_work(cashier) as work:
        deposit(work, order_id, method=By.CARD, amount=PRICE - 40 + D("0.01"))
    with pytest.raises(MoneyHeld), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.cancel(work, order_id, reason="customer left")
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        refund(work, order_id, method=By.CASH, amount=D(40), reason="customer left")
    with pytest.raises(MoreThanHeld), unit_of_work(cashier) as work:
        refund(work, order_id, method=By.CASH, amount=D("40.01"), reason="customer left")
    with unit_of_work(cashier) as work:
        back = refund(work, order_id, method=By.CASH, amount=D(40), reason="customer left")
        assert (back.kind, back.amount, back.number) == (PaymentKind.REFUND, D(-40), "R2026-00002")
    with pytest.raises(GivenBackAlready), unit_of_work(cashier) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Wrong order")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        assert orders.cancel(work, order_id, reason="customer left").status == OrderStatus.CANCELLED


def test_what_was_paid_on_a_statement_taken_back_is_given_back_once(ws: Workspace, order_id: int) -> None:
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        pay(work, order_id, method=By.CARD, amount=D("102.75"))
    with pytest.raises(NotNow), unit_of_work(manager) as work:
        refund(work, order_id, method=By.CARD, amount=D(1), reason="Too much")
    with unit_of_work(manager) as work:
        issued = standing(statements(work, order_id))
        assert issued
        credit_note(work, issued.id, reason="wrong price")
        refund(work, order_id, method=By.CARD, amount=D("102.75"), reason="Statement corrected")
        mistaken = payments(work, order_id)[-1]
        assert reverse(work, mistaken.id, reason="The card was refused").amount == D("102.75")
    with reading(ws) as work:
        assert sum(p.amount for p in payments(work, order_id)) == D("102.75")


def test_an_account_goes_up_to_its_limit_over_all_orders_and_is_due_after_its_days(
    ws: Workspace, order_id: int
) -> None:
    cashier = as_role(ws, Role.CASHIER)
    with pytest.raises(NotNow), unit_of_work(cashier) as work:
        on_account(work, order_id)
    customer_id = _account(ws, "150", 14)
    with unit_of_work(cashier) as work:
        order = on_account(work, order_id)
        assert (order.on_account, order.due_on) == (True, date(2026, 12, 7))
        assert pass_out(work, order_id).number
    second = make_ready(ws, CHEAP, plate="CD34 EFG")
    billed(ws, second)
    with unit_of_work(ws) as work:
        order = work.get(WorkOrder, second)
        order.customer_id = customer_id
        assert owes(work, customer_id) == D("182.75")
    with pytest.raises(OverAccountLimit, match=r"182\.75"), unit_of_work(cashier) as work:
        on_account(work, second)
    with unit_of_work(cashier) as work:
        pay(work, second, method=By.CARD, amount=D("32.75"))
        assert on_account(work, second).on_account


def test_what_was_put_on_account_is_judged_anew_when_more_is_owed(ws: Workspace, order_id: int) -> None:
    _account(ws, "60")
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        made = pay(work, order_id, method=By.CARD, amount=D(50))
        assert on_account(work, order_id).due_on == date(2026, 12, 23)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        reverse(work, made.id, reason="Wrong card")
        assert not work.get(WorkOrder, order_id).on_account
    with pytest.raises(OverAccountLimit), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        on_account(work, order_id)


def test_the_managers_credit_holds_for_what_was_owed_and_no_more(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        made = pay(work, order_id, method=By.CARD, amount=D(100))
        credit(work, order_id, reason="Pays the rest on Friday")
        leave = pass_out(work, order_id)
        reverse(work, made.id, reason="The card was refused")
    with pytest.raises(MoneyOwed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_out(work, leave.number)


def test_only_the_manager_opens_an_account_and_nobody_writes_over_another(ws: Workspace, order_id: int) -> None:
    customer_id = _account(ws, "150")
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        set_account(work, customer_id, 2, limit=D(900))
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        set_invoice(work, customer_id, 2, address="1 Mill Lane", tax_number="GB 123")
    for limit, days, version, refusal in (
        ("900", 30, 2, Stale),
        ("-5", 30, 3, NothingPaid),
        ("900", 0, 3, OutOfRange),
        ("1E20", 30, 3, OutOfRange),
    ):
        with pytest.raises(refusal), unit_of_work(as_role(ws, Role.MANAGER)) as work:
            set_account(work, customer_id, version, limit=D(limit), days=days)
    _account(ws, None)
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        on_account(work, order_id)
    with pytest.raises(InThePast), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit(work, order_id, reason="Pays later", due_on=work.now.date() - timedelta(days=1))


def test_an_english_garage_takes_no_wechat_unless_switched_on_and_a_chinese_one_does(ws: Workspace) -> None:
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        assert methods_taken(work) == [By.CASH, By.CARD, By.TRANSFER]
        set_methods(work, {By.CASH, By.WECHAT})
        assert methods_taken(work) == [By.CASH, By.WECHAT]
    with pytest.raises(Missing), unit_of_work(manager) as work:
        set_methods(work, set())
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        put_picture(work, By.WECHAT, None)
    with unit_of_work(ws) as work:
        assert picture(work, By.WECHAT) is None
        garage: Garage = work.garage
        garage.country = "CN"
    with unit_of_work(manager) as work:
        set_methods(work, set(By))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("105.30", "壹佰零伍元叁角整"),
        ("1005", "壹仟零伍元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000001", "壹亿零壹元整"),
        ("20030000", "贰仟零叁万元整"),
    ],
)
def test_sums_in_chinese_capitals(amount: str, words: str) -> None:
    assert in_capitals(D(amount)) == words


def test_a_receipt_says_what_was_taken_and_the_second_one_that_it_is_a_copy(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        first = pay_all(work, order_id, [Taken(By.CARD, D(50)), Taken(By.CASH, D(20), D(50))])[0]
        assert [is_copy(work, work.get(Payment, first.id)) for _ in range(2)] == [False, True]
    with reading(ws) as work:
        for language in ("en", "zh_CN"):
            assert receipt_pdf(work, first.id, language=language, copy=True)[:5] == b"%PDF-"
