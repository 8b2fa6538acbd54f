"""People as actors: who holds which roles, who has which skills, whose session is live."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from db.enums import Role, Skill
from db.models import SignInSession, Staff, StaffRole, StaffSkill
from services.work import Work
from services.workspace import Person


def person_of(work: Work, staff_id: int) -> Person | None:
    """The person with that id, None when unknown or no longer active."""
    staff = work.db.get(Staff, staff_id)
    if staff is None or not staff.active:
        return None
    roles = work.db.exec(select(StaffRole.role).where(StaffRole.staff_id == staff_id))
    return Person(staff.id, staff.name, frozenset(map(Role, roles)), staff.language or "")


def session_of(work: Work, session_id: int) -> SignInSession | None:
    """The sign-in session if it is still live."""
    row = work.db.get(SignInSession, session_id)
    return row if row and _live(row, work.now) else None


def person_in(work: Work, session_id: int) -> Person | None:
    """Who is signed in by a live session, with the roles held right now. None after a sign-out anywhere."""
    session = session_of(work, session_id)
    return person_of(work, session.staff_id) if session else None


def _live(row: SignInSession, now: datetime) -> bool:
    return row.ended_at is None and row.expires_at > now


def names(work: Work) -> dict[int, str]:
    """The names of all staff, by id. A garage has a dozen, so one query beats joins."""
    return {key: name for key, name in work.db.exec(select(Staff.id, Staff.name))}


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
