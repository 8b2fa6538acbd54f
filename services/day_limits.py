"""Limits: at most so many bookings a day for the jobs of one group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlmodel import col, delete, select

from db.enums import AppointmentStatus
from db.models import Appointment, AppointmentJob, DayLimit, Job
from services import permissions as may
from services import validate
from services.free_time import Need
from services.i18n import N_
from services.slots import instant
from services.work import Work

MOST = 30
COUNTS = (
    AppointmentStatus.REQUESTED, AppointmentStatus.CONFIRMED, AppointmentStatus.WAITING_PARTS, AppointmentStatus.ARRIVED,
)  # fmt: skip


def day_limits(work: Work) -> dict[str, int]:
    """How many bookings a day each limited group of jobs takes."""
    return {row.group: row.most for row in work.db.exec(select(DayLimit).order_by(DayLimit.group))}


def set_day_limits(work: Work, *, limits: Mapping[str, int]) -> None:
    """Replace the limits. Refuses with NotAllowed, Missing (no group) or OutOfRange (1 to 30 bookings)."""
    work.needs(*may.MANAGES)
    for most in limits.values():
        validate.within(most, N_("Bookings a day"), 1, MOST)
    clean = {validate.line(group, N_("Group of jobs"), 60): most for group, most in limits.items()}
    work.db.exec(delete(DayLimit))
    for group, most in clean.items():
        work.add(DayLimit(group=group, most=most))
    work.event(work.garage, "day_limits", limits=clean)


def full_days(
    work: Work, needs: Iterable[Need], first: date, days: int, without: int | None = None
) -> dict[date, tuple[str, int]]:
    """The days on which a group these jobs belong to has all its bookings: the group and its limit.

    The booking `without` does not count. One query when none of the groups is limited, else two.
    """
    groups = {need.group for need in needs}
    limits = {group: most for group, most in day_limits(work).items() if group in groups}
    if not limits:
        return {}
    counts = _counts(work, limits, first, days, without)
    every = (first + timedelta(days=number) for number in range(days))
    full = ((day, group, most) for day in every for group, most in limits.items() if counts[day, group] >= most)
    return {day: (group, most) for day, group, most in full}


def _counts(
    work: Work, groups: Iterable[str], first: date, days: int, without: int | None
) -> dict[tuple[date, str], int]:
    start, end = instant(first, 0, work.zone), instant(first + timedelta(days=days), 0, work.zone)
    query = (
        select(Appointment.id, Appointment.starts_at, Job.group)
        .join(AppointmentJob, col(AppointmentJob.appointment_id) == col(Appointment.id))
        .join(Job, col(Job.id) == col(AppointmentJob.job_id))
        .where(col(Appointment.starts_at) >= start, col(Appointment.starts_at) < end)
        .where(col(Appointment.status).in_(COUNTS), col(Job.group).in_(list(groups)))
        .distinct()
    )
    found: dict[tuple[date, str], int] = defaultdict(int)
    for key, at, group in work.db.exec(query):
        if key != without and isinstance(at, datetime):
            found[work.local(at).date(), group] += 1
    return found
