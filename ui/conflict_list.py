"""Bookings that no longer fit, each one tap from its record. Shown wherever something was changed that can cause them."""

import streamlit as st

from services.conflicts import Conflict, conflicts
from ui.here import here, look, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def conflict_list() -> None:
    """Draw them; nothing when all bookings fit."""
    with look() as work:
        found = conflicts(work)
    if not found:
        return
    with st.container(border=True, key="conflicts"):
        count = len({one.appointment_id for one in found})
        words = t("1 booking no longer fits") if count == 1 else t("{count} bookings no longer fit", count=count)
        st.markdown(Safe(f"**:material/event_busy: {words}**"))
        for number, one in enumerate(found):
            _row(one, f"conflict_{one.appointment_id}_{number}")


def _row(one: Conflict, key: str) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(
        joined(badge("red", "warning", t(one.why, **one.details)), moment(one.starts_at, here().clock(), zone()), md(one.plate),
               md(one.customer)),
        width="stretch",
    )  # fmt: skip
    if row.button(t("Open"), key=key, icon=":material/arrow_forward:"):
        st.switch_page("../pages/booking.py", query_params={"appointment": str(one.appointment_id)})
