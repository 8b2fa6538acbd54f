"""What else becomes of a booking: cancelled, waiting for a part, the customer not reached, not come, a wish not met."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from db.enums import AppointmentStatus, Channel, UnmetReason
from db.models import Appointment, ContactAttempt, Vehicle
from services import permissions as may
from services.appointment_moves import APPOINTMENTS
from services.booking import CLARIFICATION, CONCERN, SERIES, confirm, move, release, write_jobs
from services.booking_messages import TIME_KINDS, cancelled_message
from services.catalogue import estimate
from services.i18n import N_
from services.numbers import daily_number
from services.part_reservations import let_go
from services.purchase_moves import OPEN
from services.purchases import give_up_lines, lines_of, plan, to_order
from services.reminders import KINDS, forget
from services.symptoms import Answers, checked_answers
from services.validate import line, reason_given, text
from services.work import Work
from services.workflow import advance

REASON = 300  # characters


def cancel(work: Work, appointment_id: int, *, reason: str) -> Appointment:
    """Cancel with a reason: the place is free again and the customer told. Refuses with ReasonMissing or TooLong."""
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "cancel", reason=reason_given(reason))
    row.reason = reason_given(reason)
    release(work, row.id)
    let_go(work, row.id)
    give_up_lines(work, row.id, reason=row.reason)
    forget(work, row, (*KINDS, *TIME_KINDS))
    cancelled_message(work, row)
    return row


def wait_parts(
    work: Work, appointment_id: int, *, part: str = "", parts: Mapping[int, Decimal] | None = None
) -> Appointment:
    """The booking is held until parts are there; its place stays reserved, and the purchase plan gets a line for each.

    `parts` are those of the catalogue with their quantities, `part` one in words. Refuses neither, and what is planned already.
    """
    words = line(part, N_("Part"), 160, needed=not parts)
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "wait_parts", part=words)
    forget(work, row)
    return _plan_parts(work, row, words, parts or {})


def must_order(work: Work, row: Appointment, note: str = "") -> Appointment:
    """The store's answer was no: the booking waits for what its jobs lack, or for what was asked in words."""
    parts = {part.id: many for part, many in to_order(work, row.id)}
    words = "" if parts else (note or row.stock_question or row.concern)[:160]  # the whole of it stays with the booking
    if row.status != AppointmentStatus.WAITING_PARTS:
        return wait_parts(work, row.id, part=words, parts=parts)
    planned = [one.what for one in lines_of(work, row.id) if one.status in OPEN]
    return _plan_parts(work, row, "" if words in planned else words, parts, planned)


def agree(work: Work, appointment_id: int, *, starts_at: datetime) -> Appointment:
    """The parts are in, or the request suits: the time is agreed and the booking stands; the customer gets one message.

    Refuses as `move` and `confirm` do.
    """
    row = work.lock(Appointment, appointment_id)
    if row.starts_at != starts_at:
        move(work, appointment_id, starts_at=starts_at)
        forget(work, row, TIME_KINDS)  # the confirmation says it all
    return confirm(work, appointment_id)


def _plan_parts(
    work: Work, row: Appointment, words: str, parts: Mapping[int, Decimal], planned: Sequence[str] = ()
) -> Appointment:
    """A line for each part; the reason names all the booking waits for, those `planned` before too."""
    lines = [plan(work, part_id=key, quantity=many, appointment_id=row.id) for key, many in sorted(parts.items())]
    if words:
        lines.append(plan(work, what=words, appointment_id=row.id))
    row.reason = ", ".join((*planned, *(one.what for one in lines)))[:REASON]
    return work.add(row)


def tried(work: Work, appointment_id: int, *, note: str = "", channel: Channel = Channel.PHONE) -> ContactAttempt:
    """Note a try to reach the customer who has not come. Refuses a note over 500 characters."""
    note = text(note, N_("Note"), 500, needed=False)
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "tried", note=note)
    return work.add(
        ContactAttempt(customer_id=row.customer_id, appointment_id=row.id, channel=channel, note=note, at=work.now,
                       by_id=work.by.id)
    )  # fmt: skip


def no_show(work: Work, appointment_id: int) -> Appointment:
    """The customer did not come; what is left of the place is free again. Refuses with GraceRunning and NotTriedYet."""
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "no_show")
    release(work, row.id)
    let_go(work, row.id)
    forget(work, row)
    return row


def wish_not_met(
    work: Work,
    vehicle_id: int,
    *,
    concern: str,
    job_ids: Sequence[int],
    wish: datetime | None,
    unmet: UnmetReason,
    note: str = "",
    channel: Channel = Channel.PHONE,
    clarification: str = "",
    answers: Answers | None = None,
) -> Appointment:
    """Keep a wish that could not be met, with its reason, for the manager.

    Refuses a blank concern, too long texts and unknown answers.
    """
    work.needs(*may.BOOKS)
    car, concern = work.get(Vehicle, vehicle_id), text(concern, N_("Concern"), CONCERN)
    row = work.add(
        Appointment(number=daily_number(work, SERIES), customer_id=car.customer_id, vehicle_id=car.id, advisor_id=work.by.id,
                    channel=channel, concern=concern, starts_at=wish, wished_at=wish, created_at=work.now,
                    clarification=text(clarification, N_("Clarification"), CLARIFICATION, needed=False),
                    answers=checked_answers(answers))
    )  # fmt: skip
    if job_ids:
        told = estimate(work, job_ids)
        row.minutes, row.price = told.minutes, told.price
        write_jobs(work, row, told)
    work.event(row, "created", after=row.status.value)
    return give_up(work, row.id, unmet=unmet, note=note)


def give_up(work: Work, appointment_id: int, *, unmet: UnmetReason, note: str = "") -> Appointment:
    """Nothing suited the customer. Refuses a note over 300 characters."""
    note = text(note, N_("Note"), 300, needed=False)
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "give_up", reason=unmet.label, note=note)
    row.unmet_reason, row.reason = unmet, note
    release(work, row.id)
    let_go(work, row.id)
    return row
