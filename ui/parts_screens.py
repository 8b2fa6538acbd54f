"""The parts of the store's screen, one tap from each other; the address keeps which one (`?view=buy`)."""

from collections.abc import Callable

import streamlit as st

from services.i18n import N_
from ui.parts_buy import buying
from ui.parts_count import counting
from ui.parts_counter import counter
from ui.text import t

SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "counter": (N_("Counter"), counter),
    "buy": (N_("To buy"), buying),
    "count": (N_("Count"), counting),
}


def screen() -> str:
    """The part asked for by the address, else the first."""
    asked = st.query_params.get("view", "")
    return asked if asked in SCREENS else next(iter(SCREENS))


def screen_choice() -> None:
    """The parts as a choice."""
    st.segmented_control(
        t("View"), list(SCREENS), default=screen(), key="parts_screen", required=True, on_change=_chosen,
        format_func=lambda name: t(SCREENS[name][0]), label_visibility="collapsed",
    )  # fmt: skip


def _chosen() -> None:
    st.query_params["view"] = st.session_state["parts_screen"]


def draw() -> None:
    """Draw the part chosen."""
    SCREENS[screen()][1]()
