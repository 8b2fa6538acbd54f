"""Parts taken from the shelf on the eve (P02): what is kept for a booking lies ready with a label, and may go back again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select

from db.enums import EXPECTED, AppointmentStatus
from db.models import Appointment, Event, Part, PartReservation, Vehicle
from services import permissions as may
from services.papers import quantity_words
from services.refusals import NotNow, Refusal
from services.work import Work

PICKED, ANEW, BACK = "picked", "pick_anew", "put_back"
OVER = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.UNMET)
_LOOK_BACK = timedelta(days=60)  # what was not put back by then is a matter for the next count
Kept = Sequence[tuple[PartReservation, Part]]


class NothingToPick(Refusal):
    """Nothing is kept for this booking that does not lie ready already."""


@dataclass(frozen=True)
class Left:
    """A booking that is over and whose parts still lie ready; `parts` in words."""

    id: int
    number: str
    plate: str
    status: AppointmentStatus
    parts: str


def pick(work: Work, appointment_id: int) -> int:
    """Everything kept for a booking lies ready with its label; returns how many parts that are.

    What is missing is not waited for: it is picked when it has come. Refuses with NotAllowed, NotFound, NotNow (the car has
    come or the booking is off), NothingToPick.
    """
    row = _coming(work, appointment_id)
    kept = _kept(work, row)
    waiting = [pair for pair in kept if pair[0].picked_at is None]
    if not waiting:
        raise NothingToPick
    for one, _ in waiting:
        one.picked_at, one.picked_by_id = work.now, work.by.id
        work.db.add(one)
    work.event(row, PICKED, parts=_words(waiting), ready=_each(kept))
    return len(waiting)


def put_back(work: Work, appointment_id: int) -> int:
    """What lay ready is on its shelf again, and still kept for the booking. Refuses as `pick` does."""
    number = _undo(work, _coming(work, appointment_id), BACK)
    if not number:
        raise NotNow
    return number


def pick_anew(work: Work, row: Appointment) -> None:
    """A booking has another time: labels say the old one, so what lay ready has to be picked and labelled once more."""
    _undo(work, row, ANEW)


def left_over(work: Work) -> list[Left]:
    """Bookings that are over, of the last two months, whose parts nobody has put back. Two queries."""
    happened = col(Event.action).in_((PICKED, ANEW, BACK))
    query = (
        select(Appointment.id, func.max(Event.id))
        .join(Event, (col(Event.subject) == "appointment") & (col(Event.subject_id) == col(Appointment.id)))
        .where(col(Appointment.status).in_(OVER), col(Appointment.starts_at) >= work.now - _LOOK_BACK, happened)
        .group_by(col(Appointment.id))
    )
    last = [event for _, event in work.db.exec(query)]
    found = (
        select(Appointment, Vehicle.plate, Event)
        .join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))
        .join(Event, col(Event.subject_id) == col(Appointment.id))
        .where(col(Event.id).in_(last), Event.action != BACK)
        .order_by(col(Event.id))
    )
    return [Left(row.id, row.number, plate, row.status, _lay_ready(event)) for row, plate, event in work.db.exec(found)]


def put_away(work: Work, appointment_id: int) -> None:
    """The parts of a booking that is over are on their shelves again. Refuses with NotAllowed, NotFound, NotNow."""
    work.needs(*may.ISSUES_PARTS)
    row = work.lock(Appointment, appointment_id)
    mine = [one for one in left_over(work) if one.id == appointment_id]
    if not mine:
        raise NotNow
    work.event(row, BACK, parts=mine[0].parts)


def _coming(work: Work, appointment_id: int) -> Appointment:
    """A booking that is still to come; the second of two tablets waits here."""
    work.needs(*may.ISSUES_PARTS)
    row = work.lock(Appointment, appointment_id)
    if row.status not in EXPECTED:
        raise NotNow
    return row


def _kept(work: Work, row: Appointment) -> Kept:
    query = select(PartReservation, Part).join(Part, col(Part.id) == col(PartReservation.part_id))
    mine = query.where(PartReservation.appointment_id == row.id).order_by(Part.code)
    return list(work.db.exec(mine.execution_options(populate_existing=True)))


def _undo(work: Work, row: Appointment, action: str) -> int:
    ready = [pair for pair in _kept(work, row) if pair[0].picked_at is not None]
    for one, _ in ready:
        one.picked_at, one.picked_by_id = None, None
        work.db.add(one)
    if ready:
        work.event(row, action, parts=_words(ready))
    return len(ready)


def _lay_ready(event: Event) -> str:
    """All that lay ready after the event, not only what it added."""
    return ", ".join(event.details.get("ready", ())) or str(event.details.get("parts", ""))


def _words(kept: Kept) -> str:
    return ", ".join(_each(kept))


def _each(kept: Kept) -> list[str]:
    return [f"{quantity_words(one.quantity, part.unit)} {part.name}" for one, part in kept]
