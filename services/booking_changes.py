"""What else becomes of a booking: cancelled, waiting for a part, the customer not reached, not come, a wish not met."""

from collections.abc import Sequence
from datetime import datetime

from db.enums import Channel, UnmetReason
from db.models import Appointment, ContactAttempt, Vehicle
from services import permissions as may
from services.appointment_moves import APPOINTMENTS
from services.booking import CONCERN, SERIES, release, write_jobs
from services.booking_messages import cancelled_message
from services.catalogue import estimate
from services.i18n import N_
from services.numbers import daily_number
from services.part_reservations import let_go
from services.validate import line, reason_given, text
from services.work import Work
from services.workflow import advance


def cancel(work: Work, appointment_id: int, *, reason: str) -> Appointment:
    """Cancel with a reason: the place is free again and the customer told. Refuses with ReasonMissing or TooLong."""
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "cancel", reason=reason_given(reason))
    row.reason = reason_given(reason)
    release(work, row.id)
    let_go(work, row.id)
    cancelled_message(work, row)
    return row


def wait_parts(work: Work, appointment_id: int, *, part: str) -> Appointment:
    """The booking is held until a part is there; its place stays reserved. `part` says which. Refuses a blank one."""
    what = line(part, N_("Part"), 300)
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "wait_parts", part=what)
    row.reason = what
    return row


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
) -> Appointment:
    """Keep a wish that could not be met, with its reason, for the manager. Refuses a blank concern and too long texts."""
    work.needs(*may.BOOKS)
    car, concern = work.get(Vehicle, vehicle_id), text(concern, N_("Concern"), CONCERN)
    row = work.add(
        Appointment(number=daily_number(work, SERIES), customer_id=car.customer_id, vehicle_id=car.id, advisor_id=work.by.id,
                    channel=channel, concern=concern, starts_at=wish, wished_at=wish, created_at=work.now)
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
