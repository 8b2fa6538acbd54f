"""Free times of a week, and the offers made of them: what they cost beside the bare indexed query over that week, and whether
history slows them. Offers are measured as the demo garage works: a share kept for walk-ins, limits a day, holidays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, text

from benchmarks.figures import Figure, Timed, clocked, take_turns
from benchmarks.garages import MOMENT, Garage
from db.enums import BayKind, Skill
from services.capacity import capacity
from services.day_limits import day_limits
from services.free_time import Need
from services.offers import offers
from services.work import reading

DAYS = 7
RATIO, FLAT = 28.0, 1.15
_NEEDS = (Need(BayKind.LIFT, Skill.SERVICE, 60),)
_BARE = text(
    "SELECT bay_id, staff_id, starts_at, ends_at FROM reservation WHERE starts_at >= :start AND starts_at < :end"
)


def measure(month: Garage, decade: Garage, rounds: int = 60) -> Iterator[Figure]:
    """The free times of seven days: milliseconds, beside the bare query over them, and at ten years beside the first months."""
    with month.workspace().engine.connect() as connection:
        sides = [_free(month), _free(decade), _offers(month), _offers(decade), _query(connection)]
        young, old, few, many, bare = take_turns(sides, rounds)
    with reading(month.workspace()) as work:
        free = capacity(work, MOMENT.date(), DAYS)
    yield Figure("free_times_bays", len(free.bays), "bays")
    yield Figure("free_times_people", len(free.people), "people")
    yield Figure("free_times_week", young, "ms")
    yield Figure("free_times_bare_query", bare, "ms")
    yield Figure("free_times_to_bare_query", young / bare, "ratio", RATIO)
    yield Figure("free_times_ten_years", old / young, "ratio", FLAT)
    yield Figure("offers_week", few, "ms")
    yield Figure("offers_to_bare_query", few / bare, "ratio", RATIO)
    yield Figure("offers_ten_years", many / few, "ratio", FLAT)


def _free(garage: Garage) -> Timed:
    ws = garage.workspace()

    def act() -> None:
        with reading(ws) as work:
            free = capacity(work, work.local(work.now).date(), DAYS)
            if not free.free_times(free.legs(_NEEDS)):
                raise RuntimeError("the garage has no free time in a week")

    return clocked(act)


def _offers(garage: Garage) -> Timed:
    ws = garage.workspace()
    with reading(ws) as work:
        limited = next(iter(day_limits(work)), "")
    needs = [replace(need, group=limited) for need in _NEEDS]

    def act() -> None:
        with reading(ws) as work:
            if len(offers(work, needs, work.now + timedelta(days=1))) < 2:
                raise RuntimeError("the garage has no two times to offer in a week")

    return clocked(act)


def _query(connection: Connection) -> Timed:
    days = {"start": str(MOMENT.date()), "end": str(MOMENT.date() + timedelta(days=DAYS))}
    return clocked(lambda: connection.execute(_BARE, days).all())
