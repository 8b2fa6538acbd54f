"""A car seen from five sides, to tap where it is damaged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

import streamlit as st

from db.enums import DamageKind
from services.car_shapes import BODIES, KIND_SIGNS, PLACES, VIEW_NAMES, Kind, View
from ui.component import first_time, source

_HTML = """<div class="car"><svg viewBox="0 0 920 432" role="group" xmlns="http://www.w3.org/2000/svg"></svg>
<div class="key" aria-hidden="true"></div></div>"""
_mount = st.components.v2.component(
    "service_lane_car_outline", html=_HTML, css=source("car_outline.css"), js=source("car_outline.js")
)


@dataclass(frozen=True)
class Mark:
    """Damage at `x`, `y` (0 to 1 from the upper left of its view); `known` when it was there at an earlier visit, `gone` when
    this one did not find it any more."""

    id: str
    view: View
    x: float
    y: float
    kind: Kind
    known: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Tap:
    """A place on the car that was tapped: `x`, `y` from 0 to 1 from the upper left of the view."""

    view: View
    x: float
    y: float


def car_names(t: Callable[[str], str]) -> dict[str, str]:
    """The words of the picture, views and kinds of damage, each said by `t`."""
    return {view: t(VIEW_NAMES[view]) for view in VIEW_NAMES} | {kind.value: t(kind.label) for kind in DamageKind}


def car_outline(
    key: str,
    *,
    marks: Sequence[Mark],
    label: str,
    names: Mapping[str, str],
    on_tap: Callable[[Tap], None] | None = None,
    on_select: Callable[[str], None] | None = None,
    selected: str | None = None,
    body: str = "saloon",
) -> Tap | None:
    """Draw the car with its marks; give the tapped place in the one run after the tap, None in every other.

    `on_tap` and `on_select` (with the mark's id) run before the script, where Streamlit runs callbacks. `names` comes
    from `car_names`. The mark whose id is `selected` is ringed. An unknown `body` is drawn as a saloon.
    """

    def report() -> None:
        act = first_time(key, st.session_state[key].get("act"))
        tap = read_tap(act) if act else None
        if act and on_select and any(mark.id == act.get("selected") for mark in marks):
            on_select(act["selected"])
        if tap and on_tap:
            on_tap(tap)
        st.session_state[f"{key}:tap"] = tap

    _mount(key=key, data=_data(marks, label, names, selected, body), on_act_change=report)
    fresh: Tap | None = st.session_state.pop(f"{key}:tap", None)
    return fresh


def read_tap(value: Mapping[str, Any]) -> Tap | None:
    """The place a browser sent as `{"view", "x", "y"}`; None when there is no such place on the car."""
    view: View | None = next((one for one in get_args(View) if one == value.get("view")), None)
    x, y = value.get("x"), value.get("y")
    if view is None or not (isinstance(x, int | float) and isinstance(y, int | float) and 0 <= x <= 1 and 0 <= y <= 1):
        return None
    return Tap(view, round(float(x), 4), round(float(y), 4))


def _data(
    marks: Sequence[Mark], label: str, names: Mapping[str, str], selected: str | None, body: str
) -> dict[str, object]:
    drawings = BODIES.get(body, BODIES["saloon"])
    return {
        "label": label,
        "views": [{"view": view, "at": at, **asdict(drawings[view])} for view, at in PLACES.items()],
        "marks": [asdict(mark) for mark in marks],
        "names": dict(names),
        "signs": KIND_SIGNS,
        "selected": selected,
    }
