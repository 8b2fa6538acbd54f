"""Messages are queued with the act, on a channel the customer allowed, in the customer's language."""

from datetime import timedelta

import pytest

from db.enums import Channel, MessageState, Role
from db.models import ContactConsent, Customer, Message
from services.messages import consents, mark_by_hand, outbox, queue, send_again
from services.refusals import NotAllowed, NotFound, NotNow
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car

TEXT = "Please fill in: {field}."  # any text of the catalogue


def _customer(work: Work, *allowed: tuple[Channel, bool], email: str | None = None, language: str | None = None) -> int:
    customer = work.get(Customer, make_car(work).customer_id)
    customer.email, customer.language = email, language
    for channel, yes in allowed:
        work.add(ContactConsent(customer_id=customer.id, channel=channel, allowed=yes, at=work.now))
    return customer.id


def _queue(work: Work, customer_id: int) -> Message | None:
    return queue(work, customer_id=customer_id, kind="test", text=TEXT, field="x")


@pytest.mark.parametrize(
    ("allowed", "email", "channel", "address"),
    [
        ([(Channel.SMS, True)], None, Channel.SMS, "+447700900123"),
        ([(Channel.EMAIL, True)], "g@field.example", Channel.EMAIL, "g@field.example"),
        ([(Channel.EMAIL, True)], None, None, None),
        ([(Channel.EMAIL, True), (Channel.WECHAT, True)], "g@field.example", Channel.WECHAT, "+447700900123"),
        ([(Channel.PHONE, True)], None, Channel.PHONE, "+447700900123"),
        ([], "g@field.example", None, None),
        ([(Channel.SMS, True), (Channel.SMS, False)], None, None, None),
        ([(Channel.SMS, False), (Channel.SMS, True)], None, Channel.SMS, "+447700900123"),
        ([(Channel.SMS, True), (Channel.SMS, False), (Channel.EMAIL, True)], "g@field.example", Channel.EMAIL, "g@field.example"),
    ],
)  # fmt: skip
def test_the_newest_word_on_each_channel_counts(
    ws: Workspace, allowed: list[tuple[Channel, bool]], email: str | None, channel: Channel | None, address: str | None
) -> None:
    with unit_of_work(ws) as work:
        message = _queue(work, _customer(work, *allowed, email=email))
        assert (message.channel, message.address) == (channel, address) if message else channel is None


def test_a_customer_is_addressed_in_their_own_language_else_in_the_garages(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        chinese = _queue(work, _customer(work, (Channel.SMS, True), language="zh_CN"))
        assert chinese
        assert chinese.text == "请填写：x。"
        work.get(Customer, chinese.customer_id).language = None
        english = _queue(work, chinese.customer_id)
        assert english
        assert english.text == "Please fill in: x."


def test_what_people_typed_is_not_read_as_a_pattern(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        customer_id = _customer(work, (Channel.SMS, True))
        written = queue(work, customer_id=customer_id, kind="test", text="100 % {sure} {0}")
        filled = queue(work, customer_id=customer_id, kind="test", text=TEXT, field="{name}")
    assert written
    assert written.text == "100 % {sure} {0}"
    assert filled
    assert filled.text == "Please fill in: {name}."


def test_a_rolled_back_act_sends_nothing(ws: Workspace) -> None:
    def queue_then_fail(work: Work) -> None:
        _queue(work, _customer(work, (Channel.SMS, True)))
        mark_by_hand(work, 999)

    with pytest.raises(NotFound), unit_of_work(ws) as work:
        queue_then_fail(work)
    with reading(ws) as work:
        assert outbox(work) == []


def test_a_message_can_wait_for_its_time(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        customer_id = _customer(work, (Channel.SMS, True))
        queue(work, customer_id=customer_id, kind="test", text="a")
        queue(work, customer_id=customer_id, kind="test", text="b", due_at=MONDAY_9 + timedelta(days=1))
    with reading(ws) as work:
        assert [(m.customer, m.text, m.due_at) for m in outbox(work)] == [("Grace Field", "a", MONDAY_9)]
        assert consents(work, customer_id) == {Channel.SMS: True}
    with reading(ws.at(MONDAY_9 + timedelta(days=1))) as work:
        assert [(m.text, m.due_at) for m in outbox(work)] == [("b", MONDAY_9 + timedelta(days=1)), ("a", MONDAY_9)]


def test_sent_by_hand_leaves_the_outbox_once(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        message = _queue(work, _customer(work, (Channel.PHONE, True)))
        assert message
    with unit_of_work(as_role(ws, Role.FOLLOW_UP)) as work:
        mark_by_hand(work, message.id)
    with reading(ws) as work:
        assert outbox(work) == []
        assert [m.sent_at for m in outbox(work, [MessageState.BY_HAND])] == [MONDAY_9]
    with pytest.raises(NotNow), unit_of_work(ws) as work:
        mark_by_hand(work, message.id)
    with pytest.raises(NotFound), unit_of_work(ws) as work:
        mark_by_hand(work, 999)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        mark_by_hand(work, message.id)


def test_a_failed_message_goes_back_to_the_gateways(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        message = _queue(work, _customer(work, (Channel.SMS, True)))
        assert message
        message.state, message.tries, message.error = MessageState.FAILED, 6, "no network"
    with unit_of_work(ws) as work:
        send_again(work, message.id)
    with reading(ws) as work:
        assert [(m.state, m.tries) for m in outbox(work)] == [(MessageState.QUEUED, 0)]
