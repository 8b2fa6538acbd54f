"""A day as rows of bars over its hours: a bar opens the car. Drawn by a component of our own, because no element of Streamlit puts
things to tap at a place in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ui.component import first_time, source

_HTML = """<div class="day" role="table"></div>"""
_mount = st.components.v2.component(
    "service_lane_day", html=_HTML, css=source("day_bars.css"), js=source("day_bars.js")
)


@dataclass(frozen=True)
class DayBar:
    """A bar from `start` to `end`, going on to `until` when that is later; all times in minutes since the first hour shown.
    `lines` are plain text, the first the largest; `open` is what a tap reports, "" for nothing."""

    start: int
    end: int
    until: int
    color: str
    lines: Sequence[str]
    open: str


@dataclass(frozen=True)
class DayRow:
    """A row with its name, its bars, and the stretches (from, to) in which something really ran."""

    name: str
    bars: Sequence[DayBar]
    ran: Sequence[tuple[int, int]]


def day_bars(
    key: str, *, hours: Sequence[str], rows: Sequence[DayRow], now: int, on_open: Callable[[str], None]
) -> None:
    """Show the rows under `hours` as words; `now` in minutes since the first. `on_open` gets what the tapped bar stands for."""

    def report() -> None:
        tapped = first_time(key, st.session_state[key].get("tapped"))
        if tapped and tapped.get("open") in {bar.open for row in rows for bar in row.bars if bar.open}:
            on_open(tapped["open"])

    _mount(key=key, data={"hours": hours, "now": now, "rows": [_row(row) for row in rows]}, on_tapped_change=report)


def _row(row: DayRow) -> dict[str, object]:
    return {"name": row.name, "bars": [vars(bar) for bar in row.bars], "ran": row.ran}
