"""Settings: what reception works by. Each part is one tap from the others."""

from collections.abc import Callable

import streamlit as st

from services.i18n import N_
from ui.settings_checks import checklists
from ui.settings_discounts import discounts
from ui.settings_warranty import terms
from ui.text import t

PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "checklists": (N_("Checklists"), checklists),
    "warranty": (N_("Warranty terms"), terms),
    "discounts": (N_("Discounts"), discounts),
}


def reception() -> None:
    """The part chosen, drawn below the choice."""
    part = st.segmented_control(t("Reception"), list(PARTS), default=next(iter(PARTS)), key="reception_part", required=True,
                                format_func=lambda name: t(PARTS[name][0]), label_visibility="collapsed")  # fmt: skip
    PARTS[part][1]()
