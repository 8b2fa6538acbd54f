"""People as actors: who holds which roles, who has which skills, whose session is live."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.enums import Role, Skill
from db.models import SignInSession, Staff, StaffRole, StaffSkill
from db.types import UtcDateTime
from services.work import Work
from services.workspace import Person


def person_of(work: Work, staff_id: int) -> Person | None:
    """The person with that id, None when unknown or no longer active."""
    staff = work.db.get(Staff, staff_id)
    if staff is None or not staff.active:
        return None
    roles = work.db.exec(select(StaffRole.role).where(StaffRole.staff_id == staff_id))
    return Person(staff.id, staff.name, frozenset(map(Role, roles)), staff.language or "")


# Built once: it is asked at every look and every tap.
_SIGNED_IN: Any = (
    select(Staff.id, Staff.name, Staff.language, StaffRole.role)
    .join(SignInSession, col(SignInSession.staff_id) == col(Staff.id))
    .outerjoin(StaffRole, col(StaffRole.staff_id) == col(Staff.id))
    .where(
        col(SignInSession.id) == bindparam("key"),
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.expires_at) > bindparam("now", type_=UtcDateTime()),
        col(Staff.active),
    )
)


def person_in(work: Work, session_id: int) -> Person | None:
    """Who is signed in by a live session, with the roles held right now. None after a sign-out anywhere. One query."""
    rows = work.db.execute(_SIGNED_IN, {"key": session_id, "now": work.now}).all()
    if not rows:
        return None
    roles = frozenset(Role(row.role) for row in rows if row.role)
    return Person(rows[0].id, rows[0].name, roles, rows[0].language or "")


_NAMES: Any = select(Staff.id, Staff.name)


def names(work: Work) -> dict[int, str]:
    """The names of all staff, by id. A garage has a dozen, so one query beats joins."""
    return dict(work.db.execute(_NAMES).all())


def people_with(work: Work, roles: Iterable[Role]) -> list[Staff]:
    """Active staff holding one of the roles, by name."""
    held = select(StaffRole.staff_id).where(col(StaffRole.role).in_(list(roles)))
    query = select(Staff).where(col(Staff.id).in_(held), col(Staff.active)).order_by(Staff.name)
    return list(work.db.exec(query))


def skills(work: Work) -> dict[int, set[Skill]]:
    """What everyone can do, by staff id."""
    found: dict[int, set[Skill]] = defaultdict(set)
    for staff_id, skill in work.db.exec(select(StaffSkill.staff_id, StaffSkill.skill)):
        found[staff_id].add(Skill(skill))
    return found
