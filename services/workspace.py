"""Where a request works: database, clock, garage, person. Live, or a training sandbox beside it."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from db.engine import make_engine
from db.enums import Role
from services.settings import Settings

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The real time, in UTC. The only place that asks for it."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Person:
    """Who acts. The program itself acts as `SYSTEM`, which may do everything and has no id."""

    id: int | None
    name: str
    roles: frozenset[Role]
    language: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of the roles. A manager holds every one."""
        return self.id is None or Role.MANAGER in self.roles or bool(self.roles.intersection(roles))


SYSTEM = Person(None, "", frozenset())


@dataclass(frozen=True)
class Workspace:
    """Everything a service needs from outside. Sandboxes have their own database and clock, and send no messages."""

    engine: Engine
    data_dir: Path
    clock: Clock = system_clock
    by: Person = SYSTEM
    sandbox: str | None = None

    def as_person(self, person: Person) -> Self:
        """The same place with another person acting."""
        return replace(self, by=person)

    def at(self, moment: datetime) -> Self:
        """The same place with the clock standing at `moment`."""
        return replace(self, clock=lambda: moment)


@cache
def engine_for(url: str) -> Engine:
    """One engine per database and process."""
    return make_engine(url)


def live(by: Person = SYSTEM) -> Workspace:
    """The garage's real data."""
    database, data_dir = _place(os.environ.get("DATABASE_URL"), os.environ.get("DATA_DIR"))
    return Workspace(engine_for(database), data_dir, system_clock, by)


@cache
def _place(*_environment: str | None) -> tuple[str, Path]:
    """Where the settings say the data is. Kept: every run of a page asks, and reading settings takes longer than a query."""
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings.database(), settings.data_dir


def open_sandbox(name: str, prepared: Path, by: Person = SYSTEM, ahead: timedelta = timedelta(0)) -> Workspace:
    """A sandbox copied from a prepared SQLite garage; its clock runs `ahead` of the real one. An existing copy is kept."""
    folder = Settings().data_dir / "sandboxes" / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "garage.db"
    if not path.exists():
        shutil.copyfile(prepared, path)
    return Workspace(engine_for(f"sqlite:///{path}"), folder, lambda: system_clock() + ahead, by, name)


def wipe_sandbox(name: str) -> None:
    """Throw the sandbox away; the next `open_sandbox` starts afresh."""
    folder = Settings().data_dir / "sandboxes" / os.path.basename(name)
    engine_for(f"sqlite:///{folder / 'garage.db'}").dispose()
    shutil.rmtree(folder, ignore_errors=True)
