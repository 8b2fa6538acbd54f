"""The lamps of the dashboard to tap: which stay on, or that none does."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from db.enums_reception import WarningLight
from services.i18n import N_
from ui.component import first_time, source
from ui.lamp_shapes import SHAPES
from ui.text import plain

_HTML = """<div class="lamps"><div class="label"></div><div class="grid" role="group"></div></div>"""
_mount = st.components.v2.component("service_lane_lamps", html=_HTML, css=source("lamps.css"), js=source("lamps.js"))
Lit = dict[WarningLight, bool]


def lamps(key: str, *, lit: Collection[WarningLight] | None, on_tap: Callable[[Lit], object]) -> None:
    """Show every lamp as pictogram and word; `lit` None while nobody has looked.

    `on_tap` gets what changes: the lamp tapped, all that were on when "None on" is tapped (nothing when none was).
    """

    def report() -> None:
        tapped = first_time(key, st.session_state[key].get("tapped"))
        change = read_lamp(tapped, lit or ()) if tapped else None
        if change is not None:
            on_tap(change)

    _mount(key=key, data=_data(lit), on_tapped_change=report)


def read_lamp(value: Mapping[str, Any], lit: Collection[WarningLight]) -> Lit | None:
    """What a browser's `{"lamp", "on"}` or `{"none": true}` changes; None when there is no such lamp."""
    if value.get("none") is True:
        return dict.fromkeys(lit, False)
    found = next((one for one in WarningLight if one.value == value.get("lamp")), None)
    return {found: value["on"]} if found and isinstance(value.get("on"), bool) else None


def _data(lit: Collection[WarningLight] | None) -> dict[str, object]:
    return {
        "label": plain(N_("Warning lights")),
        "none": {"word": plain(N_("None on")), "on": lit is not None and not lit},
        "lamps": [
            {
                "lamp": one.value,
                "word": plain(one.label),
                "color": one.color,
                "shapes": SHAPES[one],
                "on": one in (lit or ()),
            }
            for one in WarningLight
        ],
    }
