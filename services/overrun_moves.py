"""One tap: a car that takes longer keeps its place until it is done, and what follows moves as was shown."""

from collections.abc import Iterable

from sqlmodel import col, select

from db.enums import OrderStatus as S
from db.enums_workshop import DelayReason
from db.models import Appointment, Garage, Reservation, WorkOrder
from services import permissions as may
from services.at_work import Span
from services.delays import open_delay, report
from services.order_moves import ORDERS
from services.overruns import Overrun, overruns
from services.refusals import NotNow, Refusal
from services.shop_floor import Key
from services.what_follows import PROMISE, Moved
from services.work import Work

_GIVEN = (S.IN_WORK, S.REWORK)


class NoPlaceToday(Refusal):
    """There is no place left today for {plates}. Call the customer and move the booking first."""


class BeingChanged(Refusal):
    """Somebody is just changing a car that follows. Try again in a moment."""


def move_what_follows(work: Work, order_id: int) -> Overrun:
    """Hold the places of a car that takes longer until its work is done, move what is in the way, and give the advisor the task
    to tell everyone whose promise breaks by it. A booking keeps its time; only the places held for it move.

    Refuses with NotAllowed, NotNow when it does not overrun (any more: somebody was faster), NoPlaceToday, BeingChanged.
    """
    work.needs(*may.DISPATCHES)
    order = work.lock(WorkOrder, order_id)
    work.lock(Garage, work.garage.id)
    found = next((one for one in overruns(work) if one.card.id == order_id), None)
    if found is None or not (found.holds or found.moves or found.stuck):
        raise NotNow
    if found.stuck:
        raise NoPlaceToday(plates=", ".join(one.plate for one in found.stuck))
    late = {one.order_id for one in found.left if one.words == PROMISE and one.order_id}
    orders = _held(work, {*late, *(one.visit.order_id for one in found.moves if one.visit.order_id)} - {order_id})
    _clear(work, found.moves)
    _extend(work, found)
    for one in found.moves:
        _put(work, one, orders)
    work.note(order, "overran", until=found.busy.ends_at.isoformat())
    _tell(work, found)
    return found


def _held(work: Work, keys: set[int]) -> dict[int, WorkOrder]:
    """The orders, locked without waiting: whoever holds one of them may be waiting for this very act."""
    query = select(WorkOrder).where(col(WorkOrder.id).in_(sorted(keys))).order_by(col(WorkOrder.id))
    rows = work.db.exec(query.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    found = {row.id: row for row in rows}
    if set(found) != keys:
        raise BeingChanged
    return found


def _clear(work: Work, moves: Iterable[Moved]) -> None:
    """All at once first, so that nothing is in the way of its own row."""
    for one in moves:
        visit = one.visit
        mine = (Reservation.order_id == visit.order_id, Reservation.appointment_id == visit.appointment_id)
        for row in work.db.exec(select(Reservation).where(*mine, Reservation.starts_at == visit.starts_at)):
            work.db.delete(row)
    work.db.flush()


def _put(work: Work, one: Moved, orders: dict[int, WorkOrder]) -> None:
    visit = one.visit
    for kind, key in one.keys:
        _hold(work, (kind, key), (one.starts_at, one.ends_at), visit.order_id, visit.appointment_id)
    order = orders.get(visit.order_id or 0)
    if order and one.fit and order.status in _GIVEN and order.technician_id in visit.staff:
        order.technician_id, order.bay_id = one.fit.hand.id, one.fit.bay.id
        work.db.add(order)
    subject = order or work.get(Appointment, visit.appointment_id)
    names = {"staff": one.fit.hand.name, "bay": one.fit.bay.name} if one.fit else {}
    work.note(subject, "pushed", was=visit.starts_at.isoformat(), now=one.starts_at.isoformat(), **names)


def _extend(work: Work, found: Overrun) -> None:
    """What is held still is held longer; what ran out is held anew."""
    order = found.card.order
    rows = work.db.exec(select(Reservation).where(Reservation.order_id == order.id)).all()
    for key, span in found.holds:
        row = next((one for one in rows if _key(one) == key and one.ends_at == span[0]), None)
        if row:
            row.ends_at = span[1]
            work.add(row)
        else:
            _hold(work, key, span, order.id, order.appointment_id)


def _hold(work: Work, key: Key, span: Span, order_id: int | None, appointment_id: int | None) -> None:
    place = {"staff_id": key[1]} if key[0] == "staff" else {"bay_id": key[1]}
    work.add(Reservation(order_id=order_id, appointment_id=appointment_id, starts_at=span[0], ends_at=span[1], **place))


def _key(row: Reservation) -> Key:
    return ("staff", row.staff_id) if row.staff_id else ("bay", row.bay_id or 0)


def _tell(work: Work, found: Overrun) -> None:
    """The advisor is to tell each customer whose promise breaks, unless that is already being done."""
    for one in found.left:
        if one.order_id is None or one.words != PROMISE or open_delay(work, one.order_id):
            continue
        if work.get(WorkOrder, one.order_id).status in ORDERS.move("report_delay").before:
            reason = DelayReason.HARDER if one.order_id == found.card.id else DelayReason.PEOPLE
            report(work, one.order_id, reason=reason, minutes=_quarters(one.minutes))


def _quarters(minutes: int) -> int:
    return -(-minutes // 15) * 15
