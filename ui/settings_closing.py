"""Settings: days on which the garage is closed."""

from datetime import date

import streamlit as st

from services.opening import close_on, closing_days, open_again_on
from ui.act import act, notices
from ui.here import look
from ui.text import joined, md, t
from ui.when import day as day_words


@st.fragment
def closing() -> None:
    """The closing days ahead, and a new one."""
    with look() as work:
        rows, today = closing_days(work), work.local(work.now).date()
    with st.container(border=True):
        for row in rows:
            line = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
            line.markdown(joined(day_words(row.day, today), md(row.reason)), width="content")
            line.button(t("Open again"), key=f"open_again_{row.day}", on_click=_open_again, args=(row.day,))
        if not rows:
            st.caption(t("No closing days ahead. Add holidays here, so that nobody is booked on them."))
    with st.form("settings_closing"):
        st.date_input(t("Closed on"), today, min_value=today, key="closing_day", format="YYYY-MM-DD")
        st.text_input(t("Reason"), key="closing_reason")
        notices("closing")
        st.form_submit_button(t("Add"), on_click=_close, icon=":material/event_busy:", key="closing_add")


def _close() -> None:
    day, reason = st.session_state["closing_day"], st.session_state["closing_reason"]
    if act(lambda work: close_on(work, day=day, reason=reason), done=t("Saved"), at="closing"):
        st.session_state["closing_reason"] = ""


def _open_again(day: date) -> None:
    act(lambda work: open_again_on(work, day=day), done=t("Saved"), at="closing")
