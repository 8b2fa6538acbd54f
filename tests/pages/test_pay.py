"""The counter on the tablet: several ways in one tap, deposits, giving back, on account, and the settings behind it."""

from decimal import Decimal

from sqlmodel import select

from db.enums import PaymentMethod, Role
from db.models import Customer, Payment, WorkOrder
from services.accounts import set_account
from services.cash_drawer import close_drawer
from services.pay_methods import methods_taken
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready
from tests.factories import as_role
from tests.pages.conftest import App
from tests.pages.test_delivery import tap, words


def _made(ws: Workspace) -> list[tuple[str, Decimal]]:
    with reading(ws) as work:
        return [(row.number, row.amount) for row in work.db.exec(select(Payment).order_by(Payment.id))]  # type: ignore[arg-type]


def test_a_deposit_by_taps_and_back_again(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    at = app("delivery", Role.CASHIER, order=key)
    at.session_state[f"step:{key}"] = "deposit"
    at.run()
    tap(at, f"share_{key}_50")
    tap(at, f"deposit_{key}")
    assert _made(garage) == [("R2026-00001", Decimal(51))]
    assert "£51.00 deposit held" in words(at)
    at.session_state[f"step:{key}"] = "refund"
    at.run()
    tap(at, f"refund_{key}")
    assert at.error[0].value == "Please give a reason\\."
    at.pills(key=f"usual_refund_reason_{key}").set_value("Deposit given back").run()
    tap(at, f"refund_{key}")
    assert not at.exception
    assert _made(garage)[1:] == [("R2026-00002", Decimal(-51))]


def test_two_ways_are_paid_in_one_tap_and_what_another_tablet_took_is_told(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at, other = app("delivery", Role.CASHIER, order=key), app("delivery", Role.ADVISOR, order=key)
    at.number_input(key=f"amount_{key}_0").set_value(50.0).run()
    tap(at, f"more_way_{key}")
    at.pills(key=f"pay_method_{key}_1").set_value(PaymentMethod.CARD).run()
    assert at.number_input(key=f"amount_{key}_0_1").value == 52.75
    tap(at, f"note_cash_{key}_0_50.0_0")
    assert "Change £50.00" in words(at)
    tap(at, f"pay_{key}")
    assert not at.exception
    assert _made(garage) == [("R2026-00001", Decimal(50)), ("R2026-00001", Decimal("52.75"))]
    tap(other, f"pay_{key}")
    assert other.error
    assert not other.button(key=f"pass_out_{key}").disabled
    assert len(_made(garage)) == 2


def test_what_is_owed_goes_on_the_account_from_the_counter(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        customer = work.db.exec(select(Customer)).one()
        set_account(work, customer.id, customer.version, limit=Decimal(500), days=14)
    at = app("delivery", Role.CASHIER, order=key)
    tap(at, f"to_account_{key}")
    assert "£102.75 of £500.00 owed in all" in words(at)
    assert "due on 7 Dec 2026" in words(at)
    tap(at, f"on_account_{key}")
    assert not at.exception
    with reading(garage) as work:
        assert work.get(WorkOrder, key).on_account


def test_whoever_takes_money_opens_the_closed_drawer_right_there(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        close_drawer(work, counted=Decimal(1000))
    at = app("delivery", Role.ADVISOR, order=key)
    assert "Drawer closed" in words(at)
    tap(at, "drawer_open")
    at.run()
    tap(at, f"pay_{key}")
    assert len(_made(garage)) == 1


def test_the_manager_says_what_is_taken_and_opens_an_account(app: App, garage: Workspace) -> None:
    make_ready(garage)
    at = app("settings", Role.MANAGER, section="money")
    at.text_input(key="invoice_tax_number").set_value("GB 999")
    tap(at, "invoice_save")
    at.segmented_control(key="money_part").set_value("methods").run()
    at.pills(key="methods_taken").set_value([PaymentMethod.CASH, PaymentMethod.WECHAT]).run()
    assert not at.exception
    with reading(garage) as work:
        assert work.garage.tax_number == "GB 999"
        assert methods_taken(work) == [PaymentMethod.CASH, PaymentMethod.WECHAT]
        customer = work.db.exec(select(Customer)).one()
    at = app("customers", Role.MANAGER, customer=customer.id)
    at.segmented_control(key="customer_section").set_value("account").run()
    key = f"account{customer.id}_{customer.version}"
    at.number_input(key=f"{key}_limit").set_value(750.0).run()
    tap(at, f"{key}_save")
    assert "£0.00 of £750.00 owed in all" in words(at)
