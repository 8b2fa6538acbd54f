"""When a customer can fetch the car: half-hours of opening time, the quiet ones first for large and accident repairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.busy_hours import busy_spans
from services.calendar_days import calendar_days
from services.front_desk import HALF_HOUR, FrontDesk, front_desk, half_hour
from services.order_facts import OrderFacts
from services.slots import instant
from services.work import Work

LARGE_MINUTES = 240  # of standard time: handing over takes longer, so not when everybody comes
DAYS = 7
PROPOSED = 3


@dataclass(frozen=True)
class PickUpTime:
    """A half-hour: how many other cars are picked up and arrive in it, who is free to hand over, whether it is a busy hour."""

    at: datetime
    pick_ups: int
    arrivals: int
    free: tuple[str, ...]
    busy: bool


def is_large(facts: OrderFacts) -> bool:
    """An accident repair, or half a day of work and more."""
    return facts.claim is not None or facts.minutes >= LARGE_MINUTES


def pick_up_times(work: Work, order_id: int) -> list[PickUpTime]:
    """Every half-hour of the next seven days' opening time from now on, for the car of this order. A fixed number of queries."""
    desk, spans, found = front_desk(work, without=order_id), busy_spans(work.garage), []
    for day in calendar_days(work, work.local(work.now).date(), DAYS):
        opens, closes = day.hours or (0, 0)
        for minute in range(-(-opens // 30) * 30, closes - closes % 30, 30):
            at = instant(day.day, minute, work.zone)
            if at >= half_hour(work.now) + HALF_HOUR:
                busy = any(first <= minute < last for first, last in spans)
                found.append(_time(desk, at, busy=busy))
    return found


def proposed(times: Sequence[PickUpTime], *, large: bool) -> list[PickUpTime]:
    """The times to offer first: somebody is free, for a large repair outside the busy hours; what is missing from the others."""
    ranks = sorted(times, key=lambda one: (not one.free, large and one.busy, one.at))
    return sorted(ranks[:PROPOSED], key=lambda one: one.at)


def _time(desk: FrontDesk, at: datetime, *, busy: bool) -> PickUpTime:
    free = tuple(desk.people[key] for key in desk.free(at))
    return PickUpTime(at, len(desk.picked_up.get(at, ())), len(desk.arriving.get(at, ())), free, busy)
