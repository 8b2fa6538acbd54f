"""The parts of the money screen, one tap from each other; the address keeps which one (`?view=closings`)."""

from collections.abc import Callable

import streamlit as st

from services.i18n import N_
from ui.balances import balances
from ui.drawer_board import drawer_board
from ui.drawer_closings import closing_list
from ui.money_export import export
from ui.text import t

SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "drawer": (N_("Cash drawer"), drawer_board),
    "balances": (N_("Open balances"), balances),
    "closings": (N_("Closings"), closing_list),
    "export": (N_("For the bookkeeper"), export),
}


def screen() -> str:
    """The part asked for by the address, else the first."""
    asked = st.query_params.get("view", "")
    return asked if asked in SCREENS else next(iter(SCREENS))


def screen_choice() -> None:
    """The parts as a choice."""
    st.segmented_control(
        t("View"), list(SCREENS), default=screen(), key="money_screen", required=True, on_change=_chosen,
        format_func=lambda name: t(SCREENS[name][0]), label_visibility="collapsed",
    )  # fmt: skip


def _chosen() -> None:
    st.query_params["view"] = st.session_state["money_screen"]
    st.query_params.pop("closing", None)


def draw() -> None:
    """Draw the part chosen."""
    SCREENS[screen()][1]()
