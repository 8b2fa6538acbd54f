"""The car as a picture for paper and the web: seen from five sides, with the damage on it, numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

from db.enums_reception import BodyType
from db.models import DamageMark
from services.car_drawing import Drawing
from services.car_shapes import BODIES, KIND_SIGNS, PLACES, VIEW_NAMES, Kind, View
from services.i18n import translate

WIDTH, HEIGHT = 920, 432  # where PLACES puts the views
WHOLE = 1000  # a place on the outline, in thousandths of its width and height
# Role: fill, width and opacity of its line. The same roles have their colours for the screen in ui/frontend/car_outline.css.
_INK = "#33424C"
_STYLES = {
    "body": ("#F4F6F8", 1.6, 1.0),
    "glass": ("#D3DBE1", 1.2, 1.0),
    "wheel": ("#6A7780", 1.6, 1.0),
    "hub": ("#F4F6F8", 1.1, 1.0),
    "line": ("none", 1.0, 0.62),
    "handle": ("#FFFFFF", 1.1, 1.0),
    "mirror": ("#FFFFFF", 1.1, 1.0),
    "plate": ("#FFFFFF", 1.1, 1.0),
    "lamp": ("#FFE9A8", 1.1, 1.0),
    "tail": ("#F0A3A6", 1.1, 1.0),
}


@dataclass(frozen=True)
class Spot:
    """A mark with the number it has on the sheet; `known` when it was there at an earlier visit."""

    number: int
    mark: DamageMark
    known: bool


def spots(new: Sequence[DamageMark], known: Sequence[DamageMark]) -> list[Spot]:
    """The marks numbered: this visit's first, then those known before."""
    both = [(mark, False) for mark in new] + [(mark, True) for mark in known]
    return [Spot(number, mark, before) for number, (mark, before) in enumerate(both, 1)]


def car_svg(body: BodyType, marked: Sequence[Spot], language: str) -> str:
    """The picture as SVG, in dark ink for a white ground."""
    views = BODIES[body.value]
    drawn = [_view(view, views[view], translate(language, VIEW_NAMES[view])) for view in PLACES]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Noto Sans CJK SC, sans-serif">'
        f"{''.join(drawn)}{''.join(_spot(one, views) for one in marked)}</svg>"
    )


def tone(kind: str) -> str:
    """The colour of a kind of damage on white ground."""
    return KIND_SIGNS[cast(Kind, kind)][1]


def _view(view: View, drawing: Drawing, name: str) -> str:
    x, y = PLACES[view]
    mirrored = f" translate({drawing.width},0) scale(-1,1)" if view == "right" else ""
    paths = "".join(_path(role, d) for role, d in drawing.paths)
    return (
        f'<g transform="translate({x},{y}){mirrored}">{paths}</g>'
        f'<text x="{x + drawing.width / 2:g}" y="{y - 10}" font-size="15" fill="#5B6B75" text-anchor="middle">{escape(name)}</text>'
    )


def _path(role: str, d: str) -> str:
    fill, width, opacity = _STYLES.get(role, _STYLES["line"])
    return (
        f'<path d="{d}" fill="{fill}" stroke="{_INK}" stroke-width="{width}" stroke-opacity="{opacity}" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )


def _spot(spot: Spot, views: Mapping[str, Drawing]) -> str:
    mark = spot.mark
    x, y = PLACES[cast(View, mark.view)]
    drawing, ink = views[mark.view], tone(mark.kind.value)
    at = f"translate({x + mark.x / WHOLE * drawing.width:.1f},{y + mark.y / WHOLE * drawing.height:.1f})"
    fill, line, words = ("#FFFFFF", f'stroke="{ink}" stroke-dasharray="4 3"', ink) if spot.known else (
        ink, 'stroke="#FFFFFF"', "#FFFFFF")  # fmt: skip
    return (
        f'<g transform="{at}"><circle r="15" fill="{fill}" stroke-width="2" {line}/>'
        f'<text y="6" font-size="17" font-weight="700" fill="{words}" text-anchor="middle">{spot.number}</text></g>'
    )
