"""A signature for the demo's customers, drawn once."""

from functools import cache
from io import BytesIO
from math import sin

from PIL import Image, ImageDraw

from services.consents import Signature

SIZE = (400, 160)


@cache
def signature() -> Signature:
    """A wavy line, as picture and as strokes."""
    points = [(40 + 4 * i, 80 + 35 * sin(i / 5) * (1 - i / 110)) for i in range(80)]
    picture = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(picture).line(points, fill="#111111", width=3)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return Signature(buffer.getvalue(), [[[round(x, 1), round(y, 1), i * 16] for i, (x, y) in enumerate(points)]])
