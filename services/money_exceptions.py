"""What the manager wants to know of every day: discounts, lines charged less, credit, what was taken back, orders opened again.

Read from what was done, so nothing can be left out.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select

from db.choice import Label
from db.enums_money import DiscountReason
from db.models import Event, Vehicle, WorkOrder
from services.event_labels import event_label
from services.i18n import N_
from services.indicators import Span
from services.people import names
from services.work import Work

ACTIONS = (
    "discount",
    "discount_given",
    "discount_refused",
    "charge_less",
    "credit",
    "refund",
    "reverse_payment",
    "credit_note",
    "reopen",
)
MOST = 500  # the newest ones: more than anybody reads
_OURS = {str(reason.label) for reason in DiscountReason}


@dataclass(frozen=True)
class Exceptional:
    """One act on money that is not the usual way. `reason`: a label of ours, or what somebody typed."""

    order_id: int
    number: str
    plate: str
    what: str
    amount: Decimal | None
    reason: str
    note: str
    by: str
    at: datetime


def money_exceptions(work: Work, span: Span) -> list[Exceptional]:
    """Those of the days, the newest first. Two queries."""
    starts, ends = span.bounds(work.zone)
    query = (
        select(Event, WorkOrder.number, Vehicle.plate)
        .join(WorkOrder, col(WorkOrder.id) == col(Event.subject_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(Event.subject == "work_order", col(Event.action).in_(ACTIONS), Event.at >= starts, Event.at < ends)
        .order_by(col(Event.id).desc())
        .limit(MOST)
    )
    staff = names(work)
    return [_exceptional(event, number, plate, staff) for event, number, plate in work.db.exec(query)]


def _exceptional(event: Event, number: str, plate: str, staff: dict[int, str]) -> Exceptional:
    said = event.details
    what = N_("Discount withdrawn") if "withdrawn" in said else event_label(event.subject, event.action)
    amount, reason = said.get("amount"), str(said.get("reason") or said.get("line") or "")
    note = f"{said['was']} → {said['quantity']}" if "quantity" in said else str(said.get("note") or "")
    return Exceptional(
        event.subject_id, number, plate, what, Decimal(amount) if amount else None,
        Label(reason) if reason in _OURS else reason, note, staff.get(event.by_id or 0, ""), event.at,
    )  # fmt: skip
