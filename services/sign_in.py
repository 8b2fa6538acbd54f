"""Signing in and out: PIN, growing lock-out, and the session that stands behind a tablet's cookie."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import update
from sqlmodel import col, select

from db.enums import Role
from db.models import SignInSession, Staff, StaffRole
from services import permissions as may
from services.people import person_of
from services.pins import clean_pin, matches
from services.refusals import Refusal
from services.work import Work, unit_of_work
from services.workspace import Person, Workspace

T = TypeVar("T")
LASTS = timedelta(hours=12)  # a long working day
FREE_TRIES = 5
LONGEST_LOCK = timedelta(minutes=60)
_SEEN_EVERY = timedelta(minutes=5)


class NameMissing(Refusal):
    """Choose your name."""


class WrongPin(Refusal):
    """This PIN is wrong."""


class LockedOut(Refusal):
    """Too many wrong PINs. Try again in {minutes} min, or ask the manager to unlock you."""


def people_to_choose(work: Work) -> list[tuple[Staff, list[Role]]]:
    """Everyone who can sign in, by name, with their roles."""
    roles: dict[int, list[Role]] = {}
    for row in work.db.exec(select(StaffRole)):
        roles.setdefault(row.staff_id, []).append(row.role)
    people = work.db.exec(select(Staff).where(col(Staff.active)).order_by(Staff.name))
    return [(person, sorted(roles.get(person.id, []), key=list(Role).index)) for person in people]


def sign_in(ws: Workspace, staff_id: int, typed: str) -> str:
    """Check a PIN and open a session; returns the token for the cookie. Refuses as `prove` does."""
    return _with_pin(ws, staff_id, typed, lambda work: open_session(work, staff_id)[1])


def prove(ws: Workspace, staff_id: int, typed: str) -> Person:
    """Who this is, by their PIN, for one act on somebody else's tablet: nobody is signed in or out.

    Refuses with NameMissing, Missing, BadPin, LockedOut or WrongPin.
    """
    found = _with_pin(ws, staff_id, typed, lambda work: person_of(work, staff_id))
    if found is None:
        raise NameMissing
    return found


def _with_pin(ws: Workspace, staff_id: int, typed: str, then: Callable[[Work], T]) -> T:
    """Takes the workspace, because a wrong PIN must stay counted although it is refused: the try is counted in a
    unit of work of its own *before* the PIN is compared, so that many tries at once cannot outrun the lock.
    """
    pin = clean_pin(typed)
    with unit_of_work(ws) as work:
        staff = _count_try(work, staff_id)
    right = matches(staff.pin_hash, pin)
    with unit_of_work(ws) as work:
        if right:
            _forgive(work, staff_id)
            return then(work)
        if staff.locked_until:
            work.event(staff, "locked", minutes=_minutes(staff.locked_until - work.now))
    if staff.locked_until:
        raise LockedOut(minutes=_minutes(staff.locked_until - work.now))
    raise WrongPin


def _count_try(work: Work, staff_id: int) -> Staff:
    known = work.db.get(Staff, staff_id) if 0 < staff_id < 2**31 else None
    if known is None or not known.active:
        raise NameMissing
    staff = work.lock(Staff, staff_id)
    if staff.locked_until and staff.locked_until > work.now:
        raise LockedOut(minutes=_minutes(staff.locked_until - work.now))
    staff.wrong_pins += 1
    staff.locked_until = _lock_end(staff.wrong_pins, work.now)
    work.db.add(staff)
    return staff


def _lock_end(wrong: int, now: datetime) -> datetime | None:
    """1, 2, 4 … minutes from the fifth wrong PIN on."""
    if wrong < FREE_TRIES:
        return None
    return now + min(timedelta(minutes=2 ** min(wrong - FREE_TRIES, 10)), LONGEST_LOCK)


def _minutes(left: timedelta) -> int:
    return max(1, -int(-left.total_seconds() // 60))


def _forgive(work: Work, staff_id: int) -> Staff:
    """Wrong PINs are forgotten."""
    staff = work.lock(Staff, staff_id)
    staff.wrong_pins, staff.locked_until = 0, None
    return work.add(staff)


def open_session(work: Work, staff_id: int) -> tuple[SignInSession, str]:
    """A live session of that person, and the token whose hash it keeps."""
    token = secrets.token_urlsafe(32)
    row = SignInSession(
        staff_id=staff_id,
        token_hash=_hash(token),
        created_at=work.now,
        seen_at=work.now,
        expires_at=work.now + LASTS,
    )
    return work.add(row), token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def session_id(work: Work, token: str) -> int | None:
    """The id of the live session a cookie's token belongs to, or None. One indexed look-up without loading rows."""
    row = SignInSession
    live = (col(row.token_hash) == _hash(token), col(row.ended_at).is_(None), col(row.expires_at) > work.now)
    of_active = col(row.staff_id).in_(select(Staff.id).where(col(Staff.active)))
    return work.db.exec(select(row.id).where(*live, of_active)).first()


def session_person(work: Work, token: str) -> Person | None:
    """Who is signed in with that token, or None."""
    key = session_id(work, token)
    row = work.db.get(SignInSession, key) if key else None
    return person_of(work, row.staff_id) if row else None


def seen(work: Work, key: int) -> None:
    """Note that a session is in use, at most every five minutes."""
    row = SignInSession
    old = (col(row.id) == key, col(row.seen_at) < work.now - _SEEN_EVERY)
    work.db.connection().execute(update(row).where(*old).values(seen_at=work.now))


def sign_out(work: Work, token: str) -> None:
    """End the session: every open page of it is refused from now on. The event makes open boards notice at once."""
    live = (col(SignInSession.token_hash) == _hash(token), col(SignInSession.ended_at).is_(None))
    row = work.db.exec(select(SignInSession).where(*live).with_for_update()).first()
    if row:
        row.ended_at = work.now
        work.db.add(row)
        work.event(work.get(Staff, row.staff_id), "signed_out")


def end_sessions(work: Work, staff_id: int) -> None:
    """End every session of a person (new PIN, deactivated)."""
    row = SignInSession
    theirs = (col(row.staff_id) == staff_id, col(row.ended_at).is_(None))
    work.db.connection().execute(update(row).where(*theirs).values(ended_at=work.now))


def locked_people(work: Work) -> list[Staff]:
    """Who is locked out now, the longest lock first."""
    locked = select(Staff).where(col(Staff.locked_until) > work.now)
    return list(work.db.exec(locked.order_by(col(Staff.locked_until).desc())))


def unlock(work: Work, staff_id: int) -> None:
    """Let a locked person try again at once. Refuses with NotAllowed (only the manager), NotFound."""
    work.needs(*may.MANAGES)
    work.event(_forgive(work, staff_id), "unlocked")
