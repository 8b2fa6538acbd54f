"""Line drawings of cars, as data: per body five views, each a size and a list of (role, SVG path), drawn in this order.

Sides are drawn with the front to the left; the right side is the mirror of the left one. Roles are styled in
ui/frontend/car_outline.css: wheel, hub, body, glass, lamp, tail, plate, line.
"""

from dataclasses import dataclass
from typing import Literal

from services.i18n import N_

Path = tuple[str, str]
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


@dataclass(frozen=True)
class Drawing:
    """One view: width and height of its box, and its paths from the back to the front."""

    width: int
    height: int
    paths: tuple[Path, ...]


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"


def _wheel(x: float, y: float, r: float) -> tuple[Path, ...]:
    return ("wheel", _circle(x, y, r)), ("hub", _circle(x, y, r * 0.62)), ("hub", _circle(x, y, r * 0.16))


_SALOON_SIDE = Drawing(
    440,
    150,
    (
        (
            "body",
            (
                "M26 117C15 115 10 108 11 98C11 88 13 80 20 75C34 67 54 62 78 59C98 56.5 116 55.5 130 55"
                "C150 39 170 25 190 20C218 14.5 260 14.5 284 19C310 25 336 42 355 53C380 54 404 56 419 60"
                "C426 64 429 78 429 92C430 106 428 114 417 116L376 117A38 38 0 0 0 300 117L130 117A38 38 0 0 0 54 117Z"
            ),
        ),
        *_wheel(92, 114, 31),
        *_wheel(338, 114, 31),
        ("glass", "M150 54C164 41 180 29.5 195 26C210 23 226 22 239 22L240 54Z"),
        ("glass", "M249 54L248 22C264 22 276 23 286 26C304 31.5 320 43 332 54Z"),
        ("line", "M141 60C137 74 137 96 144 112L244 112L245 58"),
        ("line", "M244 112L296 112C296 98 304 84 320 76C327 72 334 66 336 58"),
        ("line", "M48 73C130 66 300 64 420 71"),
        ("line", "M150 102C200 99.5 250 99.5 292 102"),
        ("line", "M130 55C122 57 112 60 104 66"),
        ("handle", "M212 72h18a3 3 0 0 1 0 6h-18a3 3 0 0 1 0 -6Z"),
        ("handle", "M292 71h18a3 3 0 0 1 0 6h-18a3 3 0 0 1 0 -6Z"),
        ("mirror", "M146 57C141 51 146 45 155 46C163 47 166 52 164 57Z"),
        ("lamp", "M17 80C26 72 38 69 50 69C47 76 37 82 16 84Z"),
        ("tail", "M427 66C416 66 404 68 400 72C404 79 416 82 429 82C429 76 428 70 427 66Z"),
        ("line", "M11 99C24 101 36 101 52 101"),
        ("line", "M380 102C396 102 414 101 429 98"),
        ("line", "M356 53C366 58 376 60 392 60"),
    ),
)
_SALOON_TOP = Drawing(
    440,
    190,
    (
        ("mirror", "M150 22C146 12 150 4 158 4C165 5 166 14 165 22Z"),
        ("mirror", "M150 168C146 178 150 186 158 186C165 185 166 176 165 168Z"),
        (
            "body",
            (
                "M12 95C12 64 18 42 38 31C58 22 92 19 130 18C200 15 300 16 350 19C388 21 412 28 420 42C428 58 429 78 429 95"
                "C429 112 428 132 420 148C412 162 388 169 350 171C300 174 200 175 130 172C92 171 58 168 38 159C18 148 12 126 12 95Z"
            ),
        ),
        ("glass", "M134 36C122 72 122 118 134 154C150 150 168 145 184 141C176 112 176 78 184 49C168 45 150 40 134 36Z"),
        ("glass", "M352 40C362 74 362 116 352 150C336 146 320 143 306 139C312 110 312 80 306 51C320 47 336 44 352 40Z"),
        ("glass", "M146 30C162 35 176 39 190 42L240 43L240 29C206 28 172 28 146 30Z"),
        ("glass", "M248 29L248 43L302 44C314 41 326 38 338 35C310 30 280 29 248 29Z"),
        ("glass", "M146 160C162 155 176 151 190 148L240 147L240 161C206 162 172 162 146 160Z"),
        ("glass", "M248 161L248 147L302 146C314 149 326 152 338 155C310 160 280 161 248 161Z"),
        ("line", "M126 38C92 42 58 48 34 60M126 152C92 148 58 142 34 130"),
        ("line", "M30 56C22 78 22 112 30 134"),
        ("line", "M362 40C384 44 404 48 416 54M362 150C384 146 404 142 416 136"),
        ("line", "M190 42C240 39 280 40 302 44M190 148C240 151 280 150 302 146"),
        ("lamp", "M20 52C26 42 36 35 50 32C48 42 38 52 22 62Z"),
        ("lamp", "M20 138C26 148 36 155 50 158C48 148 38 138 22 128Z"),
        ("tail", "M402 30C412 34 420 42 424 56C414 54 404 48 396 38Z"),
        ("tail", "M402 160C412 156 420 148 424 134C414 136 404 142 396 152Z"),
    ),
)
_SALOON_ENDS: tuple[Path, ...] = (
    ("wheel", "M24 104h26v36a5 5 0 0 1 -5 5h-16a5 5 0 0 1 -5 -5Z"),
    ("wheel", "M140 104h26v36a5 5 0 0 1 -5 5h-16a5 5 0 0 1 -5 -5Z"),
    ("mirror", "M44 62C34 64 24 62 23 56C23 50 32 48 42 52Z"),
    ("mirror", "M146 62C156 64 166 62 167 56C167 50 158 48 148 52Z"),
    (
        "body",
        (
            "M21 124C18 112 17 94 20 82C23 72 32 65 46 60C52 42 58 28 66 22C82 16 108 16 124 22C132 28 138 42 144 60"
            "C158 65 167 72 170 82C173 94 172 112 169 124C167 129 162 130 154 130L36 130C28 130 23 129 21 124Z"
        ),
    ),
)
_SALOON_FRONT = Drawing(
    190,
    150,
    (
        *_SALOON_ENDS,
        ("glass", "M54 59C59 44 64 33 71 28C86 23.5 104 23.5 119 28C126 33 131 44 136 59C110 64 80 64 54 59Z"),
        ("line", "M46 61C56 67 60 76 62 84M144 61C134 67 130 76 128 84"),
        ("lamp", "M24 82C34 79 46 82 58 88C58 94 54 97 48 97C36 97 26 92 23 88Z"),
        ("lamp", "M166 82C156 79 144 82 132 88C132 94 136 97 142 97C154 97 164 92 167 88Z"),
        ("line", "M64 86L126 86C125 95 121 100 115 101L75 101C69 100 65 95 64 86Z"),
        ("line", "M67 91h56M70 96h50"),
        ("plate", "M72 107h46v13h-46Z"),
        ("line", "M30 112C36 108 48 108 56 112L54 122L34 122Z"),
        ("line", "M160 112C154 108 142 108 134 112L136 122L156 122Z"),
    ),
)
_SALOON_REAR = Drawing(
    190,
    150,
    (
        *_SALOON_ENDS,
        ("glass", "M57 57C61 44 66 34 72 29C87 25 103 25 118 29C124 34 129 44 133 57C108 61 82 61 57 57Z"),
        ("line", "M44 64C50 61 56 60 58 60C82 65 108 65 132 60C134 60 140 61 146 64"),
        ("tail", "M22 80C32 74 46 74 60 78C62 84 62 90 60 94C46 96 32 95 21 92Z"),
        ("tail", "M168 80C158 74 144 74 130 78C128 84 128 90 130 94C144 96 158 95 169 92Z"),
        ("plate", "M72 80h46v13h-46Z"),
        ("line", "M52 64L50 74M138 64L140 74"),
        ("line", "M52 96C54 102 58 104 64 104L126 104C132 104 136 102 138 96"),
        ("line", "M20 108C60 113 130 113 170 108"),
        ("line", "M44 121h22M124 121h22"),
    ),
)

BODIES: dict[str, dict[str, Drawing]] = {
    "saloon": {
        "left": _SALOON_SIDE,
        "right": _SALOON_SIDE,
        "front": _SALOON_FRONT,
        "top": _SALOON_TOP,
        "rear": _SALOON_REAR,
    },
}
"""Drawings by body and view."""
