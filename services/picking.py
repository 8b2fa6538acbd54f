"""Parts taken from the shelf on the eve (P02): what is kept for a booking lies ready with a label, and may go back again."""

from sqlmodel import col, select

from db.models import Appointment, PartReservation
from services import permissions as may
from services.day_bookings import COMING
from services.refusals import NotNow, Refusal
from services.work import Work


class NothingToPick(Refusal):
    """Nothing is kept for this booking that does not lie ready already."""


def pick(work: Work, appointment_id: int) -> int:
    """Everything kept for a booking lies ready with its label; returns how many parts that are.

    What is missing is not waited for: it is picked when it has come. Refuses with NotAllowed, NotFound, NotNow (the car has
    come or the booking is off), NothingToPick.
    """
    waiting = [one for one in _kept(work, appointment_id) if one.picked_at is None]
    if not waiting:
        raise NothingToPick
    for one in waiting:
        one.picked_at, one.picked_by_id = work.now, work.by.id
        work.db.add(one)
    work.event(work.get(Appointment, appointment_id), "picked", parts=len(waiting))
    return len(waiting)


def put_back(work: Work, appointment_id: int) -> int:
    """What lay ready is on its shelf again, and still kept for the booking. Refuses as `pick` does."""
    ready = [one for one in _kept(work, appointment_id) if one.picked_at is not None]
    if not ready:
        raise NotNow
    for one in ready:
        one.picked_at, one.picked_by_id = None, None
        work.db.add(one)
    work.event(work.get(Appointment, appointment_id), "put_back", parts=len(ready))
    return len(ready)


def pick_anew(work: Work, row: Appointment) -> None:
    """A booking has another time: labels say the old one, so what lay ready has to be picked and labelled once more."""
    mine = (PartReservation.appointment_id == row.id, col(PartReservation.picked_at).is_not(None))
    ready = list(work.db.exec(select(PartReservation).where(*mine)))
    for one in ready:
        one.picked_at, one.picked_by_id = None, None
        work.db.add(one)
    if ready:
        work.event(row, "pick_anew", parts=len(ready))


def _kept(work: Work, appointment_id: int) -> list[PartReservation]:
    """The parts kept for a booking that is still to come; the second of two tablets waits here."""
    work.needs(*may.ISSUES_PARTS)
    if work.lock(Appointment, appointment_id).status not in COMING:
        raise NotNow
    mine = select(PartReservation).where(PartReservation.appointment_id == appointment_id)
    return list(work.db.exec(mine.execution_options(populate_existing=True)))
