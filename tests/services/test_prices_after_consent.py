"""The catalogue becomes dearer, and its tax another, after the customer agreed: the order stays what was agreed."""

from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import CheckLevel, OrderStatus, Role
from db.models import Check, Job, Part
from services.delivery import check_delivery
from services.left_undone import left_undone
from services.order_moves import ORDERS
from services.settlement import bill
from services.work import unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, use_currency
from tests.factories import as_role
from tests.services import money_conditions as must
from tests.services.reception import PRICE, approved
from tests.services.statement_conditions import coins


@pytest.mark.parametrize("currency", ["GBP", "KWD"])
def test_a_dearer_catalogue_changes_nothing_the_customer_agreed_to(ws: Workspace, currency: str) -> None:
    use_currency(ws, currency)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        order = approved(work)
        for row in (*work.db.exec(select(Part)), *work.db.exec(select(Job))):
            row.price, row.tax_percent = row.price * 3, Decimal(5)
        work.garage.labour_rate = Decimal(500)
        facts = facts_of(work, ORDERS, order.id)
        for job in facts.jobs:
            job.done_at = work.now
        for line in facts.lines:
            line.issued = line.quantity
        order.status = OrderStatus.READY
        work.add(Check(order_id=order.id, level=CheckLevel.FINAL, passed=True, at=work.now, by_id=6))
        assert left_undone(facts_of(work, ORDERS, order.id)) == []
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        check_delivery(work, order.id, items=EVERYTHING)
        statement = bill(work, order.id)
        assert (statement.total, statement.customer_share) == (PRICE, PRICE)
        assert statement.tax == coins(PRICE * 20 / 120, currency)
        must.all_hold(work, [order.id])
