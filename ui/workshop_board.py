"""The workshop's screen. It redraws when something happened anywhere in the garage, and when time itself changed it."""

import streamlit as st

from ui.clock_questions import clock_questions
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.workshop_views import VIEWS
from web.live_feed import board as feed


@st.fragment
def live_board(view: str, typed: str) -> None:
    """The cars, in the view chosen, that fit what was typed."""
    seen = feed.version
    clock_questions()
    order_task_rows("workshop")
    again = VIEWS[view].draw(typed)
    live("workshop_feed", seen=seen, again=again)
