"""The workshop's screen. It redraws when something happened anywhere in the garage, and when time itself changed it."""

import streamlit as st

from ui.answer_news import answer_rows
from ui.clock_questions import clock_questions
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.outside_words import outside_rows
from ui.workshop_views import choose
from web.live_feed import board as feed


@st.fragment
def live_board() -> None:
    """What is asked of this person, and the cars in the view chosen that fit what was typed."""
    seen = feed.version
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="workshop_row")
    view, typed = choose(row)
    clock_questions()
    answer_rows()
    order_task_rows("workshop", folded=True)
    outside_rows()
    again = view.draw(typed, row)
    live("workshop_feed", seen=seen, again=again)
