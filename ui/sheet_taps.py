"""What the parts of the walk-around share: a tap is written at once, and only what it changed."""

from collections.abc import Collection
from typing import TypeVar, Unpack

from db.choice import Choice
from db.models import Inspection
from services import inspections
from services.inspections import Seen
from ui.act import act
from ui.text import Safe, t

PLACE = "walk"
C = TypeVar("C", bound=Choice)


def note(order_id: int, **seen: Unpack[Seen]) -> Inspection | None:
    """Write what was tapped on the sheet; None after a refusal, which is told above the sheet."""
    return act(lambda work: inspections.record(work, order_id, **seen), at=PLACE)


def changed(shown: Collection[C], chosen: Collection[C]) -> dict[C, bool]:
    """What a tap on a row of choices changed: another tablet may have changed others meanwhile."""
    return {one: one in chosen for one in {*shown, *chosen} if (one in shown) != (one in chosen)}


def with_icon(one: Choice) -> Safe:
    """A choice as picture and word."""
    return Safe(f":material/{one.icon}: {t(one.label)}")
