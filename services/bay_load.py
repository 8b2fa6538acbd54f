"""How full the bays are: by hour of the day and weekday, by day, for a span of days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from services.capacity import Capacity, capacity
from services.indicators import Row, Span
from services.slots import instant
from services.work import Work

K = TypeVar("K")
Cell = tuple[int, int]  # weekday (0 = Monday), hour of the day


@dataclass
class BayLoad:
    """Quarters of an hour taken and open, over all bays. `cells` by weekday and hour, `rows` by day."""

    taken: int = 0
    open: int = 0
    cells: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


def bay_load(work: Work, span: Span) -> BayLoad:
    """What is taken of the bays' open time; days on which the garage is closed are left out. A fixed number of queries."""
    found = capacity(work, span.first, span.days, people=False)
    cells: dict[Cell, tuple[int, int]] = {}
    days: dict[date, tuple[int, int]] = {}
    for day, hour, taken, open_ in _hours(found):
        _add(cells, (day.weekday(), hour), taken, open_)
        _add(days, day, taken, open_)
    rows = tuple(
        Row("day", day.toordinal(), counts=taken > 0, words=(f"{taken / open_:.0%}",), at=instant(day, 0, work.zone),
            minutes=taken * 15)
        for day, (taken, open_) in days.items()
    )  # fmt: skip
    return BayLoad(sum(t for t, _ in days.values()), sum(o for _, o in days.values()), cells, rows)


def _hours(found: Capacity) -> Iterator[tuple[date, int, int, int]]:
    """Day, hour, quarters taken, quarters open, over all bays; hours without an open quarter left out.

    Each day's bits are cut out first: masking a whole year again for every hour would cost a hundred times as much.
    """
    window = found.window
    for number, day in enumerate(window.days):
        first, end = window.first_slots[number], window.first_slots[number + 1]
        whole = (1 << end - first) - 1
        bays = [(bay.open >> first & whole, bay.taken >> first & whole) for bay in found.bays]
        for hour in range(24):
            bits = window.hours(number, hour * 60, hour * 60 + 60) >> first
            open_ = sum((is_open & bits).bit_count() for is_open, _ in bays)
            if open_:
                yield day, hour, sum((is_open & taken & bits).bit_count() for is_open, taken in bays), open_


def _add(counts: dict[K, tuple[int, int]], key: K, taken: int, open_: int) -> None:
    before = counts.get(key, (0, 0))
    counts[key] = before[0] + taken, before[1] + open_
