"""The garage's bookings as a calendar to subscribe to. Asked for often, so it reads columns only and tells when nothing changed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from db.enums import AppointmentStatus
from db.models import Appointment, AppointmentJob, Bay, Event, Job, Reservation, Staff, Vehicle
from services.boards import local_day
from services.calendar_entries import OFF, CalendarEntry, calendar_bytes
from services.i18n import N_, translate
from services.newest import newest
from services.people import names
from services.work import Work

BACK, AHEAD = timedelta(days=30), timedelta(days=90)
_SHOWN = tuple(status for status in AppointmentStatus if status not in OFF)


def feed_version(work: Work) -> tuple[str, datetime]:
    """What changes when the feed may have changed, and since when it stands: two look-ups, however long the history."""
    last, version = newest(work.db.connection())
    today, _ = local_day(work)
    row = work.db.get(Event, last) if last else None
    return f"{today:%Y%m%d}-{version}", max(today.astimezone(UTC), row.at) if row else today


def feed_file(work: Work) -> bytes:
    """The bookings from 30 days back to 90 ahead, in the garage's language: plate, jobs, bay, people. No names of customers."""
    name = translate(work.garage.language, N_("Bookings of {garage}"), garage=work.garage.name)
    head = {"x_wr_calname": name, "x_wr_timezone": work.garage.zone, "x_published_ttl": "PT15M"}
    return calendar_bytes(_entries(work), "PUBLISH", **head)


def _entries(work: Work) -> Iterator[CalendarEntry]:
    """Five queries, however many bookings."""
    today, _ = local_day(work)
    within: Any = (
        col(Appointment.starts_at) >= today - BACK,
        col(Appointment.starts_at) < today + AHEAD,
        col(Appointment.status).in_(_SHOWN),
    )
    keys = select(col(Appointment.id)).where(*within)
    jobs, places, changed, staff = _jobs(work, keys), _places(work, keys), _changed(work, keys), names(work)
    query = select(
        *(col(getattr(Appointment, name)) for name in _COLUMNS), col(Vehicle.plate)
    ).join(Vehicle, col(Vehicle.id) == col(Appointment.vehicle_id))  # fmt: skip
    labels = {status: translate(work.garage.language, status.label) for status in _SHOWN}
    for row in work.db.execute(query.where(*within).order_by(col(Appointment.starts_at), col(Appointment.id))):
        where, ends = places.get(row.id, ({}, row.starts_at + timedelta(minutes=row.minutes)))
        told = (row.number, labels[row.status], staff.get(row.advisor_id or 0, ""))
        yield CalendarEntry(
            row.number, row.created_at, row.version, changed.get(row.id, row.created_at), row.starts_at, ends, row.status,
            f"{row.plate} · {' · '.join(jobs[row.id]) or row.concern}", " · ".join(where), "\n".join(filter(None, told)),
        )  # fmt: skip


_COLUMNS = ("id", "number", "created_at", "version", "starts_at", "minutes", "status", "concern", "advisor_id")


def _jobs(work: Work, keys: Any) -> dict[int, list[str]]:
    query = select(col(AppointmentJob.appointment_id), col(Job.name)).join(
        Job, col(Job.id) == col(AppointmentJob.job_id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in work.db.execute(
        query.where(col(AppointmentJob.appointment_id).in_(keys)).order_by(col(AppointmentJob.id))
    ):
        found[key].append(name)
    return found


def _places(work: Work, keys: Any) -> dict[int, tuple[dict[str, None], datetime]]:
    """The bays and people held for each booking, bays first, and until when."""
    query = (
        select(col(Reservation.appointment_id), col(Reservation.ends_at), col(Bay.name), col(Staff.name))
        .outerjoin(Bay, col(Bay.id) == col(Reservation.bay_id))
        .outerjoin(Staff, col(Staff.id) == col(Reservation.staff_id))
        .where(col(Reservation.appointment_id).in_(keys))
        .order_by(col(Reservation.staff_id).is_not(None), col(Reservation.starts_at), col(Reservation.id))
    )
    found: dict[int, tuple[dict[str, None], datetime]] = {}
    for key, ends, bay, person in work.db.execute(query):
        held, last = found.get(key, ({}, ends))
        held[bay or person or ""] = None
        found[key] = (held, max(last, ends))
    return found


def _changed(work: Work, keys: Any) -> dict[int, datetime]:
    """When something last happened to each booking."""
    about = (col(Event.subject) == "appointment", col(Event.subject_id).in_(keys))
    query = select(col(Event.subject_id), func.max(col(Event.at))).where(*about).group_by(col(Event.subject_id))
    return {row[0]: row[1] for row in work.db.execute(query)}
