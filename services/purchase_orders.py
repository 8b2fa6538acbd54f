"""Orders to suppliers: what is ordered together, when it should come, and what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import col, select

from db.models import Part, PurchaseLine, PurchaseOrder, Supplier
from services import permissions as may
from services import validate
from services.calendar_days import next_open_day
from services.i18n import N_
from services.numbers import yearly_number
from services.part_reservations import lock_parts
from services.purchase_moves import PURCHASES
from services.purchases import come_in
from services.refusals import InThePast, Missing
from services.suppliers import bought_at, sources_of
from services.waiting_lines import hold_owners, hold_waiting
from services.work import Work
from services.workflow import advance


@dataclass(frozen=True)
class Delivered:
    """How much of a line came, in the part's unit (None: all that was ordered), what a unit cost (None: as expected), and how
    much the screen said was still awaited."""

    quantity: Decimal | None = None
    unit_cost: Decimal | None = None
    seen: Decimal | None = None


@dataclass(frozen=True)
class OrderedLine:
    """A line of an order to a supplier, with the supplier's number of the part."""

    line: PurchaseLine
    part: Part | None
    code: str


@dataclass(frozen=True)
class Placed:
    """An order to a supplier, as it is written to them."""

    order: PurchaseOrder
    supplier: Supplier
    lines: list[OrderedLine]

    @property
    def expected_on(self) -> date | None:
        """The day the last of it should come."""
        return max((one.line.expected_on for one in self.lines if one.line.expected_on), default=None)


def order_from(
    work: Work, supplier_id: int, line_ids: Collection[int], *, expected_on: date | None = None, note: str = ""
) -> PurchaseOrder:
    """Order lines of the plan together from one supplier, at the cost they sell at.

    Without a day, as many days from today as they usually take. Refuses with Missing (no lines), InThePast, and WrongStatus
    when somebody ordered one of the lines a moment before.
    """
    work.needs(*may.ISSUES_PARTS)
    supplier = work.get(Supplier, supplier_id)
    if not line_ids:
        raise Missing(field=N_("Parts"))
    if expected_on is not None and expected_on < work.local(work.now).date():
        raise InThePast
    day = expected_on or usual_day(work, supplier)
    parts = {row.part_id for row in (work.get(PurchaseLine, key) for key in line_ids) if row.part_id}
    hold_owners(work, *line_ids)
    lock_parts(work, parts)  # before the number and the lines, as everywhere
    order = work.add(
        PurchaseOrder(number=yearly_number(work, "P"), supplier_id=supplier_id, ordered_at=work.now, by_id=work.by.id,
                      note=validate.text(note, N_("Note"), 300, needed=False))
    )  # fmt: skip
    costs = _costs(work, supplier_id, parts)
    for key in sorted(line_ids):
        row: PurchaseLine = advance(work, PURCHASES, key, "order", supplier=supplier.name, number=order.number)
        row.purchase_order_id, row.supplier_id, row.supplier, row.expected_on = (
            order.id,
            supplier.id,
            supplier.name,
            day,
        )
        row.unit_cost = costs.get(row.part_id or 0, row.unit_cost)
        bought_at(work, work.add(row))
    return order


def goods_in(work: Work, delivered: Mapping[int, Delivered]) -> list[PurchaseLine]:
    """A delivery, by line of the plan: what came goes into stock at its cost, cars that wait for it keep it, the rest is awaited.

    Refuses with Missing when nothing came, WrongStatus or CameMeanwhile when somebody else took in one of the lines or a part of
    it, odd quantities and costs.
    """
    came = {key: one for key, one in delivered.items() if one.quantity != 0}
    if not came:
        raise Missing(field=N_("Quantity"))
    parts = {row.part_id for row in (work.get(PurchaseLine, key) for key in came) if row.part_id}
    hold_waiting(work, *sorted(parts))  # orders, bookings, parts, lines: everybody takes hold of them in this order
    lock_parts(work, parts)
    return [
        come_in(work, key, quantity=one.quantity, unit_cost=one.unit_cost, seen=one.seen)
        for key, one in sorted(came.items())
    ]


def usual_day(work: Work, supplier: Supplier) -> date | None:
    """When an order given today should be here, on a day somebody can take it in; None when nobody knows how long it takes."""
    today = work.local(work.now).date()
    days = supplier.delivery_days
    return None if days is None else next_open_day(work, today + timedelta(days=days - 1)) if days else today


def placed(work: Work, order_id: int) -> Placed:
    """An order to a supplier with all its lines. Four queries. Refuses with NotFound."""
    order = work.get(PurchaseOrder, order_id)
    query = select(PurchaseLine, Part).outerjoin(Part, col(Part.id) == col(PurchaseLine.part_id))
    rows = work.db.exec(query.where(PurchaseLine.purchase_order_id == order_id).order_by(col(PurchaseLine.id))).all()
    sold = sources_of(work, [part.id for line, part in rows if line.part_id])
    codes = {
        key: source.code for key, many in sold.items() for source in many if source.supplier.id == order.supplier_id
    }
    lines = [OrderedLine(line, part, codes.get(line.part_id or 0, "")) for line, part in rows]
    return Placed(order, work.get(Supplier, order.supplier_id), lines)


def _costs(work: Work, supplier_id: int, part_ids: Collection[int]) -> dict[int, Decimal]:
    sold = sources_of(work, part_ids).items()
    asked = {key: one.cost for key, many in sold for one in many if one.supplier.id == supplier_id}
    return {key: cost for key, cost in asked.items() if cost is not None}
