"""Clocks that ran past the end of their person's shift: asked about from then on, also the next morning, until answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.models import ClockCorrection, ClockEntry, Event, OpeningHours, OrderJob, Shift, Staff, Vehicle, WorkOrder
from services import permissions as may
from services.refusals import NotAllowed, NotNow
from services.work import Work

DAYS = 7  # so long a clock that ran over midnight is asked about
AGAIN = timedelta(hours=2)  # who still works is asked again
STILL = "still_working"
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Forgotten:
    """A clock to ask about, and when the shift it began in was over, on the garage's wall clock."""

    clock: ClockEntry
    order_id: int
    plate: str
    job: str
    name: str
    shift_end: datetime
    today: bool  # it began today: the person may still be working

    @property
    def planned(self) -> bool:
        """Whether a shift or the opening hours say when; nobody was to work then when it is midnight."""
        return self.shift_end.time() != time(0)


def forgotten(work: Work) -> list[Forgotten]:
    """The own clocks to ask about, as supervisor everybody's; the oldest first. A few queries, however long the history."""
    rows = work.db.execute(_asked_of(work)).all()
    ends = _shift_ends(work, {clock.staff_id for clock, *_ in rows})
    today = work.local(work.now).date()
    found = [
        Forgotten(
            clock,
            clock.order_id,
            plate,
            job,
            name,
            _end(work, clock, ends),
            work.local(clock.started_at).date() == today,
        )
        for clock, plate, job, name in rows
    ]
    over = [one for one in found if one.shift_end <= work.now]
    settled = _answered(work, [one.clock.id for one in over]) if over else set()
    return [one for one in over if one.clock.id not in settled]


def still_working(work: Work, clock_id: int) -> Event:
    """The person works on beyond the shift; they are asked again after two hours.

    Refuses with NotNow once the clock has ended or began on another day, NotAllowed for somebody else's.
    """
    clock = work.get(ClockEntry, clock_id)
    if clock.staff_id != work.by.id and not work.by.has(*may.DISPATCHES):
        raise NotAllowed(who=may.DISPATCHES[0].label)
    if clock.ended_at or work.local(clock.started_at).date() != work.local(work.now).date():
        raise NotNow
    return work.event(clock, STILL)


def _asked_of(work: Work) -> Any:
    """Clocks that run, and those of the last days that ran over midnight."""
    whose = select(Staff.id) if work.by.has(*may.DISPATCHES) else select(Staff.id).where(Staff.id == work.by.id)
    people = col(ClockEntry.staff_id).in_(list(work.db.exec(whose)))
    midnight = work.local(work.now).replace(hour=0, minute=0, second=0, microsecond=0)
    nights = [midnight - timedelta(days=back) for back in range(DAYS)]
    over = or_(*(and_(col(ClockEntry.started_at) < night, col(ClockEntry.ended_at) >= night) for night in nights))
    return (
        sa_select(ClockEntry, col(Vehicle.plate), col(OrderJob.title), col(Staff.name))
        .join(WorkOrder, col(WorkOrder.id) == col(ClockEntry.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(OrderJob, col(OrderJob.id) == col(ClockEntry.order_job_id))
        .join(Staff, col(Staff.id) == col(ClockEntry.staff_id))
        .where(
            or_(
                and_(people, col(ClockEntry.ended_at).is_(None)),
                and_(people, col(ClockEntry.ended_at) >= nights[-1], over),
            )
        )
        .order_by(col(ClockEntry.started_at), col(ClockEntry.id))
    )


def _shift_ends(work: Work, people: set[int]) -> dict[tuple[int | None, int], int]:
    """Minutes after midnight at which a shift ends, by person and weekday; under None when the garage closes."""
    if not people:
        return {}
    ends: dict[tuple[int | None, int], int] = {
        (None, row.weekday): row.closes for row in work.db.exec(select(OpeningHours))
    }
    for shift in work.db.exec(select(Shift).where(col(Shift.staff_id).in_(people))):
        ends[shift.staff_id, shift.weekday] = shift.ends
    return ends


def _end(work: Work, clock: ClockEntry, ends: dict[tuple[int | None, int], int]) -> datetime:
    """The first end after the clock began: of the shift, of the garage's day, or the day itself."""
    began = work.local(clock.started_at)
    midnight = began.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    known: Sequence[int | None] = (
        ends.get((clock.staff_id, began.weekday())),
        ends.get((None, began.weekday())),
        MIDNIGHT,
    )
    after = (midnight.replace(tzinfo=None) + timedelta(minutes=minute) for minute in known if minute is not None)
    return next(at for at in (one.replace(tzinfo=began.tzinfo) for one in after) if at > began)


def _answered(work: Work, clocks: list[int]) -> set[int]:
    """Those corrected, and those whose person said a while ago that they still work."""
    set_right = select(ClockCorrection.clock_id).where(col(ClockCorrection.clock_id).in_(clocks))
    corrected = work.db.exec(set_right.where(col(ClockCorrection.ended_at).is_not(None)))
    said = select(Event.subject_id).where(Event.subject == ClockEntry.__tablename__, col(Event.subject_id).in_(clocks))
    return {*corrected, *work.db.exec(said.where(Event.action == STILL, col(Event.at) > work.now - AGAIN))}
