"""Settings: the hours at which most customers come and go."""

import streamlit as st

from services.busy_hours import set_busy_hours
from ui.act import act, notices
from ui.here import look
from ui.text import t


def busy_hours() -> None:
    """One line, kept when it is left. Large and accident repairs are handed over outside of them."""
    with look() as work:
        kept = work.garage.busy_hours
    with st.container(border=True, gap="xsmall"):
        st.text_input(
            t("Busy hours"),
            kept,
            key="busy_hours",
            max_chars=100,
            icon=":material/groups:",
            placeholder="08:00-09:30, 16:30-18:00",
            help=t("Large and accident repairs are offered other pick-up times first."),
            on_change=_keep,
        )
        notices("busy_hours")


def _keep() -> None:
    typed = str(st.session_state["busy_hours"])
    act(lambda work: set_busy_hours(work, typed=typed), at="busy_hours", done=t("Saved"))
