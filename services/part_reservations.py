"""Parts kept for bookings and cars here: never more than lies on the shelf, whoever asks at the same moment."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.models import Appointment, AppointmentJob, JobPart, Part, PartReservation
from services.holders import Holder, drop_kept, held_by, write
from services.stock_questions import ask_about
from services.work import Work

NONE = Decimal(0)


def reserved(
    work: Work, part_ids: Collection[int], *, without: int | None = None, order_id: int | None = None
) -> dict[int, Decimal]:
    """How much of each part is kept for bookings and cars here; what is kept for the booking `without` and for the order
    `order_id` left out. Parts nobody waits for are not named."""
    query = select(PartReservation.part_id, func.sum(PartReservation.quantity)).group_by(col(PartReservation.part_id))
    others = (
        func.coalesce(PartReservation.appointment_id, 0) != (without or -1),
        func.coalesce(PartReservation.order_id, 0) != (order_id or -1),
    )
    return dict(work.db.exec(query.where(col(PartReservation.part_id).in_(part_ids), *others)).all())


def reserve_parts(work: Work, row: Appointment, needed: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Keep what a booking needs as far as it is free, in place of what it had; returns what is missing, by part id.

    The parts are locked in the order of their ids, so two bookings cannot keep the same last one, nor wait for each other.
    """
    holder = Holder(row.id)
    had = held_by(work, holder)
    parts = lock_parts(work, {*needed, *had})
    others = reserved(work, list(parts), without=row.id)
    missing = {}
    for key, part in parts.items():
        wanted = needed.get(key, NONE)
        kept = min(wanted, max(part.on_hand - others.get(key, NONE), NONE))
        write(work, holder, key, had.get(key), kept)
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
        drop_kept(work, Holder(appointment_id))


def free_of(work: Work, part: Part) -> Decimal:
    """What lies on the shelf and is kept for nobody; less than nothing when more is kept than lies there."""
    return part.on_hand - reserved(work, [part.id]).get(part.id, NONE)


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
    held = held_by(work, Holder(appointment_id))
    lacking = [
        (part, wanted - (held[part.id].quantity if part.id in held else NONE)) for part, wanted in work.db.exec(asked)
    ]
    return [(part, many) for part, many in lacking if many > 0]


def free_stock(
    work: Work, parts: Iterable[Part], *, without: int | None = None, order_id: int | None = None
) -> dict[int, Decimal]:
    """By part, what lies on the shelf for a car of the booking `without` or the order `order_id`: what is kept for others
    is not. One query."""
    shelf = {part.id: part.on_hand for part in parts}
    kept = reserved(work, list(shelf), without=without, order_id=order_id)
    return {key: max(on_hand - kept.get(key, NONE), NONE) for key, on_hand in shelf.items()}


def lock_parts(work: Work, part_ids: Iterable[int]) -> dict[int, Part]:
    """The parts as they are now, held until the end, by id in rising order."""
    query = select(Part).where(col(Part.id).in_(sorted(part_ids))).order_by(col(Part.id))
    locked = query.with_for_update().execution_options(populate_existing=True)
    return {part.id: part for part in work.db.exec(locked)}
