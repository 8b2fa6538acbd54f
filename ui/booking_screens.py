"""The parts of the booking desk, one tap from each other; the address keeps which one (`?view=todo`)."""

from collections.abc import Callable

import streamlit as st

from services import permissions as may
from services.i18n import N_
from ui.booking_board import board
from ui.booking_strip import chosen_day, day_controls
from ui.here import person
from ui.outreach_list import call_lists
from ui.text import t
from ui.todo import todo
from ui.tomorrow import tomorrow


def _calendar() -> None:
    day = chosen_day()
    day_controls(st.container(horizontal=True, vertical_alignment="center", gap="small"))
    board(day)


SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "calendar": (N_("Calendar"), _calendar),
    "todo": (N_("To do"), todo),
    "tomorrow": (N_("Tomorrow"), tomorrow),
    "call": (N_("To call"), call_lists),
}


def screen() -> str:
    """The part asked for by the address; when it names none the calendar, for the store what it has to do."""
    asked = st.query_params.get("view", "")
    first = "calendar" if person().has(*may.BOOKS) or not person().has(*may.ISSUES_PARTS) else "todo"
    return asked if asked in SCREENS else first


def screen_choice() -> None:
    """The parts as a choice, without it when there is one only."""
    if len(SCREENS) > 1:
        st.segmented_control(
            t("Part of the desk"), list(SCREENS), default=screen(), key="booking_screen", required=True,
            format_func=lambda name: t(SCREENS[name][0]), label_visibility="collapsed", on_change=_chosen,
        )  # fmt: skip


def _chosen() -> None:
    st.query_params["view"] = st.session_state["booking_screen"]


def draw() -> None:
    """Draw the part chosen."""
    SCREENS[screen()][1]()
