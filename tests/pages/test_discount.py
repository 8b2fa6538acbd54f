"""A discount on the screen: above one's limit it is asked for, and given on the manager's screen."""

from decimal import Decimal

from db.enums import Channel, Role
from db.models import WorkOrder
from services.delivery import check_delivery, tell
from services.order_loading import load_orders
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, make_ready
from tests.factories import as_role
from tests.pages.conftest import App


def test_the_advisor_asks_by_taps_and_the_manager_approves_on_today(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        check_delivery(work, key, items=EVERYTHING)
        tell(work, key, channel=Channel.PHONE)
    at = app("delivery", Role.ADVISOR, order=key)
    at.session_state[f"step:{key}"] = "discount"
    at.run()
    at.button_group(key=f"discount_percent_{key}").set_value(20).run()
    assert any("£82\\.20" in one.value for one in at.markdown)
    at.button(key=f"discount_{key}").click().run()
    assert not at.exception
    assert any("To approve" in one.value for one in at.markdown)
    with unit_of_work(garage) as work:
        work.garage.tax_included, work.garage.tax_percent = False, Decimal(20)
    manager = app("today", Role.MANAGER)
    assert any("-£24\\.66" in one.value for one in manager.markdown)  # tax in it, as in the sums beside it
    manager.button(key="approve_discount_requests_1").click().run()
    assert not manager.exception
    with reading(garage) as work:
        [facts] = load_orders(work, [work.get(WorkOrder, key)]).values()
        assert sum(line.discount for line in facts.lines) == Decimal("20.55")
