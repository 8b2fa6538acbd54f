"""What the demo garage says about money: on papers, about its guarantee, to customers."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Term:
    """How long the garage answers for jobs of a group; none: every other; neither days nor km: not at all."""

    group: str | None
    days: int | None
    km: int | None


@dataclass(frozen=True)
class Free:
    """The first service of a make's new cars is free so long, or so far."""

    make: str
    months: int | None
    km: int | None


@dataclass(frozen=True)
class Money:
    """All of it. `code_words` stand in the demo's codes to pay by telephone; `wish` is why somebody asks for a discount."""

    tax_number: str
    bank: str
    busy_hours: str
    guarantees: tuple[Term, ...]
    free_services: tuple[Free, ...]
    code_words: str
    old_part_places: tuple[str, ...]
    deposit: Decimal
    wish: str
