"""Parts kept for bookings: never more than lies on the shelf, whoever asks at the same moment."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import EXPECTED
from db.models import Appointment, AppointmentJob, JobPart, Part, PartReservation
from services.stock_questions import ask_about
from services.work import Work

NONE = Decimal(0)


def reserved(work: Work, part_ids: Collection[int], *, without: int | None = None) -> dict[int, Decimal]:
    """How much of each part is kept for bookings, the booking `without` left out; parts nobody waits for are not named."""
    query = select(PartReservation.part_id, func.sum(PartReservation.quantity)).group_by(col(PartReservation.part_id))
    mine = query.where(col(PartReservation.part_id).in_(part_ids), PartReservation.appointment_id != (without or 0))
    return dict(work.db.exec(mine).all())


def reserve_parts(work: Work, row: Appointment, needed: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Keep what a booking needs as far as it is free, in place of what it had; returns what is missing, by part id.

    The parts are locked in the order of their ids, so two bookings cannot keep the same last one, nor wait for each other.
    """
    had = {held.part_id: held for held in _held(work, row.id)}
    parts = lock_parts(work, {*needed, *had})
    others = reserved(work, list(parts), without=row.id)
    missing = {}
    for key, part in parts.items():
        wanted = needed.get(key, NONE)
        kept = min(wanted, max(part.on_hand - others.get(key, NONE), NONE))
        _write(work, row.id, key, had.get(key), kept)
        if kept < wanted:
            missing[key] = wanted - kept
    work.db.flush()
    asked = row.stock_question
    if missing:
        ask_about(row, [(parts[key], missing[key]) for key in missing])
    if row.stock_question != asked:
        work.event(row, "stock_asked", question=row.stock_question)
    return missing


def let_go(work: Work, appointment_id: int | None) -> None:
    """What was kept for a booking is free again."""
    if appointment_id is not None:
        work.lock(Appointment, appointment_id)
        for held in _held(work, appointment_id):
            work.db.delete(held)
        work.db.flush()


def use_up(work: Work, appointment_id: int | None, part_id: int, quantity: Decimal) -> None:
    """So much of what was kept for a booking went out to its car. The part is locked by the caller."""
    held = next((one for one in _held(work, appointment_id or 0) if one.part_id == part_id), None)
    if held:
        _write(work, appointment_id or 0, part_id, held, max(held.quantity - quantity, NONE))
        work.db.flush()


def give_way(work: Work, part: Part) -> None:
    """Less lies on the shelf than is kept: the latest bookings lose it, and their question about stock is asked again.

    The part is locked by the caller. A booking somebody is just writing on is passed over.
    """
    too_much = reserved(work, [part.id]).get(part.id, NONE) - max(part.on_hand, NONE)
    if too_much <= 0:
        return
    held = _by_booking(work, part.id)
    for row in reversed(_unlocked(work, held)):
        lost = min(held[row.id].quantity, too_much)
        if lost:
            too_much -= lost
            _write(work, row.id, part.id, held[row.id], held[row.id].quantity - lost)
            ask_about(row, [(part, lost)])
            work.event(row, "part_taken", part=part.name)
    work.db.flush()


def keep_for_waiting(work: Work, part: Part) -> None:
    """More lies on the shelf: bookings ahead that lack the part get it, the earliest first.

    The part is locked by the caller. A booking somebody is just writing on is passed over.
    """
    free = free_of(work, part)
    wanted = _wanted(work, part.id) if free > 0 else {}
    held = _by_booking(work, part.id)
    for row in _unlocked(work, wanted):
        had = held.get(row.id)
        kept = had.quantity if had else NONE
        more = min(wanted[row.id] - kept, free)
        if more > 0:
            free -= more
            _write(work, row.id, part.id, had, kept + more)
    work.db.flush()


def free_of(work: Work, part: Part) -> Decimal:
    """What lies on the shelf and is kept for nobody; less than nothing when more is kept than lies there."""
    return part.on_hand - reserved(work, [part.id]).get(part.id, NONE)


