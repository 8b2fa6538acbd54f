"""Other jobs for a booking that stands: its length, price, place and parts follow."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.models import Appointment, AppointmentJob
from services.appointment_moves import APPOINTMENTS
from services.booking import needs_of, reserve_anew, write_jobs
from services.booking_policy import DayFull, PolicyRefusal, excused
from services.catalogue import estimate
from services.day_limits import full_days
from services.free_time import Need
from services.part_reservations import reserve_parts
from services.refusals import Refusal
from services.returning import return_kind
from services.work import Work
from services.workflow import advance


class NoLongerFits(Refusal):
    """With these jobs the visit takes {minutes} min and no longer fits at its time: {why} Move it first, or leave a job out."""


def job_ids_of(work: Work, appointment_id: int) -> list[int]:
    """The jobs of a booking, in their order."""
    return [job.job_id for job in _jobs(work, appointment_id)]


def change_jobs(work: Work, appointment_id: int, job_ids: Sequence[int], *, override_reason: str = "") -> Appointment:
    """Book these jobs instead: length and price as told now, parts kept anew, the same time, the same bay where that goes.

    Refuses with Missing when there are none, NotFound for one no longer offered, NoLongerFits when the place is too short, and
    with DayFull when a group of jobs comes in that has all its bookings that day, unless somebody who may gives a reason.
    """
    told = estimate(work, job_ids, without=appointment_id)
    exemption = excused(work, _full(work, appointment_id, told.needs), override_reason)
    names = ", ".join(one.job.name for one in told.offered)
    row: Appointment = advance(work, APPOINTMENTS, appointment_id, "change_jobs", jobs=names, **exemption.details)
    row.override_reason = exemption.reason or row.override_reason
    for old in _jobs(work, row.id):
        work.db.delete(old)
    row.minutes, row.price = told.minutes, told.price
    row.returns = row.returns or return_kind(work, row.vehicle_id, job_ids)
    write_jobs(work, row, told)
    try:
        reserve_anew(work, row)
    except Refusal as why:
        raise NoLongerFits(minutes=told.minutes, why=why) from why
    reserve_parts(work, row, told.parts_needed)
    return row


def _full(work: Work, appointment_id: int, needs: Sequence[Need]) -> list[PolicyRefusal]:
    """What the limits of the booked day say about groups of jobs the booking did not have so far."""
    at = work.lock(Appointment, appointment_id).starts_at
    had = {need.group for need in needs_of(work, appointment_id)}
    new = [need for need in needs if need.group not in had]
    if at is None or not new:
        return []
    full = full_days(work, new, work.local(at).date(), 1, appointment_id)
    return [DayFull(group=group, most=most) for group, most in full.values()]


def _jobs(work: Work, appointment_id: int) -> list[AppointmentJob]:
    mine = select(AppointmentJob).where(AppointmentJob.appointment_id == appointment_id)
    return list(work.db.exec(mine.order_by(col(AppointmentJob.id))))
