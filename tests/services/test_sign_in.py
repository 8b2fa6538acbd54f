"""Signing in: PINs, lock-out, sessions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from db.enums import Role
from db.models import Event, SignInSession, Staff
from services.pins import BadPin
from services.refusals import Missing, NotAllowed, Refusal
from services.sign_in import (
    LASTS,
    LockedOut,
    NameMissing,
    WrongPin,
    locked_people,
    people_to_choose,
    seen,
    session_id,
    session_person,
    sign_in,
    sign_out,
    unlock,
)
from services.staff import set_active, set_pin
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, STAFF, as_role

TOM = list(STAFF).index("Tom Technician") + 1


@pytest.fixture(autouse=True)
def _pins(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        set_pin(work, TOM, pin="4711")


def _person(ws: Workspace, token: str) -> str | None:
    with reading(ws) as work:
        person = session_person(work, token)
    return person.name if person else None


def _try(ws: Workspace, pin: str) -> type[Refusal] | None:
    try:
        sign_in(ws, TOM, pin)
    except Refusal as refusal:
        return type(refusal)
    return None


def test_the_right_pin_opens_a_session_and_only_its_hash_is_kept(ws: Workspace) -> None:
    token = sign_in(ws, TOM, "4711")
    assert _person(ws, token) == "Tom Technician"
    with reading(ws) as work:
        row = work.db.exec(select(SignInSession)).one()
    assert token not in row.token_hash
    assert row.expires_at == MONDAY_9 + LASTS


def test_full_width_digits_of_a_chinese_keyboard_count(ws: Workspace) -> None:
    assert _person(ws, sign_in(ws, TOM, " ４７１１ ")) == "Tom Technician"


def test_another_token_is_nobody(ws: Workspace) -> None:
    sign_in(ws, TOM, "4711")
    assert _person(ws, "guess") is None
    assert _person(ws, "") is None


def test_a_session_ends_after_twelve_hours(ws: Workspace) -> None:
    token = sign_in(ws, TOM, "4711")
    assert _person(ws.at(MONDAY_9 + LASTS - timedelta(seconds=1)), token) == "Tom Technician"
    assert _person(ws.at(MONDAY_9 + LASTS), token) is None


def test_signing_out_ends_that_session_and_no_other(ws: Workspace) -> None:
    here, there = sign_in(ws, TOM, "4711"), sign_in(ws, TOM, "4711")
    with unit_of_work(ws) as work:
        sign_out(work, here)
    assert _person(ws, here) is None
    assert _person(ws, there) == "Tom Technician"


def test_who_leaves_is_signed_out_everywhere_and_not_offered_any_more(ws: Workspace) -> None:
    token = sign_in(ws, TOM, "4711")
    with unit_of_work(ws) as work:
        set_active(work, TOM, active=False)
    assert _person(ws, token) is None
    with reading(ws) as work:
        assert "Tom Technician" not in [person.name for person, _roles in people_to_choose(work)]
    with pytest.raises(NameMissing):
        sign_in(ws, TOM, "4711")


def test_a_new_pin_from_the_manager_ends_the_old_sessions(ws: Workspace) -> None:
    token = sign_in(ws, TOM, "4711")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        set_pin(work, TOM, pin="5555")
    assert _person(ws, token) is None
    assert _try(ws, "4711") is WrongPin
    assert _try(ws, "5555") is None


@pytest.mark.parametrize("pin", ["abcd", "12ab", "123", "123456789", "1" * 5000, "-123", "1.23", "①②③④x"])
def test_what_is_no_pin_is_said_and_not_counted(ws: Workspace, pin: str) -> None:
    with pytest.raises(BadPin):
        sign_in(ws, TOM, pin)
    with reading(ws) as work:
        assert work.get(Staff, TOM).wrong_pins == 0


def test_no_pin_and_no_name_are_said(ws: Workspace) -> None:
    with pytest.raises(Missing):
        sign_in(ws, TOM, "  ")
    for nobody in (0, -1, 999, 2**40):
        with pytest.raises(NameMissing):
            sign_in(ws, nobody, "4711")


def test_a_person_without_a_usable_pin_cannot_sign_in(ws: Workspace) -> None:
    with pytest.raises(WrongPin):
        sign_in(ws, TOM + 1, "0000")


def test_a_wrong_pin_stays_counted_although_it_was_refused_and_a_right_one_clears_it(ws: Workspace) -> None:
    for _ in range(4):
        assert _try(ws, "0000") is WrongPin
    with reading(ws) as work:
        assert work.get(Staff, TOM).wrong_pins == 4
    assert _try(ws, "4711") is None
    with reading(ws) as work:
        assert work.get(Staff, TOM).wrong_pins == 0


def test_five_wrong_pins_lock_for_one_minute_then_two_then_four(ws: Workspace) -> None:
    for _ in range(4):
        assert _try(ws, "0000") is WrongPin
    now = MONDAY_9
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert _try(ws.at(now), "0000") is LockedOut
        assert _try(ws.at(now + timedelta(seconds=minutes * 60 - 1)), "4711") is LockedOut
        now += timedelta(minutes=minutes)
    assert _try(ws.at(now), "4711") is None
    assert _try(ws.at(now), "0000") is WrongPin


def test_the_refusal_says_how_long_and_a_locked_try_does_not_lengthen_it(ws: Workspace) -> None:
    for _ in range(5):
        _try(ws, "0000")
    for _ in range(5):
        with pytest.raises(LockedOut) as refused:
            sign_in(ws, TOM, "4711")
        assert refused.value.say("en") == "Too many wrong PINs. Try again in 1 min, or ask the manager to unlock you."
        assert "1" in refused.value.say("zh_CN")
        assert "PIN" in refused.value.say("zh_CN")


def test_the_manager_sees_who_is_locked_and_unlocks(ws: Workspace) -> None:
    for _ in range(5):
        _try(ws, "0000")
    with reading(ws) as work:
        assert [person.name for person in locked_people(work)] == ["Tom Technician"]
        assert [e.details for e in work.db.exec(select(Event).where(Event.action == "locked"))] == [{"minutes": 1}]
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work, pytest.raises(NotAllowed):
        unlock(work, TOM)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        unlock(work, TOM)
    with reading(ws) as work:
        assert locked_people(work) == []
    assert _try(ws, "4711") is None


def test_many_tries_at_once_cannot_outrun_the_lock(ws: Workspace) -> None:
    with ThreadPoolExecutor(8) as crowd:
        outcomes = list(crowd.map(lambda _: _try(ws, "0000"), range(24)))
    assert outcomes.count(WrongPin) == 4
    assert outcomes.count(LockedOut) == 20
    with reading(ws) as work:
        assert work.get(Staff, TOM).wrong_pins == 5


def test_a_session_in_use_is_noted_at_most_every_five_minutes(ws: Workspace) -> None:
    token = sign_in(ws, TOM, "4711")
    for minutes, noted in ((4, 0), (6, 6), (10, 6), (12, 12)):
        at = ws.at(MONDAY_9 + timedelta(minutes=minutes))
        with unit_of_work(at) as work:
            key = session_id(work, token)
            assert key is not None
            seen(work, key)
        with reading(at) as work:
            assert work.get(SignInSession, key).seen_at == MONDAY_9 + timedelta(minutes=noted)
