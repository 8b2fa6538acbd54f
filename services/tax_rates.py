"""Which tax a line bears: its own rate, else that of its kind, else the garage's."""

from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import select

from db.enums import LineKind
from db.models import Garage, KindTax, OrderLine
from services.work import Work

Kinds = Mapping[LineKind, Decimal]


def rate_of(line: OrderLine, garage: Garage) -> Decimal:
    """The tax on a line, in per cent."""
    return garage.tax_percent if line.tax_percent is None else line.tax_percent


def kind_rates(work: Work) -> dict[LineKind, Decimal]:
    """The tax on lines of a kind, in per cent, where it is not the garage's. One query."""
    return {row.kind: row.percent for row in work.db.exec(select(KindTax))}


def first_rate(kinds: Kinds, kind: LineKind, own: Decimal | None = None) -> Decimal | None:
    """What a new line is given to keep: the rate of its part or job, else its kind's; None: the garage's own."""
    return kinds.get(kind) if own is None else own
