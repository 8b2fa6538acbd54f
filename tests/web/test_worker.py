"""Messages go out after the commit: through a real mail server and a real web hook on this machine."""

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import col, select

from db.enums import Channel, MessageState
from db.models import Appointment, ContactConsent, Customer, Message
from services.messages import mark_by_hand, queue
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, make_car
from web.gateways import Gateway, gateways
from web.worker import DELAYS, LEASE, claim, send_due

TEXT = "大通汽修：您的车已修好 ✓ {}"


class Hook(ThreadingHTTPServer):
    """A web hook that answers with `status` and keeps what it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.got: list[dict[str, Any]] = []

    @property
    def way(self) -> Gateway:
        """Its Apprise address."""
        return Gateway(f"json://127.0.0.1:{self.server_port}/hook")


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append(body | {"path": self.path})
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A running web hook."""
    server = Hook()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class Mailbox:
    """What a mail server received; `answer` is what it says to a message."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Any]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802, the name aiosmtpd calls
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return self.answer


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, Gateway]]:
    """A running mail server and its Apprise address."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:  # the controller cannot use port 0 itself
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, Gateway(f"mailto://127.0.0.1:{port}/?from=desk@garage.example&to={{email}}&mode=insecure")
    server.stop()


def _write(ws: Workspace, channel: Channel = Channel.SMS, **more: Any) -> int:
    with unit_of_work(ws) as work:
        customer = work.get(Customer, make_car(work).customer_id)
        customer.email = "grace@field.example"
        work.add(ContactConsent(customer_id=customer.id, channel=channel, allowed=True, at=work.now))
        message = queue(work, customer_id=customer.id, kind="test", text=TEXT, **more)
        assert message
        return message.id


def _row(ws: Workspace, key: int) -> Message:
    with reading(ws) as work:
        return work.get(Message, key)


