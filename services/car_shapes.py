"""Line drawings of cars, as data: per body five views, each a size and a list of (role, SVG path), drawn in this order.

Sides are drawn with the front to the left; the right side is the mirror of the left one. Roles are styled in
ui/frontend/car_outline.css: wheel, hub, body, glass, lamp, tail, plate, line.
"""

from typing import Literal

from services.car_drawing import Drawing
from services.car_pickup import PICKUP
from services.car_saloon import SALOON
from services.car_suv import SUV
from services.car_van import VAN
from services.i18n import N_

View = Literal["left", "right", "top", "front", "rear"]
Kind = Literal["scratch", "dent", "crack", "paint", "rust", "missing"]

VIEW_NAMES: dict[View, str] = {
    "left": N_("Left side"),
    "right": N_("Right side"),
    "top": N_("Top"),
    "front": N_("Front"),
    "rear": N_("Rear"),
}
# Kind: its sign and its colours on light and on dark ground; the sign alone tells them apart.
KIND_SIGNS: dict[Kind, tuple[str, str, str]] = {
    "scratch": ("S", "#1F5FBF", "#7FB2FF"),
    "dent": ("D", "#B35300", "#FFB066"),
    "crack": ("C", "#B3261E", "#FF8A80"),
    "paint": ("P", "#7A3FB0", "#CFA0FF"),
    "rust": ("R", "#7A4A1E", "#D9A877"),
    "missing": ("M", "#37474F", "#B8C7CF"),
}
# Where each view stands in the picture of 920 × 432.
PLACES: dict[View, tuple[int, int]] = {
    "left": (10, 34),
    "right": (470, 34),
    "front": (12, 258),
    "top": (240, 234),
    "rear": (718, 258),
}


BODIES: dict[str, dict[str, Drawing]] = {"saloon": SALOON, "suv": SUV, "van": VAN, "pickup": PICKUP}
"""Drawings by body (db/enums_reception.py, BodyType) and view."""
