"""Redraws a fragment when the server says that something happened, and at no other time."""

import streamlit as st

from ui.component import source

_HTML = """<span hidden></span>
"""
_mount = st.components.v2.component("service_lane_live_feed", html=_HTML, js=source("live_feed.js"))


def live(key: str, *, seen: str, address: str = "/events/board") -> None:
    """Last in an `st.fragment`: the fragment runs again when an event comes that it has not drawn, once for each.

    `seen` is `web.live_feed.board.version`, read before the rows are: what comes in between then leads to one drawing
    more, never one less. Last, because being told of `seen` is how the browser knows that all was drawn; what another
    tap broke off is asked for again. A lost connection comes back by itself and catches up.
    """
    _mount(key=key, data={"seen": seen, "address": address}, on_version_change=_redraw)


def _redraw() -> None:
    """Streamlit runs the fragment because the component reported; there is nothing else to do."""
