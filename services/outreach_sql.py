"""The statements behind the lists of cars to call: built once, bounded by an index however long the history."""

from functools import cache
from typing import Any

from sqlalchemy import Date, String, and_, bindparam, exists, func, literal, or_, union_all
from sqlmodel import col, select

from db.enums import EXPECTED, Channel, OrderStatus
from db.enums_desk import OutreachReason, OutreachResult
from db.models import Appointment, CarDue, ContactConsent, Customer, OutreachCall, Vehicle, WorkOrder
from db.types import UtcDateTime

MOST = 50  # a list longer than that is not worked through in a day
TRIES = 3
ENDS = (OutreachResult.NO, OutreachResult.DONE_ELSEWHERE)  # never called about that occasion again
_GONE = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)
_HERE = [
    status for status in OrderStatus if status not in _GONE
]  # named one by one: an index finds these, not "all but those"

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


def _wanted() -> Any:
    """Who may be called about it today: consent, no word against it, no call today, not booked, not in the shop."""
    call, visit, order = (
        exists().select_from(OutreachCall),
        exists().select_from(Appointment),
        exists().select_from(WorkOrder),
    )
    over = or_(col(OutreachCall.result).in_(ENDS), col(OutreachCall.again_on) > _TODAY)
    coming = or_(col(Appointment.starts_at).is_(None), col(Appointment.starts_at) >= _MIDNIGHT)
    return and_(
        or_(col(CarDue.until).is_(None), col(CarDue.until) >= _TODAY),
        ~col(Customer.no_calls),
        col(Customer.phone).is_not(None),
        func.coalesce(_MAY_PHONE, True),
        ~call.where(*_SAME, over),
        ~call.where(col(OutreachCall.customer_id) == col(Customer.id), col(OutreachCall.at) >= _MIDNIGHT),
        _TRIES < TRIES,
        ~visit.where(
            col(Appointment.vehicle_id) == col(CarDue.vehicle_id), col(Appointment.status).in_(EXPECTED), coming
        ),
        ~order.where(col(WorkOrder.vehicle_id) == col(CarDue.vehicle_id), col(WorkOrder.status).in_(_HERE)),
    )


def _joined(query: Any, reason: Any, first: Any, last: Any) -> Any:
    return (
        query.join(Vehicle, col(Vehicle.id) == col(CarDue.vehicle_id))
        .join(Customer, col(Customer.id) == col(Vehicle.customer_id))
        .where(col(CarDue.reason) == reason, col(CarDue.due_on).between(first, last), _wanted())
    )


@cache  # building such a statement costs as much as running it
def rows() -> Any:
    """The cars of one list: `reason`, `first` and `last` day, `most`, `today` and its `midnight`."""
    listed = select(CarDue, Vehicle, Customer, _TRIES).select_from(CarDue)
    query = _joined(listed, bindparam("reason"), bindparam("first", type_=Date()), bindparam("last", type_=Date()))
    order = (col(CarDue.due_on), col(CarDue.vehicle_id))  # as the index has them: it stops when the list is full
    return query.order_by(*order).limit(bindparam("most"))


@cache
def lengths() -> Any:
    """How long each list is, by reason: `first_…` and `last_…` of each, `today` and its `midnight`.

    One subquery for all the lists, because a database plans each one it is given.
    """
    asked = union_all(*(
        select(literal(reason.value, String()).label("reason"), bindparam(f"first_{reason}", type_=Date()).label("first"),
               bindparam(f"last_{reason}", type_=Date()).label("last"))
        for reason in OutreachReason
    )).subquery("asked")  # fmt: skip
    found = _joined(select(CarDue.vehicle_id).select_from(CarDue), asked.c.reason, asked.c.first, asked.c.last)
    some = found.correlate(asked).limit(MOST).subquery()
    return select(asked.c.reason, select(func.count()).select_from(some).correlate(asked).scalar_subquery())
