"""The counter of the store: the slips to pick, those that lie ready, and what went out today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import or_
from sqlmodel import col, select

from db.enums_workshop import RequisitionStatus
from db.models import Customer, PartReservation, PurchaseLine, Requisition, Vehicle, WorkOrder
from services.holders import Holder, holder_of
from services.people import names
from services.purchase_moves import OPEN as AWAITED
from services.slips import OPEN, Slip, SlipLine, load_slips
from services.work import Work

NONE = Decimal(0)
MOST = 60  # slips of today that are shown


@dataclass(frozen=True)
class Waiting:
    """A slip at the counter. `there`: how much of each line could be picked now; `buying`: what is on the purchase plan for its
    car, by part; names are those of people."""

    slip: Slip
    car: Vehicle
    customer: str
    asked_by: str
    taken_by: str
    there: Mapping[int, Decimal]
    buying: Mapping[int, PurchaseLine]

    @property
    def can_pick(self) -> bool:
        """Whether anything of it is in stock for this car."""
        return any(self.there.values())

    @property
    def short(self) -> bool:
        """Whether something of it is not there."""
        return bool(self.lacking)

    @property
    def lacking(self) -> list[SlipLine]:
        """The lines of which something is not there."""
        open_yet = self.slip.row.status in OPEN
        return [one for one in self.slip.lines if self.there[one.row.id] < one.due] if open_yet else []

    @property
    def to_buy(self) -> list[SlipLine]:
        """Those of them nobody has planned to buy."""
        return [one for one in self.lacking if one.part.id not in self.buying]


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
    open_yet = [slip for slip in slips.values() if slip.row.status in OPEN]
    people, there, buying = names(work), _there(work, open_yet), _buying(work, open_yet)
    return [
        Waiting(
            slip, *cars[slip.order.id], people.get(slip.row.asked_by_id or 0, ""),
            people.get(slip.row.taken_by_id or 0, ""), {one.row.id: there.get(one.row.id, NONE) for one in slip.lines},
            buying.get(slip.order.id, {}),
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


def _buying(work: Work, slips: Sequence[Slip]) -> dict[int, dict[int, PurchaseLine]]:
    """What is on the purchase plan for each order or its booking, by part; of several the one that comes last. One query."""
    booked = {slip.order.appointment_id: slip.order.id for slip in slips if slip.order.appointment_id}
    whose = col(PurchaseLine.order_id).in_({slip.order.id for slip in slips})
    for_cars = or_(whose, col(PurchaseLine.appointment_id).in_(booked))
    query = select(PurchaseLine).where(
        for_cars, col(PurchaseLine.status).in_(AWAITED), col(PurchaseLine.part_id).is_not(None)
    )
    found: dict[int, dict[int, PurchaseLine]] = {}
    for row in sorted(
        work.db.exec(query), key=lambda row: (row.expected_on is None, row.expected_on or date.min, row.id)
    ):
        order_id = row.order_id or booked[row.appointment_id or 0]
        found.setdefault(order_id, {})[row.part_id or 0] = row
    return found
