"""Redraws a fragment when the server says that something happened, and at no other time."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ui.component import source
from web.live_feed import board

_HTML = """<span hidden></span>
"""
_mount = st.components.v2.component("service_lane_live_feed", html=_HTML, js=source("live_feed.js"))


@contextmanager
def live(key: str, *, address: str = "/events/board") -> Iterator[None]:
    """Around what an `st.fragment` reads and draws: it runs again when an event came after it began, once for each.

        @st.fragment
        def workshop_board() -> None:
            with live("workshop_feed"):
                draw(cars())

    A lost connection comes back by itself and catches up; so does a drawing that another tap broke off.
    """
    seen = board.version  # before the rows are read: what comes in between leads to one drawing more, never one less
    yield
    _mount(key=key, data={"seen": seen, "address": address}, on_version_change=_redraw)


def _redraw() -> None:
    """Streamlit runs the fragment because the component reported; there is nothing else to do."""
