"""The purchase plan as the clerk works through it: by supplier what is to be ordered, by order what is on its way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from db.enums_desk import PurchaseStatus
from db.models import PurchaseOrder, Supplier
from services.money import line_total
from services.purchases import ToBuy, purchase_list
from services.suppliers import Source, sources_of, suppliers
from services.work import Work

NONE = Decimal(0)


@dataclass
class FromSupplier:
    """What could be ordered from one supplier (None: nobody chosen yet); `total` at the costs that are known."""

    supplier: Supplier | None
    lines: list[tuple[ToBuy, Decimal | None]] = field(default_factory=list)
    total: Decimal = NONE


@dataclass
class OnTheWay:
    """What is awaited of one order to a supplier (None: ordered without one)."""

    order: PurchaseOrder | None
    supplier: str
    lines: list[ToBuy] = field(default_factory=list)

    @property
    def expected_on(self) -> date | None:
        """The day the first of it should come; None when nobody knows."""
        return min((one.line.expected_on for one in self.lines if one.line.expected_on), default=None)


def to_order(work: Work) -> list[FromSupplier]:
    """The planned lines by supplier: the one chosen, else whom the part is usually ordered from; those without one last.

    Three queries.
    """
    lines = purchase_list(work, (PurchaseStatus.PLANNED,))
    sold = sources_of(work, {one.line.part_id for one in lines if one.line.part_id})
    known = {row.id: row for row in suppliers(work)}
    groups: dict[int, FromSupplier] = {}
    for one in lines:
        source = _source(one, sold.get(one.line.part_id or 0, []))
        key = one.line.supplier_id or (source.supplier.id if source else 0)
        group = groups.setdefault(key, FromSupplier(known.get(key)))
        cost = source.cost if source else one.line.unit_cost
        group.lines.append((one, cost))
        group.total += line_total(one.line.quantity, cost, NONE, work.garage.currency) if cost is not None else NONE
    return sorted(groups.values(), key=lambda group: (group.supplier is None, group.supplier and group.supplier.name))


def on_the_way(work: Work) -> list[OnTheWay]:
    """The ordered lines by order, what should come first at the top. Two queries."""
    lines = purchase_list(work, (PurchaseStatus.ORDERED,))
    keys = {one.line.purchase_order_id for one in lines if one.line.purchase_order_id}
    orders = {row.id: row for row in work.db.exec(select(PurchaseOrder).where(col(PurchaseOrder.id).in_(keys)))}
    groups: dict[tuple[int, str], OnTheWay] = {}
    for one in lines:
        key = (one.line.purchase_order_id or 0, one.line.supplier)
        groups.setdefault(key, OnTheWay(orders.get(key[0]), one.line.supplier)).lines.append(one)
    return sorted(groups.values(), key=lambda group: (group.expected_on is None, group.expected_on or date.max))


def _source(one: ToBuy, sold: Iterable[Source]) -> Source | None:
    chosen = one.line.supplier_id
    return next((source for source in sold if chosen in (None, source.supplier.id)), None)
