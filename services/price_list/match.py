"""A price list laid beside the catalogue: what is new, what changes, what stays, what we do not keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select as sa_select
from sqlmodel import col

from db.models import Part, PartSupplier
from services.i18n import N_
from services.money import to_coin
from services.price_list.rows import PriceRow, Why, code_key
from services.work import Work


class What(StrEnum):
    """What a row does to the catalogue; the value is the English text to translate and show."""

    NEW = N_("new")
    CHANGED = N_("changed")
    SAME = N_("as before")
    UNKNOWN = N_("not in the catalogue")
    REFUSED = N_("refused")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list beside its part (`part_id` None: not in the catalogue). `price` and `cost`: what will be asked then.

    `price_was` is our price, `cost_was` what this supplier asked so far; None where nobody knew.
    """

    row: PriceRow
    what: What
    why: Why | None = None
    part_id: int | None = None
    price: Decimal | None = None
    price_was: Decimal | None = None
    cost_was: Decimal | None = None

    @property
    def rise(self) -> Decimal:
        """By how much of the former the price or the cost changes, the larger of the two: 0.25 is a quarter, up or down."""
        pairs = ((self.price_was, self.price), (self.cost_was, self.row.cost))
        return max((abs(now - was) / was for was, now in pairs if was and now is not None), default=Decimal(0))


@dataclass(frozen=True)
class Wishes:
    """How a list is taken in: from whom, whether parts we do not keep are put into the catalogue (`adds`), and what is added
    to the cost, in percent, where the list gives no sales price for a new part (None: such parts are refused)."""

    supplier_id: int
    adds: bool = False
    surcharge: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    price: Decimal


def match(work: Work, rows: Iterable[PriceRow], wishes: Wishes) -> list[Line]:
    """Every row beside the part it is about: by the supplier's own number of it, else by ours. Two queries."""
    ours: dict[str, list[_Known]] = {}
    by_id: dict[int, _Known] = {}
    for key, code, price in work.db.execute(sa_select(Part.id, Part.code, Part.price)):  # type: ignore[call-overload]
        known = by_id[key] = _Known(key, price)
        ours.setdefault(code_key(code), []).append(known)
    theirs: dict[str, list[_Known]] = {}
    costs: dict[int, Decimal | None] = {}
    sold = sa_select(PartSupplier.part_id, PartSupplier.code, PartSupplier.cost)  # type: ignore[call-overload]
    for key, code, cost in work.db.execute(sold.where(col(PartSupplier.supplier_id) == wishes.supplier_id)):
        costs[key] = cost
        if code:
            theirs.setdefault(code_key(code), []).append(by_id[key])
    currency = work.garage.currency
    found = []
    used: set[int] = set()
    for row in rows:
        code = code_key(row.code)
        line = _line(row, theirs.get(code) or ours.get(code, []), costs, wishes, currency)
        if line.part_id is not None and line.part_id in used:  # once by their number and once by ours
            line = Line(row, What.REFUSED, Why.TWICE)
        used.add(line.part_id or 0)
        found.append(line)
    return found


def _line(
    row: PriceRow, found: Sequence[_Known], costs: dict[int, Decimal | None], wishes: Wishes, currency: str
) -> Line:
    if row.why or len(found) > 1:
        return Line(row, What.REFUSED, row.why or Why.TWO_PARTS)
    if not found:
        return _new(row, wishes, currency)
    part = found[0]
    price = part.price if row.price is None else row.price
    cost_was = costs.get(part.id)
    same = price == part.price and part.id in costs and (row.cost is None or row.cost == cost_was)
    return Line(row, What.SAME if same else What.CHANGED, None, part.id, price, part.price, cost_was)


def _new(row: PriceRow, wishes: Wishes, currency: str) -> Line:
    if not wishes.adds:
        return Line(row, What.UNKNOWN)
    price = row.price
    if price is None and row.cost is not None and wishes.surcharge is not None:
        price = to_coin(row.cost * (100 + wishes.surcharge) / 100, currency)
    if not row.name or price is None:
        return Line(row, What.REFUSED, Why.NO_PRICE if row.name else Why.NO_NAME)
    return Line(row, What.NEW, price=price)
