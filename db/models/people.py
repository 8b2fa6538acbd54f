"""Staff: roles, skills, hours, sign-in."""

from datetime import datetime

from sqlmodel import Field

from db.base import Base
from db.enums import Role, Skill
from db.models.columns import instant, key, ref
from db.types import choice


class Staff(Base, table=True):
    """A person who works here. `pin_hash` is argon2; wrong PINs count up and lock until `locked_until`."""

    id: int = key()
    name: str = Field(max_length=80)
    pin_hash: str = Field(max_length=200)
    language: str | None = Field(default=None, max_length=10)
    active: bool = True
    wrong_pins: int = 0
    locked_until: datetime | None = instant(optional=True)


class StaffRole(Base, table=True):
    """A role the person holds."""

    staff_id: int = Field(primary_key=True, foreign_key="staff.id")
    role: Role = Field(primary_key=True, sa_type=choice(Role))


class StaffSkill(Base, table=True):
    """A skill the person has."""

    staff_id: int = Field(primary_key=True, foreign_key="staff.id")
    skill: Skill = Field(primary_key=True, sa_type=choice(Skill))


class Shift(Base, table=True):
    """Weekly working hours of a person, in minutes after midnight, with one break."""

    id: int = key()
    staff_id: int = ref("staff.id")
    weekday: int
    starts: int
    ends: int
    break_starts: int | None = None
    break_ends: int | None = None


class Absence(Base, table=True):
    """A time in which the person is away (leave, illness, course)."""

    id: int = key()
    staff_id: int = ref("staff.id")
    starts_at: datetime = instant()
    ends_at: datetime = instant(index=True)
    reason: str = Field(default="", max_length=120)


class SignInSession(Base, table=True):
    """A live sign-in on one tablet. Only the SHA-256 of the cookie's token is kept."""

    id: int = key()
    staff_id: int = ref("staff.id")
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant()
    ended_at: datetime | None = instant(optional=True)
    sandbox: str | None = Field(default=None, max_length=40)