def keep_more(work: Work, part: Part, appointment_id: int, quantity: Decimal) -> None:
    """So much more is kept for a booking. Part and booking are locked by the caller, who saw that it is free."""
    had = next((one for one in _held(work, appointment_id) if one.part_id == part.id), None)
    _write(work, appointment_id, part.id, had, (had.quantity if had else NONE) + quantity)
    work.db.flush()


def missing_parts(work: Work, appointment_id: int) -> list[tuple[Part, Decimal]]:
    """What the jobs of a booking ask for and is not kept for it, with how much is missing. Two queries."""
    asked = (
        select(Part, func.sum(JobPart.quantity))
        .join(JobPart, col(JobPart.part_id) == col(Part.id))
        .join(AppointmentJob, col(AppointmentJob.job_id) == col(JobPart.job_id))
        .where(AppointmentJob.appointment_id == appointment_id)
        .group_by(col(Part.id))
        .order_by(col(Part.id))
    )
    kept = {held.part_id: held.quantity for held in _held(work, appointment_id)}
    lacking = [(part, wanted - kept.get(part.id, NONE)) for part, wanted in work.db.exec(asked)]
    return [(part, many) for part, many in lacking if many > 0]


def free_stock(work: Work, parts: Iterable[Part], *, without: int | None = None) -> dict[int, Decimal]:
    """By part, what lies on the shelf for a car of the booking `without`: what is kept for other bookings is not. One query."""
    shelf = {part.id: part.on_hand for part in parts}
    kept = reserved(work, list(shelf), without=without)
    return {key: max(on_hand - kept.get(key, NONE), NONE) for key, on_hand in shelf.items()}


def lock_parts(work: Work, part_ids: Iterable[int]) -> dict[int, Part]:
    """The parts as they are now, held until the end, by id in rising order."""
    query = select(Part).where(col(Part.id).in_(sorted(part_ids))).order_by(col(Part.id))
    locked = query.with_for_update().execution_options(populate_existing=True)
    return {part.id: part for part in work.db.exec(locked)}


def _held(work: Work, appointment_id: int) -> list[PartReservation]:
    return _fresh(work, PartReservation.appointment_id == appointment_id)


def _by_booking(work: Work, part_id: int) -> dict[int, PartReservation]:
    return {held.appointment_id or 0: held for held in _fresh(work, PartReservation.part_id == part_id)}


def _fresh(work: Work, which: Any) -> list[PartReservation]:
    query = select(PartReservation).where(which).order_by(col(PartReservation.id))
    return list(work.db.exec(query.execution_options(populate_existing=True)))


def _unlocked(work: Work, appointment_ids: Collection[int]) -> list[Appointment]:
    """The bookings, earliest first, held until the end. Whoever holds one may wait for the part held here: those are left out."""
    query = select(Appointment).where(col(Appointment.id).in_(appointment_ids))
    by_time = query.order_by(col(Appointment.starts_at), col(Appointment.id)).with_for_update(skip_locked=True)
    return list(work.db.exec(by_time.execution_options(populate_existing=True)))


def _wanted(work: Work, part_id: int) -> dict[int, Decimal]:
    """How much of the part the jobs of each booking ahead ask for."""
    query = (
        select(Appointment.id, func.sum(JobPart.quantity))
        .join(AppointmentJob, col(AppointmentJob.appointment_id) == col(Appointment.id))
        .join(JobPart, col(JobPart.job_id) == col(AppointmentJob.job_id))
        .where(
            JobPart.part_id == part_id, col(Appointment.status).in_(EXPECTED), col(Appointment.starts_at) >= work.now
        )
        .group_by(col(Appointment.id))
    )
    return dict(work.db.exec(query).all())


def _write(work: Work, appointment_id: int, part_id: int, had: PartReservation | None, quantity: Decimal) -> None:
    """Exactly `quantity` is kept. What was picked already stays picked only while its quantity does."""
    if had is None:
        if quantity:
            work.db.add(
                PartReservation(part_id=part_id, appointment_id=appointment_id, quantity=quantity, created_at=work.now)
            )
    elif not quantity:
        work.db.delete(had)
    elif quantity != had.quantity:
        had.quantity, had.picked_at, had.picked_by_id = quantity, None, None
        work.db.add(had)
