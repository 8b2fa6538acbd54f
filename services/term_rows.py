"""Rows of settings that say how long or how far something holds."""

from collections.abc import Callable
from typing import TypeVar

from db.base import Base
from services.work import Work

Row = TypeVar("Row", bound=Base)


def put_limits(work: Work, row: Row | None, new: Callable[[], Row], **limits: int | None) -> None:
    """The limits of a row, a new one where there is none; without any limit it goes."""
    if any(limit is not None for limit in limits.values()):
        row = row or new()
        for name, limit in limits.items():
            setattr(row, name, limit)
        work.db.add(row)
    elif row:
        work.db.delete(row)
