"""Settings: how much each role may give away. The manager always may."""

import streamlit as st

from db.enums import Role
from services.discount_limits import limits, set_limits
from ui.act import act, notices
from ui.here import look
from ui.text import t

GIVERS = (Role.ADVISOR, Role.SUPERVISOR, Role.CASHIER, Role.PARTS_CLERK)


@st.fragment
def discounts() -> None:
    """Per cent of a line, by role; written at once."""
    with look() as work:
        kept = limits(work)
    notices("discounts")
    for role in GIVERS:
        st.number_input(t("{role}: discount on a line, at most (%)", role=role.label), 0, 100, kept.get(role, 0), step=5,
                        key=f"discount_{role.value}", on_change=_keep, args=(role,), width=320)  # fmt: skip


def _keep(role: Role) -> None:
    percent = st.session_state[f"discount_{role.value}"]
    act(lambda work: set_limits(work, {role: percent or 0}), at="discounts", done=t("Saved"))
