"""A page that nobody touches leaves too when its session ends."""

import streamlit as st

from ui.here import look
from ui.live_feed import live


@st.fragment
def watch_session() -> None:
    """Runs again only when the server says that the session is over; then `look` sends the tablet to the sign-in page."""
    with look():
        pass
    live("session_feed", seen="here", address="/events/session")
