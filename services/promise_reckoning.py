"""When a car can honestly be ready, and why: the place it holds or could get, the work, parts and outside work to come, checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import select

from db.choice import Label
from db.enums import LineKind
from db.models import OrderLine, Reservation, WorkOrder
from services.calendar_days import calendar_days
from services.capacity import capacity
from services.free_time import Need
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_parts import PartStand, missing_lines, part_stands
from services.refusals import Refusal
from services.slots import instant
from services.work import Work

CHECKS_MINUTES = 30  # the three checks, the papers
WASH_MINUTES = 15
GRID = timedelta(minutes=15)
LOOK_AHEAD_DAYS = 7

WORK = N_("Work {span}")
HELD = N_("Bay held from {at}")
FREE = N_("Bay free {at}")
NO_PLACE = N_("No bay free within a week: reckoned by opening hours")
PART_COMES = N_("{what} arrives {at}")
PART_OPEN = N_("{what}: no day of arrival yet")
OUTSIDE_BACK = N_("{what} back {at}")
OUTSIDE_OPEN = N_("{what}: not known when it is back")
CHECKS = N_("Checks {span}")
WASH = N_("Wash {span}")
ICONS = {
    WORK: "engineering", HELD: "garage", FREE: "garage", NO_PLACE: "garage", PART_COMES: "local_shipping",
    PART_OPEN: "local_shipping", OUTSIDE_BACK: "outbound", OUTSIDE_OPEN: "outbound", CHECKS: "fact_check", WASH: "local_car_wash",
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One line of why: `words` is a text to translate, with a length in `minutes`, a time or day `at`, and what it is about.

    `open` says that something is not known, so that the time is a guess; `whole_day`: only the day of `at` is known.
    """

    words: Label
    minutes: int = 0
    at: datetime | None = None
    what: str = ""
    whole_day: bool = False
    open: bool = False

    @property
    def icon(self) -> str:
        """The picture beside it."""
        return ICONS[self.words]


@dataclass(frozen=True)
class Reckoned:
    """The earliest honest time, on the quarter hour, and its reasons in order."""

    at: datetime
    reasons: tuple[Reason, ...]


def reckon_promise(work: Work, facts: OrderFacts) -> Reckoned:
    """Only time within opening hours counts. About fifteen queries, however long the order; asked twice in one act, none."""
    mark = (WorkOrder, facts.order.id, "promise", facts.order.wash, facts.minutes_left, work.now)
    if mark not in work.known:
        work.known[mark] = _reckon(work, facts)
    found: Reckoned = work.known[mark]
    return found


def _reckon(work: Work, facts: OrderFacts) -> Reckoned:
    spans = list(open_spans(work, work.now))
    why: list[Reason] = []
    starts, ends = _place(work, facts, why)
    ready = max(ends, open_time(spans, max(starts, work.now), facts.minutes_left))
    if facts.minutes_left:
        why.insert(0, Reason(WORK, minutes=facts.minutes_left))
    for came, minutes in parts_to_come(work, facts, spans, why):
        ready = max(ready, open_time(spans, came, minutes))
    for line in _outside(facts):
        ready = max(ready, _back(line, why, ready))
    after = CHECKS_MINUTES + (WASH_MINUTES if facts.order.wash else 0)
    why.append(Reason(CHECKS, minutes=CHECKS_MINUTES))
    if facts.order.wash:
        why.append(Reason(WASH, minutes=WASH_MINUTES))
    return Reckoned(on_grid(open_time(spans, ready, after)), tuple(why))


def _place(work: Work, facts: OrderFacts, why: list[Reason]) -> tuple[datetime, datetime]:
    held = _held(work, facts.order.id)
    if held:
        why.append(Reason(HELD, at=held[0]))
        return held
    if not facts.minutes_left:
        return work.now, work.now
    free = _free(work, facts)
    if free is None:
        why.append(Reason(NO_PLACE, open=True))
        return work.now, work.now
    if free[0] > work.now + GRID:
        why.append(Reason(FREE, at=free[0]))
    return free


