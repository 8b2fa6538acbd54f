"""What the customer wishes of a visit."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from db.enums import Channel, OrderStatus, PaymentMethod, Role
from db.enums_reception import Stay
from services.arrivals import walk_in
from services.normalize import BadPhone
from services.order_lines import NotExact
from services.refusals import NotAllowed, TooLong
from services.validate import NotInList
from services.visit_wishes import wish
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import approved, estimated


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def test_each_wish_is_written_by_itself_and_leaves_the_others(work: Work) -> None:
    order = approved(work)
    wish(work, order.id, wash=True, payment_method=PaymentMethod.CARD)
    wish(work, order.id, old_parts=True, requests=" Mind the dog ")
    assert (order.wash, order.old_parts, order.payment_method) == (True, True, PaymentMethod.CARD)
    assert order.requests == "Mind the dog"
    with pytest.raises(TooLong):
        wish(work, order.id, requests="x" * 501)


def test_who_stays_in_the_lounge_waits(work: Work) -> None:
    order = approved(work)
    seen = []
    for stay in (Stay.LOUNGE, Stay.TAXI, None):
        wish(work, order.id, stay=stay)
        seen.append((order.stay, order.waits))
    wish(work, order.id, waits=True)
    assert [*seen, (order.stay, order.waits)] == [
        (Stay.LOUNGE, True), (Stay.TAXI, False), (None, False), (Stay.LOUNGE, True),
    ]  # fmt: skip


def test_another_number_is_a_number_and_not_the_one_the_file_has(work: Work) -> None:
    order = approved(work)
    wish(work, order.id, reach_by=Channel.PHONE, reach_at="07700 900123")
    assert order.reach_at == ""
    wish(work, order.id, reach_at="07700 900456")
    assert order.reach_at == "+447700900456"
    with pytest.raises(BadPhone):
        wish(work, order.id, reach_at="at work")
    with pytest.raises(NotInList):
        wish(work, order.id, reach_by=Channel.WALK_IN)


def test_a_limit_is_money_and_nothing_means_always_ask(work: Work) -> None:
    order = approved(work)
    wish(work, order.id, ask_over=Decimal(0))
    assert order.ask_over is None
    with pytest.raises(NotExact):
        wish(work, order.id, ask_over=Decimal("1.001"))


def test_a_limit_changed_while_the_customer_reads_is_another_version(work: Work) -> None:
    order = estimated(work)
    wish(work, order.id, wash=True)
    assert order.estimate_version == 1
    wish(work, order.id, ask_over=Decimal(200))
    assert order.estimate_version == 2


def test_a_visit_begins_with_the_wishes_of_the_last_one(work: Work) -> None:
    last = approved(work)
    wish(
        work, last.id, stay=Stay.TAXI, wash=True, ask_over=Decimal(200), reach_by=Channel.WECHAT, requests="Only today"
    )
    last.status = OrderStatus.CLOSED
    work.db.flush()
    order = walk_in(work, vehicle_id=last.vehicle_id, concern="Again")
    assert (order.stay, order.wash, order.ask_over, order.reach_by) == (Stay.TAXI, True, Decimal(200), Channel.WECHAT)
    assert (order.requests, order.waits) == ("", False)
    order.status = OrderStatus.CLOSED
    work.db.flush()
    waiting = walk_in(work, vehicle_id=last.vehicle_id, concern="Again", waits=True)
    assert (waiting.stay, waiting.waits) == (Stay.LOUNGE, True)


def test_only_reception_writes_wishes(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order_id = approved(work).id
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        wish(work, order_id, wash=True)
