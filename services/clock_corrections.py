"""A clock set right afterwards, with a reason: its times change, what stood before is kept, nothing ever overlaps."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import Answer
from db.models import ClockCorrection, ClockEntry, Consent, ConsentItem, Event, OrderLine, Vehicle, WorkOrder
from services import permissions as may
from services.clock_rows import one_at_a_time, reaching
from services.i18n import N_
from services.people import names
from services.refusals import EndBeforeStart, NotAllowed, Refusal
from services.validate import reason_given
from services.work import Work

REASONS = (
    N_("Forgot to stop the clock"),
    N_("Forgot to start the clock"),
    N_("Called away"),
    N_("The tablet did not work"),
)
CORRECTED = "corrected"  # why a running clock ended


class ClockAhead(Refusal):
    """A clock cannot run into the future: it is {now} now."""


class ClockOverlaps(Refusal):
    """{name} worked on {plate} from {first} to {last}. The times must not overlap."""


class OutsideWork(Refusal):
    """The work on this car could be clocked from {first} to {last} only."""


class ClockChanged(Refusal):
    """This clock was just changed by someone else: {first} to {last}. Look at it again."""


def correct(
    work: Work,
    clock_id: int,
    *,
    reason: str,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    seen: tuple[datetime, datetime | None] | None = None,
) -> ClockCorrection:
    """Set a clock's begin, end or both right; an `ended_at` for one that runs ends it. `seen`: the times on the screen.

    The own clock, or as supervisor anybody's. Refuses with NotAllowed, ReasonMissing, ClockChanged, EndBeforeStart,
    ClockAhead, ClockOverlaps, and OutsideWork where the car was not in work or the job not agreed.
    """
    reason = reason_given(reason, 200)
    order: WorkOrder = work.lock(WorkOrder, work.get(ClockEntry, clock_id).order_id)
    clock = work.lock(ClockEntry, clock_id)
    _may_correct(work, clock)
    if seen is not None and (clock.started_at, clock.ended_at) != seen:
        raise ClockChanged(first=_hour(work, clock.started_at), last=_hour(work, clock.ended_at))
    one_at_a_time(work, clock.staff_id)
    first, last = started_at or clock.started_at, ended_at or clock.ended_at
    _in_order(work, first, last)
    _inside_work(work, clock, first, last)
    beside = _overlap(work, clock, first, last)
    row = ClockCorrection(clock_id=clock.id, started_was=clock.started_at, ended_was=clock.ended_at, started_at=first,
                          ended_at=last, reason=reason, at=work.now, by_id=work.by.id)  # fmt: skip
    clock.end_reason = clock.end_reason or (CORRECTED if last else "")
    clock.started_at, clock.ended_at, clock.beside = first, last, clock.beside or beside
    work.add(clock)
    work.event(order, "clock_corrected", order.status.value, order.status.value, who=names(work).get(clock.staff_id, ""),
               was=_times(work, row.started_was, row.ended_was), now=_times(work, first, last), reason=reason)  # fmt: skip
    return work.add(row)


def corrections(work: Work, clock_ids: Collection[int]) -> dict[int, ClockCorrection]:
    """The newest correction of each clock that has one, in one query."""
    query = select(ClockCorrection).where(col(ClockCorrection.clock_id).in_(clock_ids))
    return {row.clock_id: row for row in work.db.exec(query.order_by(col(ClockCorrection.id)))}


def _may_correct(work: Work, clock: ClockEntry) -> None:
    if clock.staff_id != work.by.id and not work.by.has(*may.DISPATCHES):
        raise NotAllowed(who=may.DISPATCHES[0].label)


def _in_order(work: Work, first: datetime, last: datetime | None) -> None:
    if max(first, last or first) > work.now:
        raise ClockAhead(now=_hour(work, work.now))
    if last is not None and last < first:
        raise EndBeforeStart


def _inside_work(work: Work, clock: ClockEntry, first: datetime, last: datetime | None) -> None:
    """Between the car's last change of status before the clock and the next one after it, and once the job was agreed."""
    changes = select(Event.at).where(Event.subject == WorkOrder.__tablename__, Event.subject_id == clock.order_id)
    changes = changes.where(col(Event.before) != col(Event.after))
    since = work.db.exec(
        changes.where(col(Event.at) <= clock.started_at).order_by(col(Event.at).desc()).limit(1)
    ).first()
    until = None
    if clock.ended_at:
        later = changes.where(col(Event.at) >= clock.ended_at).order_by(col(Event.at)).limit(1)
        until = work.db.exec(later).first()
    agreed = work.db.exec(_agreed(clock)).one()
    earliest = max((at for at in (since, agreed) if at), default=first)
    latest = until or work.now
    if first < earliest or (last or first) > latest:
        raise OutsideWork(first=_hour(work, earliest), last=_hour(work, latest))


def _agreed(clock: ClockEntry) -> Any:
    """When the customer last agreed to a line of the job, before the clock began."""
    return (
        select(func.max(Consent.at))
        .join(ConsentItem, col(ConsentItem.consent_id) == col(Consent.id))
        .join(OrderLine, col(OrderLine.id) == col(ConsentItem.line_id))
        .where(Consent.order_id == clock.order_id, OrderLine.order_job_id == clock.order_job_id)
        .where(ConsentItem.answer == Answer.AGREED, col(Consent.at) <= clock.started_at)
    )


def _overlap(work: Work, clock: ClockEntry, first: datetime, last: datetime | None) -> bool:
    """Whether another clock of the person ran then; refuses that unless the settings let clocks run beside each other, or the
    two ran beside each other when the settings did."""
    query = (
        select(ClockEntry, Vehicle.plate)
        .join(WorkOrder, col(WorkOrder.id) == col(ClockEntry.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(reaching(clock.staff_id, first), col(ClockEntry.id) != clock.id)
        .where(col(ClockEntry.started_at) < (last or work.now))
        .order_by(col(ClockEntry.started_at))
    )
    beside = False
    for other, plate in work.db.exec(query):
        if not (work.garage.clocks_beside or _ran_beside(work, clock, other)):
            raise ClockOverlaps(name=names(work).get(clock.staff_id, ""), plate=plate, first=_hour(work, other.started_at),
                                last=_hour(work, other.ended_at))  # fmt: skip
        beside = beside or not other.beside
    return beside


def _ran_beside(work: Work, clock: ClockEntry, other: ClockEntry) -> bool:
    """Whether the two ran at the same time before the correction, and were allowed to."""
    began, ended = max(clock.started_at, other.started_at), min(clock.ended_at or work.now, other.ended_at or work.now)
    return (clock.beside or other.beside) and began < ended


def _hour(work: Work, at: datetime | None) -> str:
    local = work.local(at or work.now)
    return f"{local:%H:%M}" if local.date() == work.local(work.now).date() else f"{local:%m-%d %H:%M}"


def _times(work: Work, first: datetime, last: datetime | None) -> str:
    return f"{_hour(work, first)}–{_hour(work, last) if last else '…'}"
