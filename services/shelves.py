"""The shelves of the store, and what lies on each. A place is written as shelf, dash, number: A1-03."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, or_
from sqlmodel import col, select

from db.models import Event, Part
from services.normalize import clean_text
from services.work import Work

MOST = 200


@dataclass(frozen=True)
class OnShelf:
    """A part as the list has it; `counted_at`: when somebody last counted it."""

    id: int
    code: str
    name: str
    unit: str
    place: str
    on_hand: Decimal
    counted_at: datetime | None


def shelf_of(place: str) -> str:
    """A1 of A1-03; a place without a number is a shelf of its own."""
    return place.rpartition("-")[0] or place


def shelves(work: Work) -> dict[str, list[str]]:
    """The places of every shelf in use, in order. One query, on the index alone."""
    found: dict[str, list[str]] = {}
    for place in sorted(work.db.exec(select(Part.place).where(col(Part.place) > "").distinct())):
        found.setdefault(shelf_of(place), []).append(place)
    return found


def on_shelf(work: Work, places: Collection[str]) -> list[OnShelf]:
    """The parts at those places, in order. Two queries."""
    query = select(Part).where(col(Part.place).in_(places), or_(col(Part.active), col(Part.on_hand) != 0))
    return _listed(work, list(work.db.exec(query.order_by(Part.place, Part.code).limit(MOST))))


def found(work: Work, typed: str) -> list[OnShelf]:
    """The parts whose code begins with what was typed or scanned, or whose name holds it. Two queries."""
    words = clean_text(typed)
    if not words:
        return []
    fits = or_(col(Part.code).istartswith(words, autoescape=True), col(Part.name).icontains(words, autoescape=True))
    query = select(Part).where(fits, or_(col(Part.active), col(Part.on_hand) != 0)).order_by(Part.code).limit(20)
    return _listed(work, list(work.db.exec(query)))


def _listed(work: Work, parts: list[Part]) -> list[OnShelf]:
    last = (
        select(Event.subject_id, func.max(Event.at))
        .where(
            Event.subject == "part", col(Event.subject_id).in_([part.id for part in parts]), Event.action == "counted"
        )
        .group_by(col(Event.subject_id))
    )
    counted = dict(work.db.exec(last).all())
    return [
        OnShelf(part.id, part.code, part.name, part.unit, part.place, part.on_hand, counted.get(part.id))
        for part in parts
    ]
