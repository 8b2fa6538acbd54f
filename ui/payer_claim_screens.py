"""The parts of the claims' screen, one tap from each other; the address keeps which one (`?view=old_parts`)."""

from collections.abc import Callable

import streamlit as st

from services.i18n import N_
from ui.old_part_store import old_part_store
from ui.payer_claim_figures import figures
from ui.payer_claim_list import claim_list
from ui.text import t

SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "list": (N_("Claims"), claim_list),
    "old_parts": (N_("Old parts"), old_part_store),
    "figures": (N_("Figures"), figures),
}


def screen() -> str:
    """The part asked for by the address, else the first."""
    asked = st.query_params.get("view", "")
    return asked if asked in SCREENS else next(iter(SCREENS))


def screen_choice() -> None:
    """The parts as a choice."""
    st.segmented_control(
        t("View"), list(SCREENS), default=screen(), key="claims_screen", required=True, on_change=_chosen,
        format_func=lambda name: t(SCREENS[name][0]), label_visibility="collapsed",
    )  # fmt: skip


def draw() -> None:
    """Draw the part chosen."""
    SCREENS[screen()][1]()


def _chosen() -> None:
    st.query_params["view"] = st.session_state["claims_screen"]