def test_a_message_reaches_the_hook_with_its_receiver_and_is_sent_once(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    assert send_due(ws, [hook.way]) == 1
    assert send_due(ws, [hook.way]) == 0
    assert [(got["message"], got["title"]) for got in hook.got] == [(TEXT, "+447700900123 · Test Garage")]
    assert (_row(ws, key).state, _row(ws, key).sent_at, _row(ws, key).tries) == (MessageState.SENT, MONDAY_9, 1)


def test_mail_goes_to_the_customers_own_address(ws: Workspace, mail: tuple[Mailbox, Gateway]) -> None:
    box, way = mail
    _write(ws, Channel.EMAIL)
    assert send_due(ws, [way]) == 1
    [(receivers, letter)] = box.mails
    assert receivers == ["grace@field.example"]
    assert "Test Garage" in letter["subject"]
    assert TEXT in letter.get_body(("plain",)).get_content()


def test_an_sms_gateway_gets_no_mail_and_a_telephone_call_goes_nowhere(ws: Workspace, hook: Hook) -> None:
    sms = Gateway(hook.way.url + "/{phone}")
    _write(ws, Channel.SMS)
    assert send_due(ws, [sms]) == 1
    assert [got["path"] for got in hook.got] == ["/hook/+447700900123"]
    with unit_of_work(ws) as work:
        for plate, channel in (("B1", Channel.EMAIL), ("C1", Channel.PHONE)):
            customer = work.get(Customer, make_car(work, plate=plate).customer_id)
            customer.email = "x@y.example"
            work.add(ContactConsent(customer_id=customer.id, channel=channel, allowed=True, at=work.now))
            assert queue(work, customer_id=customer.id, kind="test", text=TEXT)
    assert send_due(ws, [sms]) == 0
    assert len(hook.got) == 1


def test_without_a_gateway_and_in_a_sandbox_messages_wait(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    assert send_due(ws, []) == 0
    assert send_due(replace(ws, sandbox="class"), [hook.way]) == 0
    assert hook.got == []
    assert _row(ws, key).state is MessageState.QUEUED


def test_a_message_waits_for_its_time(ws: Workspace, hook: Hook) -> None:
    _write(ws, due_at=MONDAY_9 + timedelta(hours=1))
    assert send_due(ws, [hook.way]) == 0
    assert send_due(ws.at(MONDAY_9 + timedelta(hours=1)), [hook.way]) == 1


def test_what_may_succeed_later_is_tried_again_ever_more_slowly_then_given_up(ws: Workspace, hook: Hook) -> None:
    key, now = _write(ws), MONDAY_9
    hook.status = 503
    for tried, delay in enumerate(DELAYS, 1):
        assert send_due(ws.at(now), [hook.way]) == 0
        assert (_row(ws, key).state, _row(ws, key).tries) == (MessageState.QUEUED, tried)
        assert _row(ws, key).due_at == now + delay
        assert "503" in _row(ws, key).error
        assert send_due(ws.at(now + delay - timedelta(seconds=1)), [hook.way]) == 0
        now += delay
    assert send_due(ws.at(now), [hook.way]) == 0
    assert _row(ws, key).state is MessageState.FAILED
    assert len(hook.got) == len(DELAYS) + 1


def test_a_gateway_that_comes_back_gets_the_message(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    hook.status = 500
    send_due(ws, [hook.way])
    hook.status = 200
    assert send_due(ws.at(MONDAY_9 + DELAYS[0]), [hook.way]) == 1
    assert (_row(ws, key).state, _row(ws, key).error) == (MessageState.SENT, "")


@pytest.mark.parametrize("status", [401, 404])
def test_what_cannot_succeed_fails_at_once_and_says_why(ws: Workspace, hook: Hook, status: int) -> None:
    key = _write(ws)
    hook.status = status
    assert send_due(ws, [hook.way]) == 0
    assert _row(ws, key).state is MessageState.FAILED
    assert str(status) in _row(ws, key).error


def test_a_gateway_nobody_answers_at_is_tried_again(ws: Workspace) -> None:
    key = _write(ws)
    assert send_due(ws, [Gateway("json://127.0.0.1:9/")]) == 0
    assert _row(ws, key).state is MessageState.QUEUED
    assert _row(ws, key).error


def test_an_address_apprise_does_not_know_is_a_failure_not_a_crash(ws: Workspace) -> None:
    key = _write(ws)
    assert send_due(ws, [Gateway("nonsense")]) == 0
    assert _row(ws, key).state is MessageState.FAILED


def test_the_second_gateway_helps_when_the_first_is_down(ws: Workspace, hook: Hook) -> None:
    _write(ws)
    assert send_due(ws, [Gateway("json://127.0.0.1:9/"), hook.way]) == 1


def test_two_workers_at_once_send_each_message_once(ws: Workspace, hook: Hook) -> None:
    with unit_of_work(ws) as work:
        for number in range(12):
            customer_id = make_car(work, plate=f"P{number}").customer_id
            work.add(ContactConsent(customer_id=customer_id, channel=Channel.SMS, allowed=True, at=work.now))
            queue(work, customer_id=customer_id, kind="test", text=f"message {number}")
    with ThreadPoolExecutor(4) as workers:
        sent = list(workers.map(lambda _: send_due(ws, [hook.way]), range(4)))
    assert sum(sent) == 12
    assert sorted(got["message"] for got in hook.got) == sorted(f"message {number}" for number in range(12))
    with reading(ws) as work:
        assert set(work.db.exec(select(Message.state))) == {MessageState.SENT}


def test_a_worker_that_died_gives_its_message_back(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    with unit_of_work(ws) as work:
        assert claim(work, work.get(Message, key))
    assert send_due(ws, [hook.way]) == 0
    assert send_due(ws.at(MONDAY_9 + LEASE), [hook.way]) == 1


def test_what_was_sent_by_hand_meanwhile_stays_by_hand(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    with unit_of_work(ws) as work:
        mark_by_hand(work, key)
    assert send_due(ws, [hook.way]) == 0
    assert (_row(ws, key).state, hook.got) == (MessageState.BY_HAND, [])


def test_what_is_no_longer_needed_never_goes_out(ws: Workspace, hook: Hook) -> None:
    key = _write(ws)
    with unit_of_work(ws) as work:
        work.get(Message, key).state = MessageState.DROPPED
    assert send_due(ws, [hook.way]) == 0
    assert (_row(ws, key).state, hook.got) == (MessageState.DROPPED, [])


def test_what_is_dropped_after_the_worker_read_it_does_not_go_out(
    ws: Workspace, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _write(ws)

    def late(work: Work, message: Message) -> bool:
        work.lock(Message, key).state = MessageState.DROPPED
        work.db.flush()
        return claim(work, message)

    monkeypatch.setattr("web.worker.claim", late)
    assert send_due(ws, [hook.way]) == 0
    assert (_row(ws, key).state, hook.got) == (MessageState.DROPPED, [])


def test_what_was_dropped_while_it_went_out_is_kept_as_sent(
    ws: Workspace, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _write(ws)
    carry = Gateway.send

    def send(way: Gateway, *args: Any) -> None:
        with unit_of_work(ws) as work:
            work.lock(Message, key).state = MessageState.DROPPED
        carry(way, *args)

    monkeypatch.setattr(Gateway, "send", send)
    assert send_due(ws, [hook.way]) == 1
    assert (_row(ws, key).state, len(hook.got)) == (MessageState.SENT, 1)


def test_several_gateways_are_told_apart_though_addresses_hold_commas() -> None:
    urls = "mailto://a:b@mail.example?to={email},boss@x.example, json://hook.example/x\nwecombot://key"
    assert [way.url for way in gateways(urls)] == [
        "mailto://a:b@mail.example?to={email},boss@x.example",
        "json://hook.example/x",
        "wecombot://key",
    ]
    assert gateways("") == gateways(" , ") == []


def test_a_reminder_of_a_time_that_has_come_is_not_sent_any_more(ws: Workspace, hook: Hook) -> None:
    with unit_of_work(ws) as work:
        car = make_car(work)
        customer = work.get(Customer, car.customer_id)
        work.add(ContactConsent(customer_id=customer.id, channel=Channel.SMS, allowed=True, at=work.now))
        for minutes in (-5, 60):
            starts_at = work.now + timedelta(minutes=minutes)
            row = work.add(Appointment(number=f"B{minutes}", customer_id=customer.id, vehicle_id=car.id, starts_at=starts_at,
                                       created_at=work.now))  # fmt: skip
            for kind in ("remind", "remind_soon"):  # the server was away for days
                queue(work, customer_id=customer.id, kind=kind, text=TEXT, subject="appointment", subject_id=row.id)
    assert send_due(ws, [hook.way]) == 2
    with reading(ws) as work:
        states = work.db.exec(select(Message.state).order_by(col(Message.id))).all()
    assert states == [MessageState.DROPPED] * 2 + [MessageState.SENT] * 2
