"""What the follow-up screen shows: calls to make, one call with what went before, open complaints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from db.enums import ComplaintStatus, FollowUpStatus
from db.models import Complaint, ContactAttempt, Customer, FollowUp, OrderJob, Vehicle, WorkOrder
from services.care_moves import Call, load_follow_ups
from services.people import names
from services.shared import shared
from services.work import Work

OPEN_CALLS = (FollowUpStatus.DUE, FollowUpStatus.NOT_REACHED, FollowUpStatus.REACHED)
MOST = 200
VISITS = 5


@dataclass
class CallCard:
    """One call: whom, about which car and visit, how often it was tried."""

    follow_up: FollowUp
    customer: Customer
    vehicle: Vehicle
    order: WorkOrder
    tries: int


@dataclass
class Visit:
    """An earlier visit of the car: what was done, promised when and handed over when."""

    order: WorkOrder
    jobs: list[str]


@dataclass
class CallRecord:
    """A call with its answers, its tries and what went before."""

    card: CallCard
    facts: Call
    attempts: list[ContactAttempt] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    complaint_id: int | None = None


@dataclass
class ComplaintCard:
    """One complaint: whose, about which order, who looks after it."""

    complaint: Complaint
    customer: Customer
    order: WorkOrder | None
    vehicle: Vehicle | None
    responsible: str


def open_calls(work: Work) -> list[CallCard]:
    """Calls still to be made or finished, the longest due first. Two queries."""
    return shared(work, open_calls, lambda: _cards(work, [col(FollowUp.status).in_(OPEN_CALLS)]))


def call_record(work: Work, follow_up_id: int) -> CallRecord | None:
    """One call with everything about it; None when there is none."""
    found = _cards(work, [col(FollowUp.id) == follow_up_id])
    if not found:
        return None
    card = found[0]
    tries = select(ContactAttempt).where(ContactAttempt.follow_up_id == follow_up_id).order_by(col(ContactAttempt.id))
    complaint = select(Complaint.id).where(Complaint.follow_up_id == follow_up_id)
    return CallRecord(
        card,
        load_follow_ups(work, [card.follow_up])[follow_up_id],
        list(work.db.exec(tries)),
        _visits(work, card.vehicle.id),
        work.db.exec(complaint).first(),
    )


def next_call(cards: Iterable[CallCard], now: datetime) -> CallCard | None:
    """The call to make next: due now, and nobody is speaking with them already."""
    waiting = (c for c in cards if c.follow_up.status != FollowUpStatus.REACHED)
    return next((c for c in waiting if c.follow_up.due_at <= now), None)


def open_complaints(work: Work) -> list[ComplaintCard]:
    """Complaints not closed, the oldest first. Two queries."""
    return shared(work, open_complaints, lambda: _complaints(work, [Complaint.status != ComplaintStatus.CLOSED]))


def complaint_record(work: Work, complaint_id: int) -> ComplaintCard | None:
    """One complaint; None when there is none."""
    found = _complaints(work, [col(Complaint.id) == complaint_id])
    return found[0] if found else None


def _cards(work: Work, where: Sequence[ColumnElement[bool]]) -> list[CallCard]:
    query = (
        select(FollowUp, Customer, Vehicle, WorkOrder)
        .join(WorkOrder, col(WorkOrder.id) == col(FollowUp.order_id))
        .join(Customer, col(Customer.id) == col(FollowUp.customer_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(*where)
        .order_by(col(FollowUp.due_at), col(FollowUp.id))
        .limit(MOST)
    )
    rows = work.db.exec(query).all()
    tries = _tries(work, [call.id for call, _, _, _ in rows])
    return [CallCard(call, customer, car, order, tries.get(call.id, 0)) for call, customer, car, order in rows]


def _tries(work: Work, calls: Sequence[int]) -> dict[int, int]:
    query = select(ContactAttempt.follow_up_id, func.count()).where(col(ContactAttempt.follow_up_id).in_(calls))
    return {key or 0: count for key, count in work.db.exec(query.group_by(col(ContactAttempt.follow_up_id)))}


def _visits(work: Work, vehicle_id: int) -> list[Visit]:
    mine = select(WorkOrder).where(WorkOrder.vehicle_id == vehicle_id, col(WorkOrder.delivered_at).is_not(None))
    orders = work.db.exec(mine.order_by(col(WorkOrder.delivered_at).desc()).limit(VISITS)).all()
    jobs: dict[int, list[str]] = {order.id: [] for order in orders}
    done = select(OrderJob.order_id, OrderJob.title).where(
        col(OrderJob.order_id).in_(jobs), col(OrderJob.done_at).is_not(None)
    )
    for order_id, title in work.db.exec(done.order_by(col(OrderJob.id))):
        jobs[order_id].append(title)
    return [Visit(order, jobs[order.id]) for order in orders]


def _complaints(work: Work, where: Sequence[ColumnElement[bool] | bool]) -> list[ComplaintCard]:
    query = (
        select(Complaint, Customer, WorkOrder, Vehicle)
        .join(Customer, col(Customer.id) == col(Complaint.customer_id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(Complaint.order_id))
        .outerjoin(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(*where)
        .order_by(col(Complaint.received_at), col(Complaint.id))
        .limit(MOST)
    )
    staff = names(work)
    return [
        ComplaintCard(complaint, customer, order, car, staff.get(complaint.responsible_id or 0, ""))
        for complaint, customer, order, car in work.db.exec(query)
    ]
