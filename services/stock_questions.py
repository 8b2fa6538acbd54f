"""The question of a booking to the store: in the advisor's words, and the parts that are not free."""

from collections.abc import Sequence
from decimal import Decimal

from db.models import Appointment, Part
from services.i18n import N_
from services.validate import line

MOST = 300  # characters


def stock_question_typed(words: str) -> str | None:
    """The advisor's question, None when there is none. Refuses with TooLong."""
    return line(words, N_("Question about stock"), MOST, needed=False) or None


def ask_about(row: Appointment, missing: Sequence[tuple[Part, Decimal]]) -> None:
    """Put the missing parts with their quantities to the question, as far as they fit. What is asked already stays."""
    for part, quantity in missing:
        if part.name in (row.stock_question or ""):
            continue
        asked = f"{part.name}: {quantity.normalize():f} {part.unit}".strip()
        longer = ", ".join(words for words in (row.stock_question, asked) if words)
        if len(longer) <= MOST:
            row.stock_question = longer
