"""The people who work here: roles, skills, PIN. Nobody is deleted; who leaves becomes inactive."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, delete, select

from db.enums import Role, Skill
from db.models import Staff, StaffRole, StaffSkill
from services import permissions as may
from services import validate
from services.i18n import LANGUAGES, N_
from services.people import skills as skills_of
from services.pins import hash_pin
from services.refusals import Missing, Refusal
from services.shifts import shifts_like_opening
from services.sign_in import end_sessions
from services.work import Work


class LastManager(Refusal):
    """Somebody must remain manager."""


class StaffNameTaken(Refusal):
    """There is already somebody called {name}. Add a surname or an initial."""


@dataclass(frozen=True)
class StaffCard:
    """A person as the settings show them."""

    id: int
    name: str
    language: str | None
    active: bool
    roles: frozenset[Role]
    skills: frozenset[Skill]


def roster(work: Work) -> list[StaffCard]:
    """Everyone by name, those who left last. Three queries, however many people."""
    roles: dict[int, set[Role]] = defaultdict(set)
    for row in work.db.exec(select(StaffRole)):
        roles[row.staff_id].add(row.role)
    skills = skills_of(work)
    people = work.db.exec(select(Staff).order_by(col(Staff.active).desc(), col(Staff.name)))
    return [
        StaffCard(p.id, p.name, p.language, p.active, frozenset(roles[p.id]), frozenset(skills[p.id])) for p in people
    ]


def add_person(
    work: Work,
    *,
    name: str,
    roles: Collection[Role],
    pin: str,
    skills: Collection[Skill] = (),
    language: str | None = None,
) -> Staff:
    """Somebody new, working whenever the garage is open until shifts say otherwise.

    Refuses with NotAllowed, Missing, TooLong, StaffNameTaken, BadPin.
    """
    work.needs(*may.MANAGES)
    staff = work.add(Staff(name=_free_name(work, name), language=_language(language), pin_hash=hash_pin(pin)))
    _hold(work, staff, roles, skills)
    shifts_like_opening(work, staff.id)
    work.event(staff, "added", name=staff.name, roles=_values(roles), skills=_values(skills))
    return staff


def change_person(
    work: Work,
    staff_id: int,
    *,
    name: str,
    roles: Collection[Role],
    skills: Collection[Skill],
    language: str | None = None,
) -> Staff:
    """Another name, other roles, skills or language. Refuses as `add_person` does, and with LastManager."""
    work.needs(*may.MANAGES)
    staff = work.lock(Staff, staff_id)
    staff.name, staff.language = _free_name(work, name, staff_id), _language(language)
    work.db.add(staff)
    _hold(work, staff, roles, skills)
    _somebody_manages(work)
    work.event(staff, "changed", name=staff.name, roles=_values(roles), skills=_values(skills))
    return staff


def set_pin(work: Work, staff_id: int, *, pin: str) -> Staff:
    """A new PIN, for oneself or, as the manager, for anybody. Ends the person's other sessions and any lock."""
    if work.by.id != staff_id:
        work.needs(*may.MANAGES)
    staff = work.lock(Staff, staff_id)
    staff.pin_hash, staff.wrong_pins, staff.locked_until = hash_pin(pin), 0, None
    work.db.add(staff)
    if work.by.id != staff_id:
        end_sessions(work, staff_id)
    work.event(staff, "pin_set")
    return staff


def set_active(work: Work, staff_id: int, *, active: bool) -> None:
    """Take somebody out of the lists, or back. Who leaves is signed out everywhere. Refuses with LastManager."""
    work.needs(*may.MANAGES)
    staff = work.lock(Staff, staff_id)
    staff.active = active
    work.db.add(staff)
    if not active:
        end_sessions(work, staff_id)
    _somebody_manages(work)
    work.event(staff, "activated" if active else "deactivated")


def _free_name(work: Work, typed: str, own: int = 0) -> str:
    name = validate.line(typed, N_("Name"), 80)
    if work.db.exec(select(Staff.id).where(Staff.name == name, col(Staff.active), Staff.id != own)).first():
        raise StaffNameTaken(name=name)
    return name


def _language(choice: str | None) -> str | None:
    return validate.one_of(choice, LANGUAGES, N_("Language")) if choice else None


def _hold(work: Work, staff: Staff, roles: Collection[Role], skills: Collection[Skill]) -> None:
    if not roles:
        raise Missing(field=N_("Roles"))
    work.db.exec(delete(StaffRole).where(col(StaffRole.staff_id) == staff.id))
    work.db.exec(delete(StaffSkill).where(col(StaffSkill.staff_id) == staff.id))
    for role in roles:
        work.add(StaffRole(staff_id=staff.id, role=role))
    for skill in skills:
        work.add(StaffSkill(staff_id=staff.id, skill=skill))


def _somebody_manages(work: Work) -> None:
    work.db.flush()
    held = select(StaffRole.staff_id).where(StaffRole.role == Role.MANAGER)
    if not work.db.exec(select(Staff.id).where(col(Staff.active), col(Staff.id).in_(held))).first():
        raise LastManager


def _values(choices: Collection[Role] | Collection[Skill]) -> list[str]:
    return sorted(choice.value for choice in choices)
