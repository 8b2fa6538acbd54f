"""A started server with a small garage that is open now, whatever the hour, and a look into its database."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import col, delete, select

from db.base import Base
from db.engine import make_engine
from db.migrate import upgrade
from db.models import Event, Garage, OpeningHours, Shift, Staff
from services.pins import hash_pin
from services.work import Work, last_event, reading, unit_of_work
from services.workspace import Workspace, system_clock
from tests.browser.components_driver import ROOT, answers, wait_for
from tests.factories import make_garage

Row = TypeVar("Row", bound=Base)
PIN = "4711"
OPENS, CLOSES = 5 * 60, 23 * 60
ZONES = ("Asia/Shanghai", "Europe/London", "America/Los_Angeles")  # in one of them it is between 8:00 and 17:00


@dataclass
class House:
    """The started garage: its address, its data, its process."""

    base: str
    ws: Workspace
    process: subprocess.Popen[bytes]

    def rows(self, table: type[Row], **where: Any) -> list[Row]:
        """The rows with those values, oldest first."""
        with reading(self.ws) as work:
            query = select(table).filter_by(**where)
            return list(work.db.exec(query.order_by(table.__table__.primary_key.columns[0])))  # type: ignore[attr-defined]

    def one(self, table: type[Row], **where: Any) -> Row:
        """The only such row."""
        rows = self.rows(table, **where)
        assert len(rows) == 1, rows
        return rows[0]

    def last_event(self, row: Any) -> Event:
        """The newest act on a row."""
        with reading(self.ws) as work:
            found = last_event(work, row)
        assert found
        return found

    def who(self, staff_id: int | None) -> str:
        """The name of a person."""
        return self.one(Staff, id=staff_id).name


def put_garage(folder: Path) -> Workspace:
    """The small garage in SQLite in that folder, open every day from early to late, everyone with a PIN."""
    engine = make_engine(f"sqlite:///{folder / 'garage.db'}")
    upgrade(engine)
    ws = make_garage(engine, folder, system_clock())
    with unit_of_work(ws) as work:
        _open_now(work)
        pin = hash_pin(PIN)
        for person in work.db.exec(select(Staff)):
            person.pin_hash = pin
            for weekday in range(7):
                work.add(Shift(staff_id=person.id, weekday=weekday, starts=OPENS, ends=CLOSES))
    return Workspace(engine, folder)


def _open_now(work: Work) -> None:
    garage: Garage = work.garage
    garage.zone = next(zone for zone in ZONES if 8 <= work.now.astimezone(ZoneInfo(zone)).hour < 17)
    garage.same_day_booking = True
    work.db.exec(delete(OpeningHours))
    work.db.exec(delete(Shift).where(col(Shift.id) > 0))
    for weekday in range(7):
        work.add(OpeningHours(weekday=weekday, opens=OPENS, closes=CLOSES))


@contextmanager
def running(folder: Path, ws: Workspace) -> Iterator[House]:
    """`python Home.py` on a free port of this machine with that folder as its data; ended at the end."""
    port = free_port()
    settings = {"DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    log = folder / "server.log"
    with log.open("ab") as out:
        command = [sys.executable, "Home.py"]
        process = subprocess.Popen(command, cwd=ROOT, env=_plain() | settings, stdout=out, stderr=out)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(lambda: answers(f"{base}/healthz"), log.read_text, seconds=60)
        yield House(base, ws, process)
    finally:
        process.terminate()
        process.wait(15)
    assert "Traceback" not in log.read_text(), log.read_text()


def _plain() -> dict[str, str]:
    """The environment without what points at another garage."""
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEMO", "NOTIFY_URLS")}


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
