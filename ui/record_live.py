"""Draws a car's record anew when somebody else did something to this car: an answer of the customer shows at once."""

import streamlit as st

from db.models import WorkOrder
from services.work import Work, last_event
from ui.here import look
from ui.live_feed import live
from web.live_feed import board as feed


def newest_act(work: Work, order_id: int) -> int:
    """The id of the newest event of a car, 0 without any."""
    event = last_event(work, work.get(WorkOrder, order_id))
    return event.id if event else 0


@st.fragment
def follow(order_id: int, drawn: int) -> None:
    """`drawn`: the newest event the record shows. What was typed and not sent stays in its field."""
    seen = feed.version
    with look() as work:
        newest = newest_act(work, order_id)
    if newest != drawn:
        st.rerun()
    live(f"record_feed_{order_id}", seen=seen)
