"""The two garages that are measured: the demo garage on a busy day (30 cars in the shop), and the same with ten years behind it."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import services.workspace
from benchmarks.history import grow
from db.engine import make_engine
from db.enums import Role
from db.migrate import upgrade
from services.demo.build import build
from services.people import people_with
from services.sign_in import open_session
from services.work import unit_of_work
from services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(__file__).resolve().parent / ".cache"
MOMENT = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)  # a Tuesday morning: the clock of all measurements stands here
_MAKERS = (
    "db/**/*.py",
    "services/**/*.py",
    "services/demo/data/**/*.json",
    "benchmarks/history*.py",
    "benchmarks/garages.py",
)


@dataclass(frozen=True)
class Garage:
    """A garage in a file, with a manager signed in by the session of that id."""

    file: Path
    session: int = 1

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.file}"

    def enter(self) -> None:
        """Make it the live garage of this process, at the standing clock."""
        os.environ |= {"DATABASE_URL": self.url, "DATA_DIR": str(self.file.parent)}
        services.workspace.system_clock = lambda: MOMENT

    def workspace(self) -> Workspace:
        """The garage, with the program itself acting."""
        return Workspace(services.workspace.engine_for(self.url), self.file.parent, lambda: MOMENT)

    def copy(self, target: Path) -> "Garage":
        """The same garage in a file of its own, to be changed and thrown away."""
        with closing(sqlite3.connect(self.file)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)  # also what still lies in the write-ahead log
        return Garage(target, self.session)


def garages(years: float = 10) -> tuple[Garage, Garage]:
    """The busy garage, and the same with `years` behind it. Made at the first call, kept until the sources change."""
    folder = CACHE / _version()
    if not folder.exists():
        shutil.rmtree(CACHE, ignore_errors=True)
        folder.mkdir(parents=True)
    demo, month, decade = folder / "demo.db", folder / "month.db", folder / f"years_{years:g}.db"
    if not demo.exists():
        _say("Making the demo garage")
        make(demo, _demo)
    if not month.exists():
        make(month, lambda file: grow(demo, file, MOMENT, years=0))
    if not decade.exists():
        _say(f"Giving it {years:g} years of history")
        make(decade, lambda file: grow(demo, file, MOMENT, years))
    return Garage(month), Garage(decade)


def make(file: Path, fill: Callable[[Path], object]) -> None:
    """Fill a new, migrated database; it gets its name only when it is whole."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    engine = make_engine(f"sqlite:///{unfinished}")
    upgrade(engine)
    engine.dispose()
    fill(unfinished)
    with closing(sqlite3.connect(unfinished)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    unfinished.rename(file)


def _demo(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    ws = Workspace(engine, file.parent, lambda: MOMENT)
    build(ws, "en", MOMENT)
    with unit_of_work(ws) as work:
        open_session(work, people_with(work, [Role.MANAGER])[0].id)
    engine.dispose()


def _version() -> str:
    """What the garages are made by; another version makes others."""
    found = hashlib.sha256()
    for pattern in _MAKERS:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _say(what: str) -> None:
    print(f"{what} (once; kept in benchmarks/.cache)", file=sys.stderr, flush=True)
