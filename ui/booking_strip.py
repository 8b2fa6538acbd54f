"""Which day or month the calendar shows: today, any date, the view, and the week with how full its days are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from services.i18n import N_
from ui.booking_draft import day_format
from ui.calendar_board import CalView
from ui.here import here, zone
from ui.load_look import load_badge
from ui.text import Safe, joined, t
from ui.when import month_name, strip_day

VIEWS: dict[CalView, str] = {
    "bays_day": N_("Bays"),
    "people_day": N_("People"),
    "week": N_("Week"),
    "month": N_("Month"),
}


def chosen_day() -> date:
    """The day shown: today, unless another was chosen. Asked before anything is drawn."""
    if "booking_day" not in st.session_state:
        st.session_state["booking_day"] = here().clock().astimezone(ZoneInfo(zone())).date()
    day: date = st.session_state["booking_day"]
    return day


def chosen_view() -> CalView:
    """By bay, by person, the week or the month."""
    view: CalView = st.session_state.get("booking_view") or "bays_day"
    return view


def show_day(day: date) -> None:
    """Open a day, by bay unless a view of one day is chosen. From a callback."""
    st.session_state["booking_day"] = day
    if chosen_view() in ("week", "month"):
        st.session_state["booking_view"] = "bays_day"


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def day_controls(row: DeltaGenerator) -> None:
    """Today, any date, and the view, in the first row of the screen."""
    row.button(t("Today"), key="go_today", icon=":material/today:", on_click=_today)
    with row.container(width=170):
        st.date_input(t("Day"), key="booking_day", label_visibility="collapsed", format=day_format(),
                      persist_state="session")  # fmt: skip
    st.session_state.setdefault("booking_view", "bays_day")
    with row.container(width="content"):
        st.segmented_control(
            t("View"), list(VIEWS), key="booking_view", format_func=lambda view: t(VIEWS[view]),
            label_visibility="collapsed", required=True, persist_state="session",
        )  # fmt: skip


def week_bar(day: date, days: Sequence[date], load: Mapping[date, float]) -> None:
    """Week back, its days with how full their bays are, week on."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.button(":material/chevron_left:", key="week_back", help=t("Week before"), on_click=_go, args=(-7,))
    with row.container(width="stretch"):
        _days(day, days, load)
    row.button(":material/chevron_right:", key="week_on", help=t("Week after"), on_click=_go, args=(7,))


def month_bar(day: date) -> None:
    """Month back, its name, month on."""
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    row.button(":material/chevron_left:", key="month_back", help=t("Month before"), on_click=_go_month, args=(-1,))
    row.markdown(Safe(f"#### {month_name(day)}"), width="content")
    row.button(":material/chevron_right:", key="month_on", help=t("Month after"), on_click=_go_month, args=(1,))


def _today() -> None:
    st.session_state.pop("booking_day", None)


def _go(days: int) -> None:
    st.session_state["booking_day"] += timedelta(days=days)


def _go_month(months: int) -> None:
    """To the first of the month before or after."""
    first = st.session_state["booking_day"].replace(day=1)
    near = first + timedelta(days=31) if months > 0 else first - timedelta(days=1)
    st.session_state["booking_day"] = near.replace(day=1)


def _days(day: date, days: Sequence[date], load: Mapping[date, float]) -> None:
    """The days of the week with how full their bays are; a tap shows one."""
    labels = {one: joined(strip_day(one), load_badge(load.get(one)), by=" ") for one in days}
    key = f"week_{days[0]}"
    if st.session_state.get(key) != day:
        st.session_state[key] = day
    st.segmented_control(
        t("Day"), days, key=key, on_change=_picked_day, args=(key,), label_visibility="collapsed", width="stretch",
        format_func=lambda one: labels[one], required=True,
    )  # fmt: skip


def _picked_day(key: str) -> None:
    if st.session_state[key]:
        st.session_state["booking_day"] = st.session_state[key]
