"""The purchase plan: what has to be bought, for a booking that waits or for the shelf, until it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums_desk import PurchaseStatus
from db.models import Appointment, Customer, Part, PurchaseLine, Vehicle, WorkOrder
from services import permissions as may
from services.i18n import N_
from services.order_lines import cost_typed, quantity_typed
from services.part_reservations import missing_parts
from services.purchase_moves import OPEN, PURCHASES
from services.refusals import InThePast, Refusal, WrongStatus
from services.stock import receive
from services.suppliers import bought_at, supplier_named
from services.validate import line, reason_given
from services.waiting_lines import hold_owners, hold_waiting
from services.work import Work
from services.workflow import advance

RECENT = timedelta(days=7)
_SHOWN = 500


class CameMeanwhile(Refusal):
    """Somebody has just taken in a part of “{what}”: {rest} are still awaited. Look at it again."""


class AlreadyPlanned(Refusal):
    """“{what}” is already on the purchase plan for this car."""


@dataclass(frozen=True)
class ToBuy:
    """A line of the plan as the store sees it, with the booking or order that waits for it; `starts_at` is when it is booked
    for, or promised."""

    line: PurchaseLine
    unit: str
    place: str
    number: str
    plate: str
    customer: str
    starts_at: datetime | None


def plan(
    work: Work,
    *,
    what: str = "",
    part_id: int | None = None,
    quantity: Decimal = Decimal(1),
    appointment_id: int | None = None,
    order_id: int | None = None,
    more: bool = False,
) -> PurchaseLine:
    """Put a part on the plan: one of the catalogue, or in words; for a booking, an order, or the shelf.

    `more`: it is needed besides what is planned already. Refuses nothing said, odd quantities, AlreadyPlanned.
    """
    work.needs(*may.ISSUES_PARTS, *may.BOOKS)
    name = line(work.get(Part, part_id).name if part_id is not None else what, N_("Part"), 160)
    if appointment_id is not None:
        work.lock(Appointment, appointment_id)
        _not_twice(work, name, PurchaseLine.appointment_id == appointment_id, more)
    if order_id is not None:
        work.lock(WorkOrder, order_id)
        _not_twice(work, name, PurchaseLine.order_id == order_id, more)
    row = work.add(
        PurchaseLine(part_id=part_id, appointment_id=appointment_id, order_id=order_id, what=name,
                     quantity=quantity_typed(quantity), created_at=work.now, by_id=work.by.id)
    )  # fmt: skip
    work.event(row, "created", after=row.status.value)
    return row


def _not_twice(work: Work, name: str, whose: Any, more: bool) -> None:
    twice = (whose, col(PurchaseLine.status).in_(OPEN), PurchaseLine.what == name)
    if not more and work.db.exec(select(PurchaseLine.id).where(*twice)).first():
        raise AlreadyPlanned(what=name)


def order(work: Work, line_id: int) -> PurchaseLine:
    """It was ordered."""
    hold_owners(work, line_id)
    row: PurchaseLine = advance(work, PURCHASES, line_id, "order")
    return row


def expect(work: Work, line_id: int, *, supplier: str = "", expected_on: date | None = None) -> PurchaseLine:
    """From whom it comes, and when; a supplier nobody knew is noted as a new one.

    Refuses a day that has passed, and what is no longer awaited.
    """
    hold_owners(work, line_id)
    row: PurchaseLine = advance(work, PURCHASES, line_id, "expect")
    if expected_on is not None and expected_on < work.local(work.now).date():
        raise InThePast
    known = supplier_named(work, supplier)
    row.supplier, row.supplier_id = (known.name, known.id) if known else ("", None)
    row.expected_on = expected_on
    return work.add(row)


def come_in(
    work: Work,
    line_id: int,
    *,
    quantity: Decimal | None = None,
    unit_cost: Decimal | None = None,
    seen: Decimal | None = None,
) -> PurchaseLine:
    """It is in, for this line: what the catalogue has goes into stock with it, anything else is only noted.

    Of less than was ordered the rest is still awaited, on the line it was; what is more lies free. `unit_cost` is what a unit
    cost this time, without one as expected; `seen` how much the screen said was awaited. Refuses odd quantities and costs, what
    is no longer awaited, and with CameMeanwhile when it is less by now.
    """
    part_id = work.get(PurchaseLine, line_id).part_id
    if part_id is not None:
        hold_waiting(work, part_id)  # orders, bookings, part, lines: everybody takes hold of them in this order
        work.lock(Part, part_id)
    row = work.lock(PurchaseLine, line_id)
    if row.status not in OPEN:
        raise WrongStatus(status=row.status.label)
    if seen is not None and seen != row.quantity:
        raise CameMeanwhile(what=row.what, rest=f"{row.quantity.normalize():f}")
    came = row.quantity if quantity is None else quantity_typed(quantity)
    row = _share(work, row, came) if came < row.quantity else row
    if unit_cost is not None:
        row.unit_cost = cost_typed(unit_cost)
    if part_id is not None:
        receive(work, part_id, quantity=came, unit_cost=row.unit_cost, first=row.id, purchase_line_id=row.id)
        bought_at(work, row)
    if row.status in OPEN:  # in words, or more is owed to others than lies there now: it has come all the same
        advance(work, PURCHASES, row.id, "come_in")
        row.arrived_at = work.now
    return work.add(row)


def _share(work: Work, row: PurchaseLine, came: Decimal) -> PurchaseLine:
    """A line of its own for what came; the rest stays on the older one."""
    row.quantity -= came
    work.event(row, "came_in_part", rest=f"{row.quantity.normalize():f}")
    return work.add(
        PurchaseLine(part_id=row.part_id, appointment_id=row.appointment_id, order_id=row.order_id, what=row.what, quantity=came,
                     status=row.status, supplier=row.supplier, supplier_id=row.supplier_id, expected_on=row.expected_on,
                     purchase_order_id=row.purchase_order_id, unit_cost=row.unit_cost, created_at=row.created_at,
                     by_id=row.by_id)
    )  # fmt: skip


def drop(work: Work, line_id: int, *, reason: str) -> PurchaseLine:
    """It is not bought, with the reason. A booking that waits for nothing else is told (services/desk_rules.py)."""
    reason = reason_given(reason)
    hold_owners(work, line_id)
    row: PurchaseLine = advance(work, PURCHASES, line_id, "drop", reason=reason)
    row.reason = reason
    return work.add(row)


def lines_of(work: Work, appointment_id: int) -> list[PurchaseLine]:
    """What was or is to be bought for a booking, the oldest first."""
    mine = select(PurchaseLine).where(PurchaseLine.appointment_id == appointment_id)
    return list(work.db.exec(mine.order_by(col(PurchaseLine.id))))


def to_order(work: Work, appointment_id: int) -> list[tuple[Part, Decimal]]:
    """What the jobs of a booking lack and nobody has planned to buy yet."""
    planned = {one.part_id for one in lines_of(work, appointment_id) if one.status in OPEN}
    return [(part, many) for part, many in missing_parts(work, appointment_id) if part.id not in planned]


def give_up_lines(work: Work, appointment_id: int, *, reason: str) -> None:
    """A booking is over: what was only planned for it is not needed; what is ordered comes to the shelf."""
    for row in lines_of(work, appointment_id):
        if row.status == PurchaseStatus.PLANNED:
            drop(work, row.id, reason=reason)


def give_up_of_order(work: Work, order_id: int, *, reason: str) -> None:
    """A visit ends without work: what was only planned for it is not needed; what is ordered comes to the shelf."""
    mine = (PurchaseLine.order_id == order_id, PurchaseLine.status == PurchaseStatus.PLANNED)
    for key in work.db.exec(select(PurchaseLine.id).where(*mine).order_by(col(PurchaseLine.id))).all():
        drop(work, key, reason=reason)


def purchase_list(work: Work, statuses: Sequence[PurchaseStatus]) -> list[ToBuy]:
    """The lines in those statuses, for the earliest booking first; what came in or was dropped only of the last days. One query."""
    query: Any = (
        sa_select(PurchaseLine, Part, Appointment, WorkOrder, col(Vehicle.plate), col(Customer.name))
        .outerjoin(Part, col(Part.id) == col(PurchaseLine.part_id))
        .outerjoin(Appointment, col(Appointment.id) == col(PurchaseLine.appointment_id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(PurchaseLine.order_id))
        .outerjoin(Vehicle, col(Vehicle.id) == func.coalesce(Appointment.vehicle_id, WorkOrder.vehicle_id))
        .outerjoin(Customer, col(Customer.id) == func.coalesce(Appointment.customer_id, WorkOrder.customer_id))
        .where(col(PurchaseLine.status).in_(statuses))
    )
    if not OPEN.issuperset(statuses):
        query = query.where(col(PurchaseLine.arrived_at) >= work.now - RECENT)
    rows = work.db.execute(query.order_by(col(PurchaseLine.id).desc()).limit(_SHOWN)).all()
    found = []
    for row, part, booking, visit, plate, customer in rows:
        number = (booking or visit).number if booking or visit else ""
        until = booking.starts_at if booking else visit.promised_at if visit else None
        unit, place = (part.unit, part.place) if part else ("", "")
        found.append(ToBuy(row, unit, place, number, plate or "", customer or "", until))
    return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or one.line.created_at, one.line.id))
