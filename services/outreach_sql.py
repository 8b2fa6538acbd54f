"""The statements behind the lists of cars to call: built once, bounded by an index however long the history."""

from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, func, literal, or_
from sqlmodel import col, select

from db.enums import AppointmentStatus, Channel, OrderStatus
from db.enums_desk import OutreachReason, OutreachResult
from db.models import Appointment, CarDue, ContactConsent, Customer, OutreachCall, Vehicle, WorkOrder
from db.types import UtcDateTime

MOST = 50  # a list longer than that is not worked through in a day
TRIES = 3
ENDS = (OutreachResult.NO, OutreachResult.DONE_ELSEWHERE)  # never called about that occasion again
_EXPECTED = (AppointmentStatus.REQUESTED, AppointmentStatus.CONFIRMED, AppointmentStatus.WAITING_PARTS)
_GONE = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)

_MIDNIGHT = bindparam("midnight", type_=UtcDateTime())
_TODAY = bindparam("today", type_=Date())
_CALL = (col(OutreachCall.vehicle_id) == col(CarDue.vehicle_id), col(OutreachCall.reason) == col(CarDue.reason))
_SAME = (*_CALL, col(OutreachCall.about) == col(CarDue.about), col(OutreachCall.customer_id) == col(Customer.id))
_TRIED = and_(*_SAME, col(OutreachCall.result) == OutreachResult.NOT_REACHED)
_TRIES = select(func.count()).select_from(OutreachCall).where(_TRIED).correlate(CarDue, Customer).scalar_subquery()
_MAY_PHONE = (
    select(ContactConsent.allowed)
    .where(col(ContactConsent.customer_id) == col(Customer.id), ContactConsent.channel == Channel.PHONE)
    .order_by(col(ContactConsent.id).desc())
    .limit(1)
    .correlate(Customer)
    .scalar_subquery()
)


def _none(table: Any, *where: Any) -> Any:
    """There is no such row. As a value and not as `NOT EXISTS`, which PostgreSQL would turn into a join with the whole table:
    looked up row by row it costs what is shown, and no more."""
    return (
        select(literal(1))
        .select_from(table)
        .where(*where)
        .limit(1)
        .correlate(CarDue, Customer)
        .scalar_subquery()
        .is_(None)
    )


def _wanted() -> Any:
    """Who may be called about it today: consent, no word against it, no call today, not booked, not in the shop."""
    over = or_(col(OutreachCall.result).in_(ENDS), col(OutreachCall.again_on) > _TODAY)
    coming = or_(col(Appointment.starts_at).is_(None), col(Appointment.starts_at) >= _MIDNIGHT)
    booked = and_(col(Appointment.vehicle_id) == col(CarDue.vehicle_id), col(Appointment.status).in_(_EXPECTED), coming)
    here = and_(col(WorkOrder.vehicle_id) == col(CarDue.vehicle_id), col(WorkOrder.status).not_in(_GONE))
    return and_(
        or_(col(CarDue.until).is_(None), col(CarDue.until) >= _TODAY),
        ~col(Customer.no_calls),
        col(Customer.phone).is_not(None),
        func.coalesce(_MAY_PHONE, True),
        _none(OutreachCall, *_SAME, over),
        _none(OutreachCall, col(OutreachCall.customer_id) == col(Customer.id), col(OutreachCall.at) >= _MIDNIGHT),
        _TRIES < TRIES,
        _none(Appointment, booked),
        _none(WorkOrder, here),
    )


def _joined(query: Any, reason: Any, first: str, last: str) -> Any:
    return (
        query.join(Vehicle, col(Vehicle.id) == col(CarDue.vehicle_id))
        .join(Customer, col(Customer.id) == col(Vehicle.customer_id))
        .where(col(CarDue.reason) == reason)
        .where(col(CarDue.due_on).between(bindparam(first, type_=Date()), bindparam(last, type_=Date())))
        .where(_wanted())
    )


@cache  # building such a statement costs as much as running it
def rows() -> Any:
    """The cars of one list: `reason`, `first` and `last` day, `most`, `today` and its `midnight`."""
    query = _joined(select(CarDue, Vehicle, Customer, _TRIES).select_from(CarDue), bindparam("reason"), "first", "last")
    order = (col(CarDue.due_on), col(CarDue.vehicle_id))  # as the index has them: it stops when the list is full
    return query.order_by(*order).limit(bindparam("most"))


@cache
def lengths() -> Any:
    """How long each list is, in the order of the reasons: `first_…` and `last_…` of each, `today` and its `midnight`."""
    lists = []
    for reason in OutreachReason:
        found = _joined(select(CarDue.vehicle_id).select_from(CarDue), reason, f"first_{reason}", f"last_{reason}")
        lists.append(select(func.count()).select_from(found.limit(MOST).subquery()).scalar_subquery())
    return select(*lists)