def _held(work: Work, order_id: int) -> tuple[datetime, datetime] | None:
    """When the places held for the order begin and end."""
    held = select(func.min(Reservation.starts_at), func.max(Reservation.ends_at)).where(
        Reservation.order_id == order_id
    )
    found: tuple[datetime | None, datetime | None] = work.db.exec(held).one()
    starts, ends = found
    return None if starts is None or ends is None else (starts, ends)


def _free(work: Work, facts: OrderFacts) -> tuple[datetime, datetime] | None:
    """When bays and people could take the jobs first, a large one over several days. None when nobody can within a week."""
    free = capacity(work, work.local(work.now).date(), LOOK_AHEAD_DAYS)
    try:
        legs = free.legs([Need(job.bay_kind, job.skill, job.minutes) for job in facts.to_do if job.minutes])
        times = free.free_times(legs) if legs else []
        stays = free.place(legs, times[0]) if times else ()
    except Refusal:
        return None
    return (stays[0].starts_at, stays[-1].ends_at) if stays else None


def parts_to_come(
    work: Work, facts: OrderFacts, spans: list[tuple[datetime, datetime]], why: list[Reason]
) -> Iterator[tuple[datetime, int]]:
    """When missing parts come, with the minutes of the work that needs them; each is a line of `why`."""
    minutes = {job.id: job.minutes for job in facts.to_do}
    for line, stand in missing_lines(facts, part_stands(work, facts)):
        at = _morning(work, stand, spans)
        why.append(
            Reason(PART_COMES, at=at, what=line.title, whole_day=True)
            if at
            else Reason(PART_OPEN, what=line.title, open=True)
        )
        if at:
            yield at, minutes[line.order_job_id]


def _morning(work: Work, stand: PartStand, spans: list[tuple[datetime, datetime]]) -> datetime | None:
    """The opening of the day the part comes; None when nobody knows the day, or it has passed without the part."""
    day = stand.expected_on
    if day is None or day < work.local(work.now).date():
        return None
    opens = (starts for starts, _ in spans if work.local(starts).date() >= day)
    return max(next(opens, instant(day, 12 * 60, work.zone)), work.now)


def _outside(facts: OrderFacts) -> list[OrderLine]:
    keys = {job.id for job in facts.to_do}
    return [x for x in facts.lines if x.kind == LineKind.OUTSIDE and x.order_job_id in keys and x.back_at is None]


def _back(line: OrderLine, why: list[Reason], ready: datetime) -> datetime:
    if line.due_at is None:
        why.append(Reason(OUTSIDE_OPEN, what=line.title, open=True))
        return ready
    why.append(Reason(OUTSIDE_BACK, at=line.due_at, what=line.title))
    return line.due_at


def open_time(spans: list[tuple[datetime, datetime]], start: datetime, minutes: int) -> datetime:
    """`minutes` of opening time after `start`; plain minutes, after the last opening time known, when that is not enough."""
    for opens, closes in spans:
        begins = max(opens, start)
        left = int((closes - begins).total_seconds() // 60)
        if left >= minutes:
            return begins + timedelta(minutes=minutes)
        minutes, start = minutes - max(left, 0), max(start, closes)
    return start + timedelta(minutes=minutes)


def open_spans(work: Work, start: datetime, days: int = 42) -> Iterator[tuple[datetime, datetime]]:
    """From when until when the garage is open, day by day from that of `start` on."""
    for day in calendar_days(work, work.local(start).date(), days):
        if day.hours:
            opens, closes = day.hours
            yield instant(day.day, opens, work.zone), instant(day.day, closes, work.zone)


def on_grid(moment: datetime) -> datetime:
    """The next quarter hour, or the moment itself when it is one."""
    rest = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + GRID if rest else moment
