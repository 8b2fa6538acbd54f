"""Photos and signatures: made small and bare, kept once, refused when they are no pictures."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from db.enums import Role
from db.models import Attachment
from services import files, photos
from services.refusals import NotFound
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(100)))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_12_megapixel_photo_becomes_small() -> None:
    small = opened(photos.prepare_photo(picture(4000, 3000)))
    assert (small.format, small.size) == ("JPEG", (1600, 1200))


def test_a_photo_is_turned_upright_and_says_nothing_of_place_or_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways: turn by 90° clockwise
    exif[0x010F] = "Spy Camera"
    exif.get_ifd(0x8825)[1] = "N"
    data = photos.prepare_photo(picture(800, 400, exif=exif))
    upright = opened(data)
    assert upright.size == (400, 800)
    red, _, blue = upright.convert("RGB").getpixel((390, 10))  # type: ignore[misc]
    assert red > 200 > 100 > blue  # the red corner came from the left to the right
    assert not upright.getexif()
    assert b"Spy" not in bytes(data)


def test_a_transparent_picture_is_kept_as_photo() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(photos.prepare_photo(out.getvalue())).size == (10, 10)


def test_a_heic_photo_of_a_telephone_becomes_a_jpeg() -> None:
    small = opened(photos.prepare_photo(picture(2000, 1000, "HEIF")))
    assert (small.format, small.size) == ("JPEG", (1600, 800))
    red, _, blue = small.getpixel((10, 10))  # type: ignore[misc]
    assert red > 200 > 100 > blue


def test_a_photo_made_ready_is_not_made_again() -> None:
    ready = photos.prepare_photo(picture(20, 10))
    assert photos.prepare_photo(ready) is ready


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a nonsense",
        b"\xff\xd8\xff\xe0 no picture",
        picture(400, 400)[:900],
        picture(40, 40, "GIF"),
        picture(400, 400, "HEIF")[:300],
        b"\0\0\0\x18ftypheic" + bytes(400),
    ],
    ids=["empty", "nonsense", "head only", "cut off", "other format", "HEIC cut off", "HEIC head only"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(photos.PictureUnreadable):
        photos.prepare_photo(data)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (9_000, 9_000), (5_200, 5_000)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(photos.TooManyPixels):
        photos.prepare_photo(bomb(width, height))


def test_a_50_megabyte_file_is_refused() -> None:
    with pytest.raises(photos.PictureTooBig) as refused:
        photos.prepare_photo(bytes(50 * 1024 * 1024))
    assert refused.value.say("en") == "This file is too large: at most 15 MB."


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    sha = files.put(tmp_path, b"one")
    assert files.put(tmp_path, b"one") == sha
    assert files.read(tmp_path, sha) == b"one"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [sha]


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "A" * 64, "0" * 64])
def test_only_what_was_kept_is_found(tmp_path: Path, sha: str) -> None:
    with pytest.raises(NotFound):
        files.read(tmp_path, sha)


def test_a_photo_belongs_to_a_row(work: Work) -> None:
    order = received(work)
    row = files.attach_photo(work, order, picture(10, 10))
    assert (row.subject, row.subject_id, row.kind, row.by_id) == ("work_order", order.id, "photo", work.by.id)
    assert opened(files.read(work.ws.data_dir, row.sha256)).size == (10, 10)
    assert files.attachments(work, order) == [row]


def test_a_signature_keeps_its_strokes(work: Work) -> None:
    strokes = [[[1, 2, 10], [70, 4.5, 20]], [[5, 6, 30]]]
    row = files.attach_signature(work, received(work), picture(300, 100, "PNG"), strokes)
    assert work.get(Attachment, row.id).strokes == [[[1.0, 2.0, 10.0], [70.0, 4.5, 20.0]], [[5.0, 6.0, 30.0]]]
    assert opened(files.read(work.ws.data_dir, row.sha256)).mode == "L"


@pytest.mark.parametrize("strokes", [[], [[]], [[["x", 1]]], [[[1]], [[2]]], "nonsense", [[[1, 2, 3]] * 20_001]])
def test_a_signature_without_lines_is_refused(work: Work, strokes: list[object]) -> None:
    with pytest.raises(files.SignatureUnreadable):
        files.attach_signature(work, received(work), picture(300, 100, "PNG"), strokes)


@pytest.mark.parametrize(
    "strokes",
    [[[[1, 1, 1], [1, 1, 2]]], [[[5, 5, 1]]] * 400, [[[1, 1, 1], [60, 1, 2]]]],
    ids=["one dot", "many dots", "a dash"],
)
def test_a_signature_of_too_little_ink_is_refused(work: Work, strokes: list[object]) -> None:
    with pytest.raises(files.TooLittleInk):
        files.attach_signature(work, received(work), picture(300, 100, "PNG"), strokes)
    assert work.db.exec(select(Attachment)).all() == []
