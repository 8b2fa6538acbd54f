"""Extra work the customer allowed beforehand, up to a sum."""

from decimal import Decimal

from db.enums import Answer, ConsentMethod, OrderStatus, Role
from db.models import OrderJob, WorkOrder
from services import consents, orders, visit_wishes
from services.extra_work import propose
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import estimated, lines_of


def agreed(ws: Workspace, ask_over: Decimal | None) -> int:
    """A car in work whose owner allowed so much extra work without asking."""
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = estimated(work)
        orders.revise(work, order.id)
        visit_wishes.wish(work, order.id, ask_over=ask_over)
        orders.request_approval(work, order.id)
        answers = dict.fromkeys((line.id for line in lines_of(work, order)), Answer.AGREED)
        consents.approve(work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace Field")
        order.status = OrderStatus.IN_WORK
        return order.id


def found(ws: Workspace, order_id: int, price: int, *, safety: bool = False) -> OrderJob:
    with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        return propose(work, order_id, reason="worn", title="Bulb", minutes=5, price=Decimal(price),
                       safety=safety)  # fmt: skip


def answers(ws: Workspace, order_id: int) -> list[Answer]:
    with reading(ws) as work:
        return [line.answer for line in lines_of(work, work.get(WorkOrder, order_id))][2:]


def test_extra_work_within_the_limit_is_agreed_at_once_and_says_on_what_ground(ws: Workspace) -> None:
    order_id = agreed(ws, Decimal(100))
    found(ws, order_id, 60)
    assert answers(ws, order_id) == [Answer.AGREED]
    with reading(ws) as work:
        (first, _), (standing, [item]) = consents.consents(work, order_id)
        assert (standing.method, standing.person, standing.total) == (
            ConsentMethod.BEFOREHAND,
            "Grace Field",
            Decimal(60),
        )
        assert standing.note == (
            f"Agreed beforehand, with consent {first.id} of 2026-11-23 09:00: up to £100.00 without asking. So far £60.00."
        )
        assert (first.version, standing.version) == (2, 3)
        assert (item.total, item.answer) == (Decimal(60), Answer.AGREED)


def test_what_was_so_agreed_before_counts_too(ws: Workspace) -> None:
    order_id = agreed(ws, Decimal(100))
    for price in (60, 41, 40):
        found(ws, order_id, price)
    assert answers(ws, order_id) == [Answer.AGREED, Answer.PENDING, Answer.AGREED]


def test_always_ask_means_always(ws: Workspace) -> None:
    order_id = agreed(ws, None)
    found(ws, order_id, 5)
    assert answers(ws, order_id) == [Answer.PENDING]


def test_the_customer_always_hears_about_safety(ws: Workspace) -> None:
    order_id = agreed(ws, Decimal(100))
    found(ws, order_id, 5, safety=True)
    assert answers(ws, order_id) == [Answer.PENDING]


def test_a_limit_raised_after_the_signature_was_not_signed_for(ws: Workspace) -> None:
    order_id = agreed(ws, Decimal(50))
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        visit_wishes.wish(work, order_id, ask_over=Decimal(500))
    found(ws, order_id, 60)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        visit_wishes.wish(work, order_id, ask_over=None)
    found(ws, order_id, 10)
    assert answers(ws, order_id) == [Answer.PENDING, Answer.PENDING]
