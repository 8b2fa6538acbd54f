"""Settings: what the workshop works by. Each part is one tap from the others."""

from collections.abc import Callable

import streamlit as st

from services.garage import change_clocks
from services.i18n import N_
from ui.act import act, notices
from ui.here import look
from ui.settings_check_lists import check_lists
from ui.settings_promises import first_free, work_terms
from ui.text import t

_BESIDE = "workshop_clocks_beside"


@st.fragment
def clocks() -> None:
    """Whether one person may run several clocks at once."""
    with look() as work:
        beside = work.garage.clocks_beside
    notices("workshop_clocks")
    st.toggle(t("One person may run several clocks at once"), beside, key=_BESIDE, on_change=_save)


def _save() -> None:
    beside = bool(st.session_state[_BESIDE])
    act(lambda work: change_clocks(work, beside=beside), done=t("Saved"), at="workshop_clocks")


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "clocks": (N_("Time clock"), clocks),
    "checks": (N_("Checklists"), check_lists),
    "promises": (N_("Warranty on our work"), work_terms),
    "first_free": (N_("First service free"), first_free),
}


def workshop() -> None:
    """The part chosen, drawn below the choice."""
    part = st.segmented_control(t("Workshop"), list(PARTS), default=next(iter(PARTS)), key="workshop_part", required=True,
                                format_func=lambda name: t(PARTS[name][0]), label_visibility="collapsed")  # fmt: skip
    PARTS[part][1]()
