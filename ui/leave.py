"""Leaving for a page outside Streamlit."""

from typing import NoReturn

import streamlit as st

_GO = {
    "/sign-in": "<script>location.replace('/sign-in?next='+encodeURIComponent(location.pathname+location.search))</script>",
    "/sign-in?switch=1": "<script>location.assign('/sign-in?switch=1&next='+encodeURIComponent(location.pathname))</script>",
}


def leave(address: str) -> NoReturn:
    """Send the browser to one of the plain pages (`_GO`) and stop the run."""
    st.html(_GO[address], unsafe_allow_javascript=True)
    st.stop()
