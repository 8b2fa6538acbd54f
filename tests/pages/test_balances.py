"""Open balances on the screen: the overdue first, a call noted, several orders paid at once."""

from datetime import timedelta

from sqlmodel import select

from db.enums import PaymentMethod, Role
from db.models import MoneyReminder, Payment, WorkOrder
from services.exit_passes import pass_out
from services.handover import deliver
from services.payments import credit
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App


def test_an_overdue_customer_is_called_and_pays_all_at_once(app: App, garage: Workspace) -> None:
    keys = [make_ready(garage), make_ready(garage, plate="XY99 ZZZ")]
    for key in keys:
        billed(garage, key)
        with unit_of_work(as_role(garage, Role.MANAGER)) as work:
            credit(work, key, reason="Regular customer")
            pass_out(work, key)
            deliver(work, key)
            order = work.get(WorkOrder, key)
            order.customer_id, order.due_on = 1, (MONDAY_9 - timedelta(days=33)).date()
    at = app("money", Role.CASHIER, view="balances")
    assert [metric.value for metric in at.metric][2] == "£205\\.50"
    at.button(key="balance_call_1").click().run()
    at.button(key="money_call_1").click().run()
    at.button_group(key="balances_list").set_value("all").run()
    at.button(key="balance_pay_1").click().run()
    at.button_group(key="pay_method_-1").set_value(PaymentMethod.CARD).run()
    at.button(key="balance_take_1").click().run()
    assert not at.exception
    with reading(garage) as work:
        assert len(work.db.exec(select(MoneyReminder)).all()) == 2
        made = work.db.exec(select(Payment)).all()
        assert {one.order_id for one in made} == set(keys)
        assert len({one.number for one in made}) == 1
