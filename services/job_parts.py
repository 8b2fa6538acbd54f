"""The parts of each job of a car: given out, ready at the counter, asked for, kept, in stock, on their way, or missing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer
from db.enums_desk import PurchaseStatus
from db.enums_workshop import RequisitionStatus
from db.models import OrderLine, Part, Requisition, RequisitionLine
from services.holders import held_by, holder_of
from services.order_facts import OrderFacts
from services.order_parts import PartStand, part_stands
from services.slips import OPEN
from services.work import Work


@dataclass(frozen=True)
class JobPart:
    """A part line with where its part stands. `slip`: how far what was asked of the store is; `kept`: it is kept for this car."""

    line: OrderLine
    stand: PartStand
    slip: RequisitionStatus | None
    kept: bool

    @property
    def part(self) -> Part:
        """Of the catalogue."""
        return self.stand.part

    @property
    def due(self) -> Decimal:
        """What has not been given out yet."""
        return max(self.line.quantity - self.line.issued, Decimal(0))

    @property
    def buying(self) -> PurchaseStatus | None:
        """How far buying what is missing is."""
        return self.stand.buying.status if self.stand.missing and self.stand.buying else None

    @property
    def expected_on(self) -> date | None:
        """When what is missing comes; None while nobody knows."""
        return self.stand.expected_on if self.stand.missing else None


def job_parts(work: Work, facts: OrderFacts) -> dict[int, list[JobPart]]:
    """The part lines of an order by job, declined ones left out. Five queries."""
    stands = part_stands(work, facts)
    if not stands:
        return {}
    slips, held = _slips(work, facts.order.id), held_by(work, holder_of(facts.order))
    found: dict[int, list[JobPart]] = {}
    for line in facts.lines:
        if line.id in stands and line.answer != Answer.DECLINED:
            one = JobPart(line, stands[line.id], slips.get(line.id), line.part_id in held)
            found.setdefault(line.order_job_id, []).append(one)
    return found


def _slips(work: Work, order_id: int) -> dict[int, RequisitionStatus]:
    """How far the newest open slip of each line is."""
    query = (
        select(RequisitionLine.line_id, Requisition.status)
        .join(Requisition, col(Requisition.id) == col(RequisitionLine.requisition_id))
        .where(Requisition.order_id == order_id, col(Requisition.status).in_(OPEN))
        .order_by(col(Requisition.id))
    )
    return {key: RequisitionStatus(status) for key, status in work.db.exec(query)}
