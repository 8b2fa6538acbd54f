"""Pictures people hand in, made small and safe: upright, at most 1600 px, nothing but the picture itself."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from services.refusals import Refusal

register_heif_opener(thumbnails=False)  # what telephones of one make write: HEIC

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 64_000_000  # of a JPEG, which is unpacked at a fraction of its size: telephones make up to 50 million
MOST_PIXELS_WHOLE = 25_000_000  # of other kinds, which have to be unpacked whole: about 200 MB while it lasts
LONGEST = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85
BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, Image.DecompressionBombError)


class PictureUnreadable(Refusal):
    """This picture cannot be read. Take it again, or choose a JPEG, PNG, WebP or HEIC file."""


class PictureTooBig(Refusal):
    """This file is too large: at most {megabytes} MB."""


class TooManyPixels(Refusal):
    """This picture has too many pixels: at most {million} million."""


class Photo(bytes):
    """A picture made by `prepare_photo`: it need not be made again."""


def prepare_photo(data: bytes) -> Photo:
    """A JPEG of the picture, turned upright, its longer side at most 1600 px, without place, time or camera.

    It takes up to a second: who writes makes it before, so that nobody waits for the database meanwhile.
    Refuses with PictureTooBig, TooManyPixels (before anything is unpacked) or PictureUnreadable.
    """
    if isinstance(data, Photo):
        return data
    picture = _opened(data)
    picture.draft("RGB", (LONGEST, LONGEST))  # a JPEG is then unpacked at a fraction of its size
    try:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BROKEN as error:
        raise PictureUnreadable from error
    upright.thumbnail((LONGEST, LONGEST))
    return Photo(_written(upright, "JPEG", quality=QUALITY))


def prepare_drawing(data: bytes) -> bytes:
    """A PNG of a drawing (a signature) on white, at most 1600 px. Refuses like `prepare_photo`."""
    try:
        drawn = _opened(data).convert("RGBA")
    except BROKEN as error:
        raise PictureUnreadable from error
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    paper.thumbnail((LONGEST, LONGEST))
    return _written(paper.convert("L"), "PNG", optimize=True)


def _opened(data: bytes) -> Image.Image:
    """The picture with only its head read, judged by what it says of its size."""
    if len(data) > MOST_BYTES:
        raise PictureTooBig(megabytes=MOST_BYTES // 1024**2)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise TooManyPixels(million=MOST_PIXELS_WHOLE // 1_000_000) from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise PictureUnreadable from error
    most = MOST_PIXELS if picture.format in ("JPEG", "MPO") else MOST_PIXELS_WHOLE
    if picture.width * picture.height > most:
        raise TooManyPixels(million=most // 1_000_000)
    return picture


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A new picture is built from the pixels, so nothing else of the old file comes along."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, kind, **options)
    return out.getvalue()
