"""Redraws a fragment when the server says that something happened, and at no other time."""

import streamlit as st

from ui.component import source

_HTML = """<span hidden></span>
"""
_mount = st.components.v2.component("service_lane_live_feed", html=_HTML, js=source("live_feed.js"))


def live(key: str, *, seen: str = "", address: str = "/events/board") -> None:
    """Put in an `st.fragment`: the fragment runs again whenever a version other than `seen` is sent, once for each.

    `seen` is the feed's version read before the rows on screen were read (web.live_feed.board.version). Without it the
    first version a browser hears counts as seen. A lost connection comes back by itself and catches up.
    """
    _mount(key=key, data={"seen": seen, "address": address}, on_version_change=_redraw)


def _redraw() -> None:
    """Streamlit runs the fragment because the component reported; there is nothing else to do."""
