"""A pad to sign on with finger or pen; gives the signature as picture and as timed strokes."""

import base64
import binascii
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from PIL import Image, UnidentifiedImageError

from services.files import LEAST_INK, TooLittleInk
from ui.component import first_time, source
from ui.text import language

MAX_PNG_BYTES = 300_000
MAX_PIXELS = 1700 * 1000
MAX_STROKES = 200
MAX_POINTS = 20_000

Point = tuple[float, float, int]
_MAGIC = b"\x89PNG\r\n\x1a\n"
_PREFIX = "data:image/png;base64,"
_HTML = """<div class="pad empty"><div class="label"></div>
<div class="paper"><canvas role="img"></canvas><div class="line"></div>
<svg class="tick" viewBox="0 0 36 36" aria-hidden="true"><circle cx="18" cy="18" r="17" fill="#1b7f4b"/>
<path d="M10 18.5l6 6 11-12" fill="none" stroke="#fff" stroke-width="3.4"
 stroke-linecap="round" stroke-linejoin="round"/></svg></div>
<div class="little" role="alert"></div>
<div class="bar"><button type="button" class="clear"></button><button type="button" class="accept"></button></div></div>"""
_mount = st.components.v2.component(
    "service_lane_signature", html=_HTML, css=source("signature.css"), js=source("signature.js")
)


@dataclass(frozen=True)
class Signed:
    """An accepted signature: `png` with transparent ground; `strokes` of (x, y, time): pixels, milliseconds."""

    png: bytes
    strokes: list[list[Point]]


def signature(
    key: str, *, label: str, accept: str, clear: str, on_signed: Callable[[Signed], None] | None = None
) -> Signed | None:
    """Show the pad; give the signature in the one run after "accept", None in every other.

    `on_signed` gets it before the script runs, where Streamlit runs callbacks. What the browser sends is checked and
    drawn anew: nothing that is no picture, is too large or has too many points comes through (None). A dot or a dash is not
    sent: the pad says so and keeps what was drawn. Drawn strokes stay when the page reruns. Use a key of its own for each
    record, such as `f"sign-{order_id}"`.
    """

    def report() -> None:
        signed = _take(key, st.session_state[key].get("signed"))
        if signed and on_signed:
            on_signed(signed)
        st.session_state[f"{key}:signed"] = signed

    words = {"label": label, "accept": accept, "clear": clear, "little": TooLittleInk().say(language())}
    _mount(key=key, data={"key": key, "least": LEAST_INK, **words}, on_signed_change=report)
    fresh: Signed | None = st.session_state.pop(f"{key}:signed", None)
    return fresh


def _take(key: str, value: Any) -> Signed | None:
    fresh = first_time(key, value)
    return read_signed(fresh) if fresh else None


def read_signed(value: Mapping[str, Any]) -> Signed | None:
    """The signature a browser sent as `{"png": data address, "strokes": [[[x, y, ms], …], …]}`; None when unfit."""
    png, strokes = _png(value.get("png")), _strokes(value.get("strokes"))
    return Signed(png, strokes) if png and strokes else None


def _png(text: object) -> bytes | None:
    if not isinstance(text, str) or not text.startswith(_PREFIX) or len(text) > MAX_PNG_BYTES * 4 // 3 + 64:
        return None
    try:
        raw = base64.b64decode(text[len(_PREFIX) :], validate=True)
    except binascii.Error:
        return None
    return _drawn_anew(raw) if raw.startswith(_MAGIC) and len(raw) <= MAX_PNG_BYTES else None


def _drawn_anew(raw: bytes) -> bytes | None:
    # Written again from the pixels alone: whatever else was hidden in the file stays behind.
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            clean = Image.new("RGBA", picture.size)
            clean.paste(picture.convert("RGBA"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _strokes(value: object) -> list[list[Point]] | None:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_STROKES or not all(isinstance(s, list) for s in value):
        return None
    if sum(map(len, value)) > MAX_POINTS:
        return None
    try:
        return [[_point(point) for point in stroke] for stroke in value]
    except (TypeError, ValueError, OverflowError):
        return None


def _point(value: Any) -> Point:
    x, y, ms = value
    if not (0 <= float(ms) < 1e12 and abs(float(x)) < 10_000 and abs(float(y)) < 10_000):
        raise ValueError("a point outside any screen")
    return round(float(x), 1), round(float(y), 1), int(ms)
