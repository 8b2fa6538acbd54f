"""A booking: made, confirmed, moved. The place is a reservation of bay and person, which the database guards."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from db.enums import BayKind, Channel, Skill
from db.models import Appointment, AppointmentJob, Bay, Garage, Job, Reservation, Staff, Vehicle
from services import permissions as may
from services.appointment_moves import APPOINTMENTS
from services.booking_messages import confirmed_message, moved_message
from services.booking_policy import check_policy
from services.capacity import capacity
from services.catalogue import Estimate, estimate
from services.free_time import Need
from services.i18n import N_
from services.numbers import daily_number
from services.part_reservations import reserve_parts
from services.refusals import Refusal
from services.reminders import remind
from services.stock_questions import stock_question_typed
from services.symptoms import Answers, checked_answers
from services.validate import text
from services.work import Work
from services.workflow import advance


class PlaceGone(Refusal):
    """This place is no longer held. Look at the new state."""


class LengthFollowsJobs(Refusal):
    """How long a booking takes follows from its jobs."""


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
    place (capacity_refusals), with SlotTaken or a descendant when somebody was faster.
    """
    work.needs(*may.BOOKS)
    car, concern = work.get(Vehicle, vehicle_id), text(concern, N_("Concern"), CONCERN)
    told = estimate(work, job_ids)
    exception = check_policy(work, starts_at, override_reason)
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
            override_reason=exception,
            answers=checked_answers(answers),
            stock_question=stock_question_typed(stock_question),
            wished_at=wished_at,
            created_at=work.now,
        )
    )
    write_jobs(work, row, told)
    work.event(row, "created", after=row.status.value, at=starts_at.isoformat())
    _reserve(work, row, told.needs, bay_id, staff_id, 0)
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
    leg: int = 0,
    override_reason: str = "",
) -> Appointment:
    """Another time, bay or person for a booking; the history keeps both times, and the customer is told a new time.

    `bay_id` and `staff_id` are wishes for the leg of that number. Refuses as `book` does.
    """
    old = work.lock(Appointment, appointment_id).starts_at
    details = {"was": old.isoformat() if old else "", "now": starts_at.isoformat(), **_names(work, bay_id, staff_id)}
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "move", **details)
    if starts_at != old:
        row.override_reason = check_policy(work, starts_at, override_reason) or row.override_reason
    row.starts_at = starts_at
    release(work, row.id)
    _reserve(work, row, needs_of(work, row.id), bay_id, staff_id, leg)
    if starts_at != old:
        moved_message(work, row)
        remind(work, row)
    return row


def move_stay(
    work: Work, reservation_id: int, *, starts_at: datetime, bay_id: int | None = None, staff_id: int | None = None
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
    stays = select(Reservation).where(Reservation.appointment_id == dragged.appointment_id)
    alike = [one for one in work.db.exec(stays) if (one.bay_id is None) == (dragged.bay_id is None)]
    alike.sort(key=lambda one: one.starts_at)
    first = alike[0].starts_at + (starts_at - dragged.starts_at)
    leg = alike.index(dragged)
    return move(work, dragged.appointment_id, starts_at=first, bay_id=bay_id, staff_id=staff_id, leg=leg)


def needs_of(work: Work, appointment_id: int) -> list[Need]:
    """What the booked jobs ask of bays and people."""
    query = select(Job.bay_kind, Job.skill, AppointmentJob.minutes).join(Job, col(Job.id) == col(AppointmentJob.job_id))
    mine = query.where(AppointmentJob.appointment_id == appointment_id).order_by(col(AppointmentJob.id))
    return [Need(BayKind(kind), Skill(skill), minutes) for kind, skill, minutes in work.db.exec(mine)]


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
            _reserve(work, row, needs, bay, person, 0)
            break
        except Refusal:
            if bay is None:
                raise


def _reserve(
    work: Work, row: Appointment, needs: Sequence[Need], bay_id: int | None, staff_id: int | None, leg: int
) -> None:
    """One booking after the other: the second of two people sees the first one's place and may still get another bay."""
    work.lock(Garage, work.garage.id)
    assert row.starts_at is not None
    free = capacity(work, work.local(row.starts_at).date())
    stays = free.place(free.legs(needs), row.starts_at, bay_id=bay_id, staff_id=staff_id, leg=leg)
    for stay in stays:
        for place in ({"bay_id": stay.bay_id}, {"staff_id": stay.staff_id}):
            work.add(Reservation(appointment_id=row.id, starts_at=stay.starts_at, ends_at=stay.ends_at, **place))


def _names(work: Work, bay_id: int | None, staff_id: int | None) -> dict[str, str]:
    """The bay and person asked for, by name."""
    bay = work.get(Bay, bay_id).name if bay_id is not None else ""
    person = work.get(Staff, staff_id).name if staff_id is not None else ""
    return {key: name for key, name in (("bay", bay), ("person", person)) if name}
