"""The counter of the store: the slips to pick, those that lie ready, and what went out today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from sqlmodel import col, select

from db.enums_workshop import RequisitionStatus
from db.models import Customer, PartReservation, Requisition, Vehicle, WorkOrder
from services.holders import Holder, holder_of
from services.people import names
from services.slips import OPEN, Slip, load_slips
from services.work import Work

NONE = Decimal(0)
MOST = 60  # slips of today that are shown


@dataclass(frozen=True)
class Waiting:
    """A slip at the counter. `there`: how much of each line could be picked now; names are those of people."""

    slip: Slip
    car: Vehicle
    customer: str
    asked_by: str
    taken_by: str
    there: Mapping[int, Decimal]

    @property
    def can_pick(self) -> bool:
        """Whether anything of it is in stock for this car."""
        return any(self.there.values())

    @property
    def short(self) -> bool:
        """Whether something of it is not there."""
        return any(self.there[one.row.id] < one.due for one in self.slip.lines)


def open_slips(work: Work) -> list[Waiting]:
    """The slips nobody has given out, the earliest promised car first. A fixed number of queries."""
    rows = work.db.exec(select(Requisition).where(col(Requisition.status).in_(OPEN))).all()
    found = _waiting(work, rows)
    return sorted(found, key=lambda one: (one.slip.order.promised_at or one.slip.row.asked_at, one.slip.row.id))


def issued_today(work: Work) -> list[Waiting]:
    """What went out since midnight, the newest first."""
    midnight = datetime.combine(work.local(work.now).date(), time(), work.zone)
    out = select(Requisition).where(col(Requisition.issued_at) >= midnight)
    return _waiting(work, work.db.exec(out.order_by(col(Requisition.issued_at).desc()).limit(MOST)).all())


def slips_of(work: Work, order_id: int) -> list[Waiting]:
    """Every slip of an order that was not withdrawn, the oldest first."""
    mine = (Requisition.order_id == order_id, Requisition.status != RequisitionStatus.CANCELLED)
    return _waiting(work, work.db.exec(select(Requisition).where(*mine).order_by(col(Requisition.id))).all())


def slip_of(work: Work, requisition_id: int) -> Waiting:
    """One slip. Refuses with NotFound."""
    return _waiting(work, [work.get(Requisition, requisition_id)])[0]


def _waiting(work: Work, rows: Sequence[Requisition]) -> list[Waiting]:
    slips = load_slips(work, rows)
    if not slips:
        return []
    query = select(WorkOrder.id, Vehicle, Customer.name).where(col(WorkOrder.id).in_({row.order_id for row in rows}))
    joined = query.join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    cars = {
        key: (car, name)
        for key, car, name in work.db.exec(joined.join(Customer, col(Customer.id) == col(WorkOrder.customer_id)))
    }
    people, there = names(work), _there(work, [slip for slip in slips.values() if slip.row.status in OPEN])
    return [
        Waiting(
            slip, *cars[slip.order.id], people.get(slip.row.asked_by_id or 0, ""),
            people.get(slip.row.taken_by_id or 0, ""), {one.row.id: there.get(one.row.id, NONE) for one in slip.lines},
        )
        for slip in slips.values()
    ]  # fmt: skip


def _there(work: Work, slips: Sequence[Slip]) -> dict[int, Decimal]:
    """How much of each line lies on the shelf for its car. One query."""
    parts = {one.part.id: one.part for slip in slips for one in slip.lines}
    kept = work.db.exec(select(PartReservation).where(col(PartReservation.part_id).in_(parts))).all()
    found, taken = {}, dict[tuple[int, int], Decimal]()
    for slip in slips:
        mine = holder_of(slip.order)
        for one in slip.lines:
            others = sum(
                (x.quantity for x in kept if x.part_id == one.part.id and Holder(x.appointment_id, x.order_id) != mine),
                NONE,
            )
            key = (slip.order.id, one.part.id)
            there = min(one.due, max(one.part.on_hand - others - taken.get(key, NONE), NONE))
            taken[key] = taken.get(key, NONE) + there
            found[one.row.id] = there
    return found
