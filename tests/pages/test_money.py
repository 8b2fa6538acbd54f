"""Money on the screen: the drawer from opening to closing, without the answer before the count; closings, the export."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from db.enums import PaymentMethod, Role
from db.enums_money import DrawerKind
from services.cash_drawer import close_drawer
from services.drawer_rows import cash_in, current
from services.payments import pay
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready
from tests.factories import as_role
from tests.pages.conftest import App


@pytest.fixture
def paid_in_cash(garage: Workspace) -> None:
    """A hundred in cash and the rest by card."""
    order_id = make_ready(garage)
    billed(garage, order_id)
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        pay(work, order_id, method=PaymentMethod.CASH, amount=Decimal(100))
        pay(work, order_id, method=PaymentMethod.CARD, amount=Decimal("2.75"))


def words(at: AppTest) -> str:
    """Everything that is read on the screen."""
    return "\n".join(str(one.value) for one in (*at.markdown, *at.caption, *at.subheader, *at.metric, *at.error))


def test_the_drawer_is_counted_blind_and_a_difference_explained(
    app: App, garage: Workspace, paid_in_cash: None
) -> None:
    at = app("money", Role.CASHIER)
    assert "1,100" not in words(at)
    assert "£2\\.75" in words(at)
    at.button(key="drawer_count").click().run()
    assert "1,100" not in words(at)
    at.number_input(key="piece_50").set_value(21).run()
    at.button(key="drawer_counted").click().run()
    assert [metric.value for metric in at.metric] == ["£1,050\\.00", "£1,100\\.00", "\\-£50\\.00"]
    at.button(key="drawer_close").click().run()
    assert "Say why before closing" in words(at)
    at.button_group(key="drawer_close_reason").set_value("Payment not booked").run()
    at.button(key="drawer_close").click().run()
    assert not at.exception
    assert "Z2026\\-00001" in words(at)
    assert "Payment not booked" in words(at)
    with reading(garage) as work:
        assert current(work) is None


def test_cash_taken_out_by_hand_and_the_drawer_opened_with_what_was_left(app: App, garage: Workspace) -> None:
    at = app("money", Role.CASHIER, "zh_CN")
    at.button_group(key="drawer_move_kind").set_value(DrawerKind.PAID_OUT).run()
    at.number_input(key="drawer_move_sum").set_value(12.5).run()
    at.button_group(key="drawer_move_paid_out_reason").set_value("Small purchase").run()
    at.button(key="drawer_move_save").click().run()
    assert "零星采购" in words(at)
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        close_drawer(work, counted=Decimal("987.50"))
    at.run()
    at.button(key="drawer_open").click().run()
    assert not at.exception
    with reading(garage) as work:
        drawer = current(work)
        assert drawer
        assert cash_in(work, drawer.id) == Decimal("987.50")


def test_closings_and_export_open_in_either_language(app: App, garage: Workspace, paid_in_cash: None) -> None:
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        close_drawer(work, counted=Decimal(1090), reason="Wrong *change*")
    closings = app("money", Role.MANAGER, view="closings")
    assert "short by £10\\.00" in words(closings)
    assert "Wrong \\*change\\*" in words(closings)
    one = app("money", Role.MANAGER, "zh_CN", view="closings", closing=1)
    assert "结班 Z2026\\-00001" in words(one)
    export = app("money", Role.CASHIER, view="export")
    export.button_group(key="export_span").set_value("today").run()
    assert not export.exception
    assert [metric.value for metric in export.metric] == ["£85\\.62", "£17\\.13", "£102\\.75"]


def test_a_payment_during_the_count_asks_for_it_again_and_what_was_counted_stands(app: App, garage: Workspace) -> None:
    order_id = make_ready(garage)
    billed(garage, order_id)
    at = app("money", Role.CASHIER)
    at.button(key="drawer_count").click().run()
    at.number_input(key="piece_50").set_value(20).run()
    at.button(key="drawer_counted").click().run()
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        pay(work, order_id, method=PaymentMethod.CASH, amount=Decimal(50))
    at.button(key="drawer_close").click().run()
    assert not at.exception
    assert "Count again" in "\n".join(one.value for one in (*at.warning, *at.error))
    assert at.number_input(key="piece_50").value == 20
    at.number_input(key="piece_50").set_value(21).run()
    at.button(key="drawer_counted").click().run()
    assert [metric.value for metric in at.metric][-1] == "£0\\.00"
