"""Redraws a fragment when the server says that something happened, and at no other time."""

from time import perf_counter

import streamlit as st

from ui.component import source

_HTML = """<span hidden></span>
"""
_mount = st.components.v2.component("service_lane_live_feed", html=_HTML, js=source("live_feed.js"))


def live(key: str, *, seen: str, address: str = "/events/board", again: float | None = None) -> None:
    """Last in an `st.fragment`: the fragment runs again when an event comes that it has not drawn, once for each.

    `seen` is `web.live_feed.board.version`, read before the rows are: what comes in between then leads to one drawing
    more, never one less. Last, because being told of `seen` is how the browser knows that all was drawn; what another
    tap broke off is asked for again. A lost connection comes back by itself and catches up. After `again` seconds it also runs
    without an event: by then what was drawn is no longer true. (`drawn`: the browser hears of a drawing only by other data.)
    """
    _mount(
        key=key,
        data={"seen": seen, "address": address, "again": again, "drawn": perf_counter()},
        on_version_change=_redraw,
    )


def _redraw() -> None:
    """Streamlit runs the fragment because the component reported; there is nothing else to do."""
