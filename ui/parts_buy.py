"""To buy: what is missing, what is to be ordered from whom, what is on its way."""

import streamlit as st

from services.purchase_moves import OPEN
from services.purchases import purchase_list
from ui.act import notices
from ui.here import look
from ui.live_feed import live
from ui.to_buy import to_buy
from web.live_feed import board as feed

PLACE = "parts_buy"


@st.fragment
def buying() -> None:
    """The whole plan; drawn again when something happened anywhere in the garage."""
    if "order" in st.query_params:
        st.rerun()  # a record was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        lines = purchase_list(work, tuple(OPEN))
    notices(PLACE)
    to_buy(PLACE, lines)
    live("parts_buy_feed", seen=seen)
