"""When the car will be ready: reckoned from labour time, the reserved place and the opening hours, not guessed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import select

from db.enums import Answer
from db.models import Reservation, WorkOrder
from services.calendar_days import calendar_days
from services.capacity import capacity
from services.free_time import Need
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import InThePast, Missing, OutOfRange, Refusal
from services.slots import instant
from services.work import Work
from services.workflow import advance

CHECKS_MINUTES = 30  # the three checks, the papers
WASH_MINUTES = 15
GRID = timedelta(minutes=15)
MOST_DAYS = 180
LOOK_AHEAD_DAYS = 7


def set_promise(work: Work, order_id: int, *, promised_at: datetime | None) -> WorkOrder:
    """Promise the car for an instant. Refuses none at all, one that has passed, and one over 180 days ahead."""
    order: WorkOrder = advance(work, ORDERS, order_id, "promise", to=promised_at.isoformat() if promised_at else None)
    if promised_at is None:
        raise Missing(field=N_("Promised time"))
    if promised_at <= work.now:
        raise InThePast
    if promised_at > work.now + timedelta(days=MOST_DAYS):
        raise OutOfRange(field=N_("Days until the promised time"), least=0, most=MOST_DAYS)
    order.promised_at = promised_at
    return work.add(order)


def suggest_promise(work: Work, facts: OrderFacts) -> datetime:
    """The earliest honest time on the quarter hour: the place the car holds or could get first, the work, the checks, the wash.

    Only time within opening hours counts.
    """
    starts, ends = _held(work, facts.order.id) or _free(work, facts) or (work.now, work.now)
    ready = max(ends, _open_time(work, max(starts, work.now), facts.minutes_left))
    after = CHECKS_MINUTES + (WASH_MINUTES if facts.order.wash else 0)
    return _on_grid(_open_time(work, ready, after))


def _held(work: Work, order_id: int) -> tuple[datetime, datetime] | None:
    """When the places held for the order begin and end."""
    held = select(func.min(Reservation.starts_at), func.max(Reservation.ends_at)).where(
        Reservation.order_id == order_id
    )
    found: tuple[datetime | None, datetime | None] = work.db.exec(held).one()
    starts, ends = found
    return None if starts is None or ends is None else (starts, ends)


def _free(work: Work, facts: OrderFacts) -> tuple[datetime, datetime] | None:
    """When bays and people could take the jobs first. None when nobody can within a week: the opening hours decide then."""
    jobs = [job for job in facts.jobs if job.done_at is None and facts.job_answer(job) != Answer.DECLINED]
    free = capacity(work, work.local(work.now).date(), LOOK_AHEAD_DAYS)
    try:
        legs = free.legs([Need(job.bay_kind, job.skill, job.minutes) for job in jobs if job.minutes])
        times = free.free_times(legs) if legs else []
        stays = free.place(legs, times[0]) if times else ()
    except Refusal:
        return None
    return (stays[0].starts_at, stays[-1].ends_at) if stays else None


def _open_time(work: Work, start: datetime, minutes: int) -> datetime:
    """`minutes` of opening time after `start`; plain minutes when the garage never opens in the next weeks."""
    for opens, closes in _open_spans(work, start):
        begins = max(opens, start)
        left = int((closes - begins).total_seconds() // 60)
        if left >= minutes:
            return begins + timedelta(minutes=minutes)
        minutes -= max(left, 0)
    return start + timedelta(minutes=minutes)


def _open_spans(work: Work, start: datetime, days: int = 28) -> Iterator[tuple[datetime, datetime]]:
    for day in calendar_days(work, work.local(start).date(), days):
        if day.hours:
            opens, closes = day.hours
            yield instant(day.day, opens, work.zone), instant(day.day, closes, work.zone)


def _on_grid(moment: datetime) -> datetime:
    rest = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + GRID if rest else moment
