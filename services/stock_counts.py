"""Counting by shelf (P04): many parts by one act, each against what the list said while it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.i18n import N_
from services.refusals import Missing
from services.stock import count
from services.work import Work

REASONS = (
    N_("Counted wrong before"),
    N_("Broken"),
    N_("Lost"),
    N_("Found"),
    N_("Used without a slip"),
)


@dataclass(frozen=True)
class Counted:
    """How many lie there, and how many the list said."""

    quantity: Decimal
    seen: Decimal


def count_parts(work: Work, counted: Mapping[int, Counted], *, reason: str = "") -> int:
    """Keep what was counted, all of it or nothing; returns how many parts were not as listed.

    Refuses with Missing when nothing was counted, and as `stock.count` does: a difference needs the `reason`.
    """
    if not counted:
        raise Missing(field=N_("Quantity"))
    moved = [
        count(work, key, counted=one.quantity, reason=reason, seen=one.seen) for key, one in sorted(counted.items())
    ]
    return sum(one is not None for one in moved)
