"""Ten years of a garage from the months it has: finished visits copied back in time, with ids, numbers and plates of their own.

Everything is copied inside SQLite, oldest first, so ids grow with time as they would have. The rules of the database stand
throughout; references are checked at the end.
"""

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from pathlib import Path

from benchmarks.history_sql import PICKED, Copy, pick_past, pick_present, step
from db.search_ddl import CASE_INDEX

BLOCK = 13 * 7  # days; whole weeks, so that weekdays stay weekdays
PER_DAY = 30
_WORKING_DAYS = 6
_SETTLED = timedelta(days=14)  # younger visits may still wait for their follow-up
_YEARS_BETWEEN_CARS = 4  # sets of cars and customers for every set of visits that a block holds
_MADE = ("reservation", "alembic_version", "search_line")  # by _reserve, by the migrations, by the database itself
_FAST = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=MEMORY")
Place = tuple[int | None, int | None, int | None, str, str]  # order, bay or person, from, to
_VISITS, _VISIT = 6, timedelta(minutes=75)  # places a bay has in a day


@dataclass(frozen=True)
class Plan:
    """How often the past of the garage is copied: `blocks` of 13 weeks, in each `at_once` times, with `sets` of cars; and
    how many times its present is there."""

    blocks: int
    at_once: int
    sets: int
    busy: int = 1

    @classmethod
    def for_density(cls, visits: int, days: int, years: float, per_day: int, here: int) -> "Plan":
        """The plan that brings `visits` in `days` to `per_day` cars on each working day of `years`, and as many of the `here`
        that are in the shop now."""
        wanted = per_day * _WORKING_DAYS * BLOCK / 7
        at_once = max(1, ceil(wanted / max(1.0, visits * BLOCK / max(days, BLOCK))))
        blocks, busy = round(years * 365 / BLOCK), max(1, ceil(per_day / max(1, here)))
        return cls(blocks, at_once, max(busy, _YEARS_BETWEEN_CARS * at_once if blocks else 1), busy)

    def copies(self) -> Iterator[Copy]:
        """Every copy, the oldest first."""
        number = 0
        for block in range(self.blocks, 0, -1):
            for _ in range(self.at_once):
                yield Copy(number, -BLOCK * block, number % self.sets)
                number += 1


def grow(month: Path, decade: Path, now: datetime, years: float = 10, per_day: int = PER_DAY) -> int:
    """Make of the garage in the file `month` a busy one with `years` behind it; `decade` is an empty file of the same schema.

    Returns how many work orders it has. RuntimeError when a reference is broken, which would be a fault of this module.
    """
    with closing(sqlite3.connect(decade, isolation_level=None)) as db:
        for pragma in _FAST:
            db.execute(f"PRAGMA {pragma}")
        db.execute("ATTACH ? AS month", [str(month)])
        db.execute("BEGIN")
        pick_past(db, now - _SETTLED)
        plan = _plan(db, years, per_day)
        _copy_all(db, plan)
        _reserve(db, now)
        _everyday(db, now, years)
        db.execute("COMMIT")
        if broken := db.execute("PRAGMA foreign_key_check").fetchmany(5):
            raise RuntimeError(f"broken references: {broken}")
        db.execute("PRAGMA journal_mode=WAL")
        return int(db.execute("SELECT count(*) FROM work_order").fetchone()[0])


def _plan(db: sqlite3.Connection, years: float, per_day: int) -> Plan:
    query = """SELECT count(*), coalesce(julianday(max(arrived_at)) - julianday(min(arrived_at)), 0)
               FROM month.work_order WHERE id IN pick_work_order"""
    visits, days = db.execute(query).fetchone()
    if not visits:
        raise RuntimeError("the garage has no finished visit to copy")
    here = db.execute(
        "SELECT count(*) FROM month.work_order WHERE status NOT IN ('closed', 'cancelled', 'delivered')"
    ).fetchone()[0]
    return Plan.for_density(visits, int(days) + 1, years, per_day, here)


