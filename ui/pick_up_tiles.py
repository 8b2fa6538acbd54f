"""When the car is picked up: the times to offer first, then every half-hour of a day with how busy it is. One tap chooses."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from services.pick_up_times import PickUpTime, proposed
from ui.here import here, zone
from ui.text import Safe, badge, joined, t
from ui.when import clock, day, moment

AT_ONCE = "at_once"  # the customer stands here
Chosen = datetime | str | None


def pick_up_tiles(name: str, times: Sequence[PickUpTime], *, large: bool, at_once: bool) -> None:
    """The tiles under this `name`; read what was tapped with `time_chosen`. `at_once` offers now as well."""
    now, chosen = here().clock(), time_chosen(name)
    st.caption(t("Quiet hours first: large repair") if large else t("Offer first"))
    row = st.container(horizontal=True, gap="small", key=f"first_{name}")
    if at_once:
        _tile(row, name, AT_ONCE, t("At once"), f"now_{name}")
    for number, one in enumerate(proposed(times, large=large)):
        _tile(row, name, one.at, joined(moment(one.at, now, zone()), _marks(one), by=" "), f"first_{name}_{number}")
    _day(name, times)
    found = next((one for one in times if one.at == chosen), None)
    if found:
        st.markdown(_said(found))


def time_chosen(name: str) -> Chosen:
    """What was tapped: an instant, AT_ONCE, or nothing yet."""
    chosen: Chosen = st.session_state.get(f"pick_up:{name}")
    return chosen


def forget_time(name: str) -> None:
    """Nothing is chosen any more."""
    st.session_state.pop(f"pick_up:{name}", None)


def _day(name: str, times: Sequence[PickUpTime]) -> None:
    """Another day, and its half-hours."""
    today, days = _local(here().clock()), list(dict.fromkeys(_local(one.at) for one in times))
    if not days:
        st.caption(t("The garage is closed all week."))
        return
    chosen = time_chosen(name)
    at = _local(chosen) if isinstance(chosen, datetime) and _local(chosen) in days else days[0]
    shown = st.segmented_control(t("Another time"), days, default=at, format_func=lambda one: day(one, today), required=True,
                                 key=f"pick_up_day_{name}")  # fmt: skip
    grid = st.grid(9, min_column_width=104, gap="xsmall")
    for one in (one for one in times if _local(one.at) == shown):
        _tile(grid, name, one.at, joined(clock(one.at, zone()), _marks(one), by=" "), f"time_{name}_{one.at:%d%H%M}")


def _tile(place: DeltaGenerator, name: str, value: Chosen, words: Safe, key: str) -> None:
    place.button(
        words, key=key, type="primary" if time_chosen(name) == value else "secondary", width="stretch",
        on_click=_choose, args=(name, value),
    )  # fmt: skip


def _marks(one: PickUpTime) -> Safe:
    """How many cars go and come then, in small; a busy hour, or nobody to hand over."""
    cars = one.pick_ups + one.arrivals
    return joined(
        Safe(f":material/directions_car: {cars:d}") if cars else None,
        Safe(":material/groups:") if one.busy else None,
        Safe(":material/person_off:") if not one.free else None,
        by=" ",
    )


def _said(one: PickUpTime) -> Safe:
    """The chosen half-hour in words."""
    who = t("free to hand over: {names}", names=", ".join(one.free)) if one.free else None
    return joined(
        badge("green", "event_available", moment(one.at, here().clock(), zone())),
        badge("orange", "groups", t("busy hour")) if one.busy else None,
        badge("gray", "logout", t("picked up: {n}", n=one.pick_ups)) if one.pick_ups else None,
        badge("gray", "login", t("arriving: {n}", n=one.arrivals)) if one.arrivals else None,
        badge("green", "person", who) if who else badge("red", "person_off", t("nobody is free to hand over")),
        by=" ",
    )


def _choose(name: str, value: Chosen) -> None:
    """A second tap takes it back."""
    st.session_state[f"pick_up:{name}"] = None if time_chosen(name) == value else value
    if isinstance(value, datetime):
        st.session_state[f"pick_up_day_{name}"] = _local(value)


def _local(at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone())).date()
