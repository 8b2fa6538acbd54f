"""The flow of a booking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import EXPECTED
from db.enums import AppointmentStatus as S
from db.models import Appointment, ContactAttempt, Reservation
from services import permissions as may
from services.i18n import N_
from services.refusals import Refusal
from services.work import Work
from services.workflow import Flow, Move


class NoPlace(Refusal):
    """No time is reserved for this booking yet."""


class TimePassed(Refusal):
    """The booked time has passed. Choose a new one."""


class GraceRunning(Refusal):
    """The customer still has time to come: not a no-show before {minutes} minutes after the booked time."""


class NotTriedYet(Refusal):
    """Try to reach the customer first, and note the try."""


@dataclass
class Facts:
    """A booking with what its conditions ask about."""

    appointment: Appointment
    now: datetime
    grace_minutes: int
    placed: bool = False
    tried: bool = False


def load_appointments(work: Work, rows: Sequence[Appointment]) -> dict[int, Facts]:
    """Facts by booking id. Two queries, however many bookings."""
    found = {a.id: Facts(a, work.now, work.garage.grace_minutes) for a in rows}
    placed = select(Reservation.appointment_id).where(col(Reservation.appointment_id).in_(found))
    for key in work.db.exec(placed):
        found[key or 0].placed = True
    tries = select(ContactAttempt.appointment_id).where(col(ContactAttempt.appointment_id).in_(found))
    for key in work.db.exec(tries):
        found[key or 0].tried = True
    return found


def _placed(f: Facts) -> Refusal | None:
    return None if f.placed else NoPlace()


def _ahead(f: Facts) -> Refusal | None:
    starts = f.appointment.starts_at
    return TimePassed() if starts is not None and starts < f.now else None


def _grace_over(f: Facts) -> Refusal | None:
    starts = f.appointment.starts_at
    over = starts is not None and f.now >= starts + timedelta(minutes=f.grace_minutes)
    return None if over else GraceRunning(minutes=f.grace_minutes)


def _tried(f: Facts) -> Refusal | None:
    return None if f.tried else NotTriedYet()


_OPEN = frozenset(EXPECTED)
MOVES: tuple[Move[Facts], ...] = (
    Move("confirm", N_("Confirm"), "event_available", frozenset({S.REQUESTED, S.WAITING_PARTS}), S.CONFIRMED, may.BOOKS, "B08",
         (_placed, _ahead), primary=True),
    Move("arrive", N_("Arrived"), "directions_car", frozenset({S.CONFIRMED}), S.ARRIVED, may.RECEIVES, "R01", primary=True),
    Move("move", N_("Move"), "event_repeat", _OPEN, None, may.BOOKS, "B11"),
    Move("change_jobs", N_("Change the jobs"), "edit_note", _OPEN, None, may.BOOKS, "B04"),
    Move("wait_parts", N_("Wait for parts"), "inventory_2", frozenset({S.REQUESTED, S.CONFIRMED}), S.WAITING_PARTS,
         (*may.BOOKS, *may.ISSUES_PARTS), "B10"),
    Move("tried", N_("Note a try to reach them"), "phone_missed", frozenset({S.CONFIRMED, S.WAITING_PARTS}), None, may.BOOKS,
         "B11"),
    Move("no_show", N_("No-show"), "person_off", frozenset({S.CONFIRMED}), S.NO_SHOW, may.BOOKS, "B11", (_grace_over, _tried)),
    Move("cancel", N_("Cancel the booking"), "event_busy", _OPEN, S.CANCELLED, may.BOOKS, "B11"),
    Move("give_up", N_("Wish not met"), "sentiment_dissatisfied", frozenset({S.REQUESTED}), S.UNMET, may.BOOKS, "B11"),
)  # fmt: skip
APPOINTMENTS: Flow[Facts] = Flow(Appointment, MOVES, load_appointments)
