"""The parts of an order: what lies free for them, what is missing, and when it comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer
from db.enums_desk import PurchaseStatus
from db.models import OrderLine, Part, PurchaseLine, WorkOrder
from services.order_facts import OrderFacts
from services.order_lines import line_of
from services.order_moves import ORDERS
from services.part_reservations import free_stock
from services.purchase_moves import OPEN
from services.purchases import plan
from services.refusals import NotNow
from services.work import Work
from services.workflow import facts_of

NONE = Decimal(0)


@dataclass(frozen=True)
class PartStand:
    """How a part line stands: `missing` of what it still needs is not free; `buying` is its line of the purchase plan."""

    part: Part
    missing: Decimal
    buying: PurchaseLine | None = None

    @property
    def expected_on(self) -> date | None:
        """When what is missing comes; None while nobody knows."""
        return self.buying.expected_on if self.buying else None

    @property
    def ordered(self) -> bool:
        """Whether it is on its way."""
        return self.buying is not None and self.buying.status == PurchaseStatus.ORDERED


def part_stands(work: Work, facts: OrderFacts) -> dict[int, PartStand]:
    """Every part line of the order by its id, declined ones left out. Three queries.

    Lines that count use up the shelf one after the other; a way that does not count is judged by itself.
    """
    lines = [line for line in facts.lines if line.part_id and line.answer != Answer.DECLINED]
    if not lines:
        return {}
    ids = {line.part_id for line in lines}
    parts = {part.id: part for part in work.db.exec(select(Part).where(col(Part.id).in_(ids)))}
    free = free_stock(work, parts.values(), without=facts.order.appointment_id, order_id=facts.order.id)
    buying = _buying(work, facts)
    counts = {line.id for line in facts.counted_lines}
    found = {}
    for line in lines:
        key, needed = line.part_id or 0, max(line.quantity - line.issued, NONE)
        taken = min(free[key], needed)
        if line.id in counts:
            free[key] -= taken
        found[line.id] = PartStand(parts[key], needed - taken, buying.get(key))
    return found


def plan_missing(work: Work, order_id: int, *, line_id: int) -> PurchaseLine:
    """Put what is missing of a part line on the purchase plan, for this order.

    Refuses with NotNow when nothing is missing, AlreadyPlanned when it is on the plan for this order.
    """
    line_of(work, order_id, line_id)
    stand = part_stands(work, facts_of(work, ORDERS, order_id)).get(line_id)
    if stand is None or not stand.missing:
        raise NotNow
    return plan(work, part_id=stand.part.id, quantity=stand.missing, order_id=order_id)


def plan_all_missing(work: Work, order_id: int) -> int:
    """Put every agreed part of an order on the plan that is missing and not on it yet; returns how many.

    Refuses with NotNow when there is none.
    """
    work.lock(WorkOrder, order_id)
    facts = facts_of(work, ORDERS, order_id)
    stands, missing = part_stands(work, facts), dict[int, Decimal]()
    for line in facts.parts_due:
        stand = stands[line.id]
        if stand.missing and stand.buying is None:
            missing[stand.part.id] = missing.get(stand.part.id, NONE) + stand.missing
    if not missing:
        raise NotNow
    for part_id, many in missing.items():
        plan(work, part_id=part_id, quantity=many, order_id=order_id)
    return len(missing)


def missing_lines(facts: OrderFacts, stands: dict[int, PartStand]) -> Iterable[tuple[OrderLine, PartStand]]:
    """The lines still to be done whose part is not there in full."""
    keys = {job.id for job in facts.to_do}
    for line in facts.lines:
        stand = stands.get(line.id)
        if stand and stand.missing and line.order_job_id in keys:
            yield line, stand


def _buying(work: Work, facts: OrderFacts) -> dict[int, PurchaseLine]:
    """Open lines of the plan for this order or its booking, by part; of several the one that comes last."""
    mine = PurchaseLine.order_id == facts.order.id
    if facts.order.appointment_id is not None:
        mine = mine | (PurchaseLine.appointment_id == facts.order.appointment_id)
    query = select(PurchaseLine).where(mine, col(PurchaseLine.status).in_(OPEN), col(PurchaseLine.part_id).is_not(None))
    rows = sorted(work.db.exec(query), key=lambda row: (row.expected_on is None, row.expected_on or date.min, row.id))
    return {row.part_id or 0: row for row in rows}
