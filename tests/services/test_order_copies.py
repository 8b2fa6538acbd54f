"""The customer's copy: sent on a channel they allowed, once, and the link to it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from db.enums import Channel, OrderStatus, Role
from db.enums_desk import LinkPurpose
from db.models import ContactConsent, Customer, Message, WorkOrder
from services.extra_work import propose
from services.order_copies import (
    ASKED,
    DOUBLE,
    AddressUnknown,
    CopySent,
    NoWayToSend,
    last_copy,
    send_copy,
    send_question,
    way_to,
)
from services.order_links import end_order_link, opened_order, order_link
from services.refusals import NotAllowed, NotFound, NotNow
from services.work import Work, last_event, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import approved, received


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://garage.example")


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def _allow(work: Work, order: WorkOrder, channel: Channel = Channel.SMS, allowed: bool = True) -> None:
    work.add(ContactConsent(customer_id=order.customer_id, channel=channel, allowed=allowed, at=work.now))


@pytest.mark.parametrize(("language", "words"), [("en", "Test Garage: work order"), ("zh_CN", "的委托书")])
def test_the_copy_is_queued_with_the_link_in_the_customers_language(work: Work, language: str, words: str) -> None:
    order = received(work)
    work.get(Customer, order.customer_id).language = language
    _allow(work, order)
    sent = send_copy(work, order.id)
    assert (sent.channel, sent.address, sent.subject_id) == (Channel.SMS, "+447700900123", order.id)
    assert words in sent.text
    assert f"https://garage.example/order/{order_link(work, order.id).token}" in sent.text
    event = last_event(work, order)
    assert event is not None
    assert event.action == "copy_sent"


def test_it_goes_by_mail_when_that_was_allowed(work: Work) -> None:
    order = received(work)
    work.get(Customer, order.customer_id).email = "grace@example.com"
    _allow(work, order, Channel.EMAIL)
    assert send_copy(work, order.id).address == "grace@example.com"


def test_nothing_is_sent_without_consent(work: Work) -> None:
    order = received(work)
    with pytest.raises(NoWayToSend):
        send_copy(work, order.id)
    _allow(work, order, Channel.PHONE)  # a link cannot be read out
    _allow(work, order, Channel.SMS)
    _allow(work, order, Channel.SMS, allowed=False)
    assert way_to(work, work.get(Customer, order.customer_id)) is None
    with pytest.raises(NoWayToSend):
        send_copy(work, order.id)
    assert work.db.exec(select(Message)).all() == []


def test_nothing_is_sent_before_the_server_has_an_address(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    order = received(work)
    _allow(work, order)
    monkeypatch.delenv("PUBLIC_URL")
    with pytest.raises(AddressUnknown):
        send_copy(work, order.id)
    assert last_copy(work, order.id) is None


def test_a_double_tap_sends_one_and_a_later_tap_another(ws: Workspace) -> None:
    ws = as_role(ws, Role.ADVISOR)
    with unit_of_work(ws) as work:
        order = received(work)
        key = order.id
        _allow(work, order)
        send_copy(work, key)
    with unit_of_work(ws.at(MONDAY_9 + DOUBLE - timedelta(seconds=1))) as work, pytest.raises(CopySent):
        send_copy(work, key)
    with unit_of_work(ws.at(MONDAY_9 + DOUBLE)) as work:
        send_copy(work, key)
        assert len(work.db.exec(select(Message)).all()) == 2


def test_a_visit_has_one_link_until_it_is_ended(work: Work) -> None:
    order = received(work)
    link = order_link(work, order.id)
    assert (link.purpose, order_link(work, order.id).id) == (LinkPurpose.ORDER, link.id)
    assert opened_order(work, link.token) == order.id
    end_order_link(work, order.id)
    with pytest.raises(NotFound):
        opened_order(work, link.token)
    assert order_link(work, order.id).token != link.token


def test_only_reception_gives_and_ends_links(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        key = received(work).id
    for verb in (order_link, end_order_link, send_copy):
        with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work, pytest.raises(NotAllowed):
            verb(work, key)


def test_the_question_about_extra_work_goes_out_only_while_something_is_asked(work: Work) -> None:
    order = approved(work)
    order.status = OrderStatus.IN_WORK
    _allow(work, order)
    with pytest.raises(NotNow):
        send_question(work, order.id)
    propose(work, order.id, job_id=2, reason="worn")
    sent = send_question(work, order.id)
    assert f"/order/{order_link(work, order.id).token}" in sent.text
    assert "need your answer" in sent.text
    with pytest.raises(CopySent):
        send_question(work, order.id)
    assert send_copy(work, order.id).kind != sent.kind
    assert last_copy(work, order.id, ASKED) == sent
