"""Free times of a week: what they cost beside the bare indexed query over that week, and whether history slows them."""

import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, text
from sqlmodel import col, select

from db.enums import BayKind, Skill
from db.models import Bay, Reservation, Staff
from services.capacity import capacity
from services.free_time import Need
from services.slots import instant
from services.work import reading, unit_of_work
from services.workspace import Workspace

DAYS = 7
RATIO_LIMIT = 28.0
FLAT_LIMIT = 1.15
_BARE = text(
    "SELECT bay_id, staff_id, starts_at, ends_at FROM reservation WHERE starts_at >= :start AND starts_at < :end"
)
_NEEDS = (Need(BayKind.LIFT, Skill.SERVICE, 60),)


def measure(ws: Workspace, years: int = 10) -> list[dict[str, Any]]:
    """Figures on a garage as it stands (a month of history at most), then with `years` of full days before it.

    The history is written into the workspace's database and removed again, so give it one that is thrown away.
    """
    young, bare = _median(lambda: _free(ws)), _median(lambda: _query(ws))
    with unit_of_work(ws) as work:
        kept = work.db.exec(select(func.max(Reservation.id))).one() or 0
    fill(ws, years)
    old = _median(lambda: _free(ws))
    with unit_of_work(ws) as work:
        work.db.execute(delete(Reservation).where(col(Reservation.id) > kept))
    return [
        _figure("free_times_week", young * 1000, "ms", None),
        _figure("free_times_bare_query", bare * 1000, "ms", None),
        _figure("free_times_ratio", young / bare, "x", RATIO_LIMIT),
        _figure("free_times_history", old / young, "x", FLAT_LIMIT),
    ]


def fill(ws: Workspace, years: int) -> None:
    """Every bay and one person for each taken on every weekday of the last `years`: four hours in six visits."""
    with unit_of_work(ws) as work:
        bays = list(work.db.exec(select(Bay.id)))
        people = list(work.db.exec(select(Staff.id).order_by(col(Staff.id).desc()).limit(len(bays))))
        oldest = (
            work.db.exec(select(Reservation.starts_at).order_by(col(Reservation.starts_at)).limit(1)).first()
            or work.now
        )
        work.db.execute(insert(Reservation), list(_history(min(oldest, work.now), years, bays, people, work.zone)))


def _history(until: datetime, years: int, bays: list[int], people: list[int], zone: Any) -> Iterator[dict[str, Any]]:
    last = until.astimezone(zone).date()
    for back in range(1, years * 365):
        day = last - timedelta(days=back)
        for visit in range(6 if day.weekday() < 5 else 0):
            starts = instant(day, 480 + visit * 75, zone)
            stretch = {"starts_at": starts, "ends_at": starts + timedelta(minutes=60)}
            for bay, person in zip(bays, people, strict=False):
                yield {"bay_id": bay, "staff_id": None, **stretch}
                yield {"bay_id": None, "staff_id": person, **stretch}


def _free(ws: Workspace) -> None:
    with reading(ws) as work:
        free = capacity(work, work.local(work.now).date(), DAYS)
        free.free_times(free.legs(_NEEDS))


def _query(ws: Workspace) -> None:
    start = instant(ws.clock().date(), 0, ZoneInfo("UTC")).replace(tzinfo=None)
    window = {"start": str(start), "end": str(start + timedelta(days=DAYS))}
    with ws.engine.connect() as connection:
        connection.execute(_BARE, window).all()


def _median(act: Callable[[], None], times: int = 60) -> float:
    """Seconds; the first call warms the caches and does not count."""
    act()
    found = []
    for _ in range(times):
        begun = perf_counter()
        act()
        found.append(perf_counter() - begun)
    return statistics.median(found)


def _figure(name: str, value: float, unit: str, limit: float | None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": unit, "limit": limit, "ok": limit is None or value <= limit}
