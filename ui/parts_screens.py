"""The parts of the store's screen, one tap from each other; the address keeps which one (`?view=buy`)."""

from collections.abc import Callable

import streamlit as st

from services.i18n import N_
from ui.old_part_store import old_part_store
from ui.parts_buy import buying
from ui.parts_catalogue import catalogue
from ui.parts_count import counting
from ui.parts_counter import counter
from ui.parts_suppliers import supplier_list
from ui.price_list import price_list
from ui.text import t

SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "counter": (N_("Counter"), counter),
    "catalogue": (N_("Catalogue"), catalogue),
    "buy": (N_("To buy"), buying),
    "suppliers": (N_("Suppliers"), supplier_list),
    "count": (N_("Count"), counting),
    "old_parts": (N_("Old parts"), old_part_store),
}
HIDDEN = {"list": price_list}  # reached from where it is needed, with its own way back


def screen() -> str:
    """The part asked for by the address, else the first."""
    asked = st.query_params.get("view", "")
    return asked if asked in SCREENS or asked in HIDDEN else next(iter(SCREENS))


def screen_choice() -> None:
    """The parts as a choice; none while something is done that has its own way back."""
    if screen() in HIDDEN:
        return
    st.segmented_control(
        t("View"), list(SCREENS), default=screen(), key="parts_screen", required=True, on_change=_chosen,
        format_func=lambda name: t(SCREENS[name][0]), label_visibility="collapsed",
    )  # fmt: skip


def _chosen() -> None:
    st.query_params["view"] = st.session_state["parts_screen"]


def draw() -> None:
    """Draw the part chosen."""
    name = screen()
    (HIDDEN[name] if name in HIDDEN else SCREENS[name][1])()
