"""A signature for the demo's customers and a picture of worn brakes, each drawn once."""

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
    return Signature(_bytes(picture, "PNG"), [[[round(x, 1), round(y, 1), i * 16] for i, (x, y) in enumerate(points)]])


@cache
def worn_brakes() -> bytes:
    """A scored disc with its pad nearly gone, as a photo of it would show."""
    picture = Image.new("RGB", (960, 720), "#3a3d40")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((140, 20, 820, 700), fill="#8d9499")
    for groove in range(12):
        edge = 170 + 14 * groove
        draw.arc(
            (edge, edge - 120, 960 - edge, 840 - edge), 0, 360, fill="#6d747a" if groove % 3 else "#a7674a", width=5
        )
    draw.ellipse((380, 260, 580, 460), fill="#2b2e31")
    draw.rounded_rectangle((690, 190, 790, 530), 24, fill="#55261c")
    draw.rectangle((676, 200, 692, 520), fill="#16181a")
    return _bytes(picture, "JPEG")


def _bytes(picture: Image.Image, kind: str) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()