def _copy_all(db: sqlite3.Connection, plan: Plan) -> None:
    """What is not of one visit stays as it is, then the copies, last the garage's own months."""
    tables = [name for (name,) in db.execute("SELECT name FROM month.sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table not in PICKED and table not in _MADE and not table.startswith(("sqlite_", CASE_INDEX)):
            db.execute(f'INSERT INTO main."{table}" SELECT * FROM month."{table}"')
    for number in range(1, plan.sets):
        Copy(0, 0, number).cars(db)
    for copy in plan.copies():
        copy.visits(db)
    pick_present(db)
    last = plan.blocks * plan.at_once
    for number in range(1, plan.busy):
        Copy(last, 0, number).visits(db)
        last += 1
    Copy(last, 0, 0, own=True).everything(db)


def _reserve(db: sqlite3.Connection, now: datetime) -> None:
    """The places of the copied visits, six a day in every bay, beside the ones the garage has itself; and a week that is half
    booked, as it is where thirty cars come a day."""
    _own_reservations(db, step(db, "work_order"), step(db, "appointment"))
    oldest = db.execute("SELECT coalesce(min(starts_at), ?) FROM reservation", [str(now)]).fetchone()[0]
    visits = "SELECT id, substr(arrived_at, 1, 10) FROM work_order WHERE arrived_at < substr(?, 1, 10) ORDER BY arrived_at, id"
    bays = [key for (key,) in db.execute("SELECT id FROM bay WHERE active ORDER BY id")]
    people = [key for (key,) in db.execute("SELECT DISTINCT staff_id FROM staff_skill ORDER BY staff_id")]
    _put(db, _places(db.execute(visits, [oldest]).fetchall(), bays, people))
    days = [now + timedelta(days=ahead) for ahead in range(1, 8)]
    coming = [
        (None, f"{day:%Y-%m-%d}")
        for day in days
        if day.weekday() < _WORKING_DAYS
        for _ in range(_VISITS * len(bays) // 2)
    ]
    _put(db, (place for place in _places(coming, bays, people) if not _taken(db, place)))


def _put(db: sqlite3.Connection, places: Iterable[Place]) -> None:
    db.executemany(
        "INSERT INTO reservation (order_id, bay_id, staff_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?)", places
    )


def _taken(db: sqlite3.Connection, place: Place) -> bool:
    _, bay, person, starts, ends = place
    query = "SELECT 1 FROM reservation WHERE (bay_id = ? OR staff_id = ?) AND starts_at < ? AND ends_at > ?"
    return db.execute(query, [bay, person, ends, starts]).fetchone() is not None


def _own_reservations(db: sqlite3.Connection, orders: int, appointments: int) -> None:
    """The garage's own, with the ids its visits and bookings have now: all of them came last."""
    last_order, last_booking = (
        db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in ("work_order", "appointment")
    )
    db.execute(
        """INSERT INTO main.reservation (appointment_id, order_id, bay_id, staff_id, starts_at, ends_at)
           SELECT appointment_id + ?, order_id + ?, bay_id, staff_id, starts_at, ends_at FROM month.reservation""",
        [last_booking - (appointments - 1), last_order - (orders - 1)],
    )


def _places(visits: Sequence[tuple[int | None, str]], bays: list[int], people: list[int]) -> Iterator[Place]:
    for day, cars in groupby(visits, key=lambda visit: visit[1]):
        for number, (order, _) in enumerate(cars):
            turn, bay = divmod(number, len(bays))
            starts = datetime.fromisoformat(day) + timedelta(hours=8) + turn * _VISIT
            starts_at, ends_at = f"{starts}.000000", f"{starts + timedelta(minutes=60)}.000000"
            if turn < _VISITS:
                yield (order, bays[bay], None, starts_at, ends_at)
                if bay < len(people):
                    yield (order, None, people[bay], starts_at, ends_at)


def _everyday(db: sqlite3.Connection, now: datetime, years: float) -> None:
    """What piles up beside the visits: sign-ins, tokens of taps, counters of numbers."""
    chance = random.Random(1)
    days = [now - timedelta(days=back) for back in range(120, int(years * 365))]
    staff = [key for (key,) in db.execute("SELECT id FROM staff")]
    db.executemany(
        """INSERT INTO sign_in_session (staff_id, token_hash, created_at, seen_at, expires_at, ended_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        ((key, chance.randbytes(32).hex(), *[f"{day:%Y-%m-%d} 08:00:00.000000"] * 4) for day in days for key in staff),
    )
    db.execute("INSERT INTO once (token, at) SELECT lower(hex(randomblob(16))), arrived_at FROM work_order")
    kinds = [kind for (kind,) in db.execute("SELECT DISTINCT kind FROM number_series WHERE length(period) = 6")]
    series = ((kind, f"{day:%y%m%d}") for day in days for kind in kinds)
    db.executemany("INSERT OR IGNORE INTO number_series (kind, period, last) VALUES (?, ?, 30)", series)
