"""From the advisor's check to the closed order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, Channel, CheckLevel, LineKind, OrderStatus, Payer, Role
from db.models import (
    Check,
    ContactConsent,
    Customer,
    Message,
    WorkOrder,
)
from services.checks import ItemsOpen, fail_check
from services.delivery import (
    NoMessage,
    attempts,
    check_delivery,
    tell,
)
from services.exit_passes import StatementOutdated, pass_out
from services.handover import deliver
from services.order_refusals import DeliveryCheckMissing, MoneyOwed
from services.payments import payments
from services.refusals import InThePast, NotAllowed, NotNow, ReasonMissing, TooLong
from services.settlement import bill
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, billed, make_ready, paid, put_line
from tests.factories import MONDAY_9, as_role


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    """The garage with the service advisor acting."""
    return as_role(ws, Role.ADVISOR)


def _order(ws: Workspace, order_id: int) -> WorkOrder:
    with reading(ws) as work:
        return work.get(WorkOrder, order_id)


def test_the_check_needs_every_point_and_leaves_the_car_ready(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with pytest.raises(ItemsOpen), unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING[1:])
    with unit_of_work(desk) as work:
        check = check_delivery(work, order_id, items=EVERYTHING, note="Spotless")
        assert (check.level, check.passed, check.note) == (CheckLevel.DELIVERY, True, "Spotless")
    assert _order(desk, order_id).status == OrderStatus.READY


def test_sent_back_is_counted_as_rework_with_a_reason_and_the_customer_must_be_told_again(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE, pick_up_at=MONDAY_9 + timedelta(hours=3))
    with pytest.raises(ReasonMissing), unit_of_work(desk) as work:
        fail_check(work, order_id, level=CheckLevel.DELIVERY, note=" ")
    with unit_of_work(desk) as work:
        fail_check(work, order_id, level=CheckLevel.DELIVERY, note="Grease on the seat")
    order = _order(desk, order_id)
    assert (order.status, order.rework_count, order.told_at, order.pick_up_at) == (OrderStatus.REWORK, 1, None, None)
    with reading(desk) as work:
        checks = work.db.exec(select(Check).where(Check.level == CheckLevel.DELIVERY)).all()
        assert [(c.passed, c.note) for c in checks] == [(True, ""), (False, "Grease on the seat")]


def test_the_customer_is_told_only_after_the_check(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with pytest.raises(DeliveryCheckMissing), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE)


def test_a_customer_not_reached_still_has_to_be_told(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE, reached=False, note="Mailbox full")
    assert _order(desk, order_id).told_at is None
    pick_up = MONDAY_9 + timedelta(hours=2)
    with unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE, pick_up_at=pick_up)
    order = _order(desk, order_id)
    assert (order.told_at, order.pick_up_at) == (MONDAY_9, pick_up)
    with reading(desk) as work:
        assert [(a.reached, a.note) for a in attempts(work, order_id)] == [(False, "Mailbox full"), (True, "")]
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE)


def test_a_pick_up_time_in_the_past_and_an_over_long_note_are_refused(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING)
    with pytest.raises(InThePast), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE, pick_up_at=MONDAY_9 - timedelta(minutes=1))
    with pytest.raises(TooLong), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE, note="x" * 501)


def test_no_handover_without_telling_paying_and_the_exit_pass(desk: Workspace) -> None:
    order_id = make_ready(desk)
    billed(desk, order_id)
    with pytest.raises(MoneyOwed), unit_of_work(desk) as work:
        pass_out(work, order_id)
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        deliver(work, order_id)
    assert _order(desk, order_id).status == OrderStatus.READY


def test_work_agreed_after_the_statement_must_be_billed_before_the_car_leaves(desk: Workspace) -> None:
    order_id = make_ready(desk)
    paid(desk, order_id)
    with unit_of_work(desk) as work:
        put_line(work, order_id, (LineKind.PART, "Bulb", "1", "4", Payer.CUSTOMER, Answer.AGREED))
    with pytest.raises(StatementOutdated), unit_of_work(desk) as work:
        pass_out(work, order_id)


def test_a_technician_hands_over_nothing(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with pytest.raises(NotAllowed), unit_of_work(as_role(desk, Role.TECHNICIAN)) as work:
        check_delivery(work, order_id, items=EVERYTHING)


def test_a_warranty_repair_owes_nothing_and_leaves_without_payment(desk: Workspace) -> None:
    order_id = make_ready(desk, ((LineKind.LABOUR, "Recall", "1", "80", Payer.WARRANTY, Answer.AGREED),))
    billed(desk, order_id)
    with unit_of_work(desk) as work:
        pass_out(work, order_id)
        deliver(work, order_id)
        assert payments(work, order_id) == []


def test_nothing_more_is_billed_once_a_statement_stands(desk: Workspace) -> None:
    order_id = make_ready(desk)
    paid(desk, order_id)
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        bill(work, order_id)
    assert Decimal("102.75") == _paid(desk, order_id)


def _paid(ws: Workspace, order_id: int) -> Decimal:
    with reading(ws) as work:
        return sum((p.amount for p in payments(work, order_id)), Decimal(0))


def test_a_written_message_goes_out_on_the_channel_the_customer_allows(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING)
    with pytest.raises(NoMessage), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.SMS)
    assert _order(desk, order_id).told_at is None
    with unit_of_work(desk) as work:
        customer = work.db.exec(select(Customer)).one()
        work.add(ContactConsent(customer_id=customer.id, channel=Channel.WECHAT, allowed=True, at=work.now))
        attempt = tell(work, order_id, channel=Channel.SMS, reached=False, pick_up_at=MONDAY_9 + timedelta(hours=5))
        message = work.db.exec(select(Message)).one()
    assert (attempt.channel, attempt.reached) == (Channel.WECHAT, True)
    assert message.text == "Test Garage: your car AB12 CDE is ready to pick up Monday 23 November at 14:00. Questions: "
    assert _order(desk, order_id).told_at == MONDAY_9
