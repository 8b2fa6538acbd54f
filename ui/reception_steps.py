"""The steps of reception: what needs only a tap, what needs a form, and the sections of the record."""

from collections.abc import Callable

from services.order_facts import OrderFacts
from services.work import Work

DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {}
FORMS: dict[str, Callable[[OrderFacts], None]] = {}
SECTIONS: dict[str, Callable[[OrderFacts], None]] = {}
