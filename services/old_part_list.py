"""The store of old parts: what lies where, for whom, and what may go."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums_money import OldPartState
from db.models import Customer, OldPart, PayerClaim, Vehicle, WorkOrder
from services.normalize import clean_text
from services.old_parts import DECIDED, claimed
from services.work import Work

MOST = 200


@dataclass(frozen=True)
class Stored:
    """One part on the shelf of old parts. `claimed`: who pays for the new one has not decided yet."""

    row: OldPart
    order: WorkOrder
    car: Vehicle
    customer: Customer
    claim: PayerClaim | None
    claimed: bool

    def may_go(self, today: date) -> bool:
        """Whether nobody waits for it any more."""
        past = self.row.keep_until is not None and self.row.keep_until < today
        return past and not self.claimed

    @property
    def wanted_back(self) -> bool:
        """Whether who pays may still ask for it."""
        return self.claim is not None and self.claim.status not in DECIDED


def stored(work: Work, words: str = "") -> list[Stored]:
    """What is kept, by place, at most 200; `words`: a part, a plate, a place or a number. A fixed number of queries."""
    query = (
        sa_select(OldPart, WorkOrder, Vehicle, Customer, PayerClaim)
        .join(WorkOrder, col(WorkOrder.id) == col(OldPart.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
        .outerjoin(PayerClaim, col(PayerClaim.id) == col(OldPart.claim_id))
        .where(col(OldPart.state) == OldPartState.KEPT)
    )
    said = clean_text(words).lower()
    if said:
        plate = "".join(said.upper().split())
        found = (func.lower(col(one)).contains(said, autoescape=True)
                 for one in (OldPart.title, OldPart.place, WorkOrder.number, PayerClaim.number))  # fmt: skip
        query = query.where(or_(*found, col(Vehicle.plate_key).contains(plate, autoescape=True)))
    rows = work.db.execute(query.order_by(col(OldPart.place), col(OldPart.id)).limit(MOST)).all()
    wanted = claimed(work, [row for row, *_ in rows])
    return [Stored(row, order, car, who, claim, row.id in wanted) for row, order, car, who, claim in rows]


def places(work: Work) -> list[str]:
    """The places old parts lie at now, in order."""
    kept = select(OldPart.place).where(OldPart.state == OldPartState.KEPT, col(OldPart.place) > "").distinct()
    return sorted(work.db.exec(kept.limit(MOST)))
