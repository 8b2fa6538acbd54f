"""Pictures on disk by their SHA-256, and the rows that refer to them. The same picture is kept once."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.models import Attachment
from services.photos import prepare_drawing, prepare_photo
from services.refusals import NotFound, Refusal
from services.work import Work

SHA = re.compile(r"[0-9a-f]{64}")
MOST_POINTS = 20_000
LEAST_INK = 60  # how long all strokes of a signature are together at least, in points of the screen


class SignatureUnreadable(Refusal):
    """The signature did not arrive complete. Please sign again."""


class TooLittleInk(Refusal):
    """That is too little for a signature. Please sign with the whole name."""


def put(data_dir: Path, data: bytes) -> str:
    """Keep the bytes; their SHA-256. They are on disk when this returns, so a row may refer to them."""
    sha = hashlib.sha256(data).hexdigest()
    path = _path(data_dir, sha)
    if path.exists():
        return sha
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    return sha


def read(data_dir: Path, sha: str) -> bytes:
    """The bytes kept under that SHA-256. Refuses with NotFound."""
    try:
        return _path(data_dir, sha).read_bytes()
    except FileNotFoundError:
        raise NotFound from None


def attach_photo(work: Work, row: Any, data: bytes, kind: str = "photo") -> Attachment:
    """Keep a photo for a row (of a table with `id`). Refuses like `photos.prepare_photo`; nothing of the original is kept."""
    return _attach(work, row, prepare_photo(data), "image/jpeg", kind)


def attach_signature(work: Work, row: Any, png: bytes, strokes: Sequence[Any]) -> Attachment:
    """Keep a signature as picture and as strokes ([[x, y, ms], …] each). Refuses with SignatureUnreadable when there is no line,
    and a dot or a dash with TooLittleInk."""
    lines = _strokes(strokes)
    if sum(dist(one[:2], two[:2]) for line in lines for one, two in pairwise(line)) < LEAST_INK:
        raise TooLittleInk
    return _attach(work, row, prepare_drawing(png), "image/png", "signature", lines)


def attachments(work: Work, row: Any, kind: str = "photo") -> list[Attachment]:
    """The pictures of a row, oldest first."""
    mine = (Attachment.subject == row.__tablename__, Attachment.subject_id == row.id, Attachment.kind == kind)
    return list(work.db.exec(select(Attachment).where(*mine).order_by(col(Attachment.id))))


def _attach(
    work: Work, row: Any, data: bytes, media_type: str, kind: str, strokes: list[Any] | None = None
) -> Attachment:
    return work.add(
        Attachment(
            sha256=put(work.ws.data_dir, data),
            media_type=media_type,
            kind=kind,
            subject=row.__tablename__,
            subject_id=row.id,
            strokes=strokes,
            at=work.now,
            by_id=work.by.id,
        )
    )


def _strokes(strokes: Sequence[Any]) -> list[list[list[float]]]:
    """The strokes as plain numbers; they come from a browser, so anything may be in them."""
    try:
        lines = [[[float(n) for n in point[:3]] for point in stroke] for stroke in strokes]
    except (TypeError, ValueError) as error:
        raise SignatureUnreadable from error
    points = sum(len(line) for line in lines)
    if not 2 <= points <= MOST_POINTS or any(len(point) < 2 for line in lines for point in line):
        raise SignatureUnreadable
    return lines


def _path(data_dir: Path, sha: str) -> Path:
    if not SHA.fullmatch(sha):
        raise NotFound
    return data_dir / "files" / sha[:2] / sha
