"""The calendar link in a customer's messages: only where this server's address is known, and the same after a move."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from db.enums import Channel, MessageState, Role
from db.models import ContactConsent, Customer, Message, PrivateLink
from services.booking import book, move
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

KINDS = ("booking_confirmed", "booking_moved")
TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def car_id(ws: Workspace) -> int:
    """A car whose driver agreed to SMS."""
    with unit_of_work(ws) as work:
        car = make_car(work)
        work.add(ContactConsent(customer_id=car.customer_id, channel=Channel.SMS, allowed=True, at=work.now))
        return car.id


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is reached under an address of its own."""
    monkeypatch.setenv("PUBLIC_URL", "https://garage.example/")


def _book(ws: Workspace, car_id: int) -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return book(work, car_id, concern="Oil", job_ids=[1], starts_at=TUESDAY_10).id


def _texts(ws: Workspace) -> list[str]:
    with reading(ws) as work:
        rows = work.db.exec(select(Message).where(col(Message.kind).in_(KINDS)).order_by(col(Message.id)))
        return [row.text for row in rows]


def _links(ws: Workspace) -> list[PrivateLink]:
    with reading(ws) as work:
        return list(work.db.exec(select(PrivateLink)))


@pytest.mark.usefixtures("public")
def test_the_message_ends_with_the_address_and_a_move_keeps_it(ws: Workspace, car_id: int) -> None:
    key = _book(ws, car_id)
    (link,) = _links(ws)
    said = f" For your calendar: https://garage.example/appointment/{link.token}.ics"
    assert (link.subject_id, link.expires_at) == (key, TUESDAY_10 + timedelta(days=7))
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        work.db.exec(select(Message).where(Message.kind == "booking_confirmed")).one().state = MessageState.SENT
        move(work, key, starts_at=TUESDAY_10 + timedelta(days=2))
    (link,) = _links(ws)
    assert link.expires_at == TUESDAY_10 + timedelta(days=9)
    assert [text.endswith(said) for text in _texts(ws)] == [True, True]


@pytest.mark.usefixtures("public")
def test_it_is_said_in_the_customers_language(ws: Workspace, car_id: int) -> None:
    with unit_of_work(ws) as work:
        work.get(Customer, 1).language = "zh_CN"
    _book(ws, car_id)
    (text,) = _texts(ws)
    assert " 添加到日历：https://garage.example/appointment/" in text


@pytest.mark.usefixtures("public")
def test_without_consent_there_is_neither_message_nor_link(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        key = make_car(work).id
    _book(ws, key)
    assert not _texts(ws)
    assert not _links(ws)


def test_without_an_address_of_the_server_the_message_has_none(ws: Workspace, car_id: int) -> None:
    _book(ws, car_id)
    (text,) = _texts(ws)
    assert "calendar" not in text
    assert text.endswith("Questions: ")
    assert not _links(ws)
