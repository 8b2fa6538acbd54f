"""A booking: made, confirmed, moved. The place is a reservation of bay and person, which the database guards."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from db.enums import Channel
from db.models import Appointment, AppointmentJob, Bay, Job, Reservation, Staff, Vehicle
from services import permissions as may
from services.appointment_moves import APPOINTMENTS
from services.booking_messages import CONFIRMED_KIND, TIME_KINDS, confirmed_message, moved_message
from services.booking_places import find_place, hold, place_for
from services.catalogue import Estimate, estimate
from services.free_time import Need, Wish
from services.i18n import N_
from services.numbers import daily_number
from services.part_reservations import reserve_parts
from services.picking import pick_anew
from services.refusals import Refusal
from services.reminders import forget, remind
from services.returning import return_kind
from services.stock_questions import stock_question_typed
from services.symptoms import Answers, checked_answers
from services.validate import text
from services.work import Work
from services.workflow import advance, allowed


class PlaceGone(Refusal):
    """This place is no longer held. Look at the new state."""


class LengthFollowsJobs(Refusal):
    """How long a booking takes follows from its jobs."""


_MOVE = APPOINTMENTS.move("move")
SERIES = "B"  # bookings are B261122-01
CONCERN, CLARIFICATION = 2000, 2000  # characters


def book(
    work: Work,
    vehicle_id: int,
    *,
    concern: str,
    job_ids: Sequence[int],
    starts_at: datetime,
    bay_id: int | None = None,
    staff_id: int | None = None,
    channel: Channel = Channel.PHONE,
    garage_called: bool = False,
    clarification: str = "",
    waits: bool = False,
    override_reason: str = "",
    answers: Answers | None = None,
    stock_question: str = "",
    wished_at: datetime | None = None,
) -> Appointment:
    """Book a car in: bay, person and free parts are reserved, the booking is confirmed and the customer told.

    `bay_id` and `staff_id` are wishes for the first leg; without them the program chooses. `wished_at` is the wish as asked,
    whatever is booked. Parts that are not free are asked for in the stock question; the booking stands. Refuses a blank or too
    long concern, no jobs, unknown answers, times outside the policy (booking_policy), and whatever stands in the way of the
    place (capacity_refusals), with SlotTaken or a descendant when somebody was faster. A car that comes back is put before the
    manager (returning).
    """
    work.needs(*may.BOOKS)
    car, concern = work.get(Vehicle, vehicle_id), text(concern, N_("Concern"), CONCERN)
    told = estimate(work, job_ids)
    placed = place_for(work, starts_at, told.needs, wish=Wish(bay_id, staff_id), reason=override_reason)
    row = work.add(
        Appointment(
            number=daily_number(work, SERIES),
            customer_id=car.customer_id,
            vehicle_id=car.id,
            advisor_id=work.by.id,
            channel=channel,
            garage_called=garage_called,
            concern=concern,
            clarification=text(clarification, N_("Clarification"), CLARIFICATION, needed=False),
            starts_at=starts_at,
            minutes=told.minutes,
            price=told.price,
            waits=waits,
            override_reason=placed.exemption.reason,
            answers=checked_answers(answers),
            stock_question=stock_question_typed(stock_question),
            wished_at=wished_at,
            returns=return_kind(work, car.id, job_ids),
            created_at=work.now,
        )
    )
    write_jobs(work, row, told)
    work.event(row, "created", after=row.status.value, at=starts_at.isoformat(), **placed.exemption.details)
    hold(work, row, placed.stays)
    reserve_parts(work, row, told.parts_needed)
    return confirm(work, row.id)


def confirm(work: Work, appointment_id: int) -> Appointment:
    """The booking stands, and the customer gets a message with time and address. Refuses with NoPlace before a time is reserved."""
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "confirm")
    confirmed_message(work, row)
    remind(work, row)
    return row


def move(
    work: Work,
    appointment_id: int,
    *,
    starts_at: datetime,
    bay_id: int | None = None,
    staff_id: int | None = None,
    wish: Wish | None = None,
    override_reason: str = "",
) -> Appointment:
    """Another time, bay or person for a booking; the history keeps both times, and the customer is told a new time.

    `bay_id` and `staff_id` are wishes for the first stay, a `wish` for any. Refuses as `book` does; the rules of the day do
    not count when it stays the same day.
    """
    row = work.lock(Appointment, appointment_id)
    old, wish = row.starts_at, wish or Wish(bay_id, staff_id)
    details = {"was": old.isoformat() if old else "", "now": starts_at.isoformat(), **_names(work, wish)}
    placed = None
    if row.status in _MOVE.before and allowed(_MOVE, work.by):
        needs = needs_of(work, row.id)
        placed = place_for(work, starts_at, needs, wish=wish, reason=override_reason, without=row.id, was=old)
        details |= placed.exemption.details
    advance(work, APPOINTMENTS, appointment_id, "move", **details)
    assert placed
    row.override_reason = placed.exemption.reason or row.override_reason
    row.starts_at = starts_at
    release(work, row.id)
    hold(work, row, placed.stays)
    if starts_at != old:
        unheard = CONFIRMED_KIND in forget(work, row, TIME_KINDS)  # sent after this one it would say the old time
        (confirmed_message if unheard else moved_message)(work, row)
        remind(work, row)
        pick_anew(work, row)
    return row


def move_stay(
    work: Work,
    reservation_id: int,
    *,
    starts_at: datetime,
    bay_id: int | None = None,
    staff_id: int | None = None,
    override_reason: str = "",
) -> Appointment:
    """One stay of a booking was dragged: the whole visit moves by as much, that stay goes to the bay or person wished.

    Refuses as `move` does, with PlaceGone when the place is no longer held, and LengthFollowsJobs when nothing but the
    length was changed.
    """
    dragged = work.db.get(Reservation, reservation_id)
    if dragged is None or dragged.appointment_id is None:
        raise PlaceGone
    if starts_at == dragged.starts_at and bay_id in (None, dragged.bay_id) and staff_id in (None, dragged.staff_id):
        raise LengthFollowsJobs
    held = work.db.exec(select(Reservation).where(Reservation.appointment_id == dragged.appointment_id)).all()
    begins = min(one.starts_at for one in held)
    first = begins + (starts_at - dragged.starts_at)
    wish = _dragged(held, dragged, bay_id, staff_id)
    return move(work, dragged.appointment_id, starts_at=first, wish=wish, override_reason=override_reason)


def _dragged(held: Sequence[Reservation], dragged: Reservation, bay_id: int | None, staff_id: int | None) -> Wish:
    """The bay or person wished for the stay that was dragged; who works on it with them is kept when free."""
    number = sorted({one.starts_at for one in held}).index(dragged.starts_at)
    others = {one.staff_id for one in held if one.starts_at == dragged.starts_at and one.id != dragged.id}
    return Wish(bay_id, staff_id, number, frozenset(key for key in others if key) if dragged.staff_id else frozenset())


def needs_of(work: Work, appointment_id: int) -> list[Need]:
    """What the booked jobs ask of bays and people."""
    query = select(Job, AppointmentJob.minutes).join(AppointmentJob, col(Job.id) == col(AppointmentJob.job_id))
    mine = query.where(AppointmentJob.appointment_id == appointment_id).order_by(col(AppointmentJob.id))
    return [Need(job.bay_kind, job.skill, minutes, job.people, job.group) for job, minutes in work.db.exec(mine)]


def write_jobs(work: Work, row: Appointment, told: Estimate) -> None:
    """The jobs of a booking with the time and price the customer was told."""
    for one in told.offered:
        work.db.add(AppointmentJob(appointment_id=row.id, job_id=one.job.id, minutes=one.job.minutes, price=one.price))
    work.db.flush()


def release(work: Work, appointment_id: int) -> None:
    """Give the place of a booking back."""
    for held in work.db.exec(select(Reservation).where(Reservation.appointment_id == appointment_id)):
        work.db.delete(held)
    work.db.flush()


def reserve_anew(work: Work, row: Appointment) -> None:
    """The place of a booking whose jobs changed, at its time: bay and person as before where that goes, else others.

    Refuses as `book` does. A booking without a place stays without one.
    """
    had = work.db.exec(
        select(Reservation).where(Reservation.appointment_id == row.id).order_by(col(Reservation.id))
    ).all()
    if not had:
        return
    release(work, row.id)
    needs = needs_of(work, row.id)
    bay_id = next((held.bay_id for held in had if held.bay_id), None)
    staff_id = next((held.staff_id for held in had if held.staff_id), None)
    for bay, person in ((bay_id, staff_id), (bay_id, None), (None, None)):
        try:
            assert row.starts_at
            hold(work, row, find_place(work, row.starts_at, needs, wish=Wish(bay, person))[1])
            break
        except Refusal:
            if bay is None:
                raise


def _names(work: Work, wish: Wish) -> dict[str, str]:
    """The bay and person asked for, by name."""
    bay = work.get(Bay, wish.bay_id).name if wish.bay_id is not None else ""
    person = work.get(Staff, wish.staff_id).name if wish.staff_id is not None else ""
    return {key: name for key, name in (("bay", bay), ("person", person)) if name}
