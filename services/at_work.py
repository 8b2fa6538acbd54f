"""When people are at work: their shifts on the days the garage is open, without breaks and absences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from db.models import Absence, Shift
from services.calendar_days import Day, calendar_days
from services.promise_reckoning import open_time
from services.read_once import read_once
from services.slots import instant
from services.work import Work

Span = tuple[datetime, datetime]
DAYS = 8  # today and a week


@dataclass(frozen=True)
class AtWork:
    """By person, the spans at work from today on, in order. `days` are the midnights they lie between."""

    spans: Mapping[int, Sequence[Span]]
    days: Sequence[Span]

    @read_once
    def _homes(self) -> Mapping[int, Sequence[tuple[datetime, datetime, datetime]]]:
        """By person, each day at work with when they go home."""
        return {
            key: [(*day, home) for day in self.days if (home := _last(spans, day))] for key, spans in self.spans.items()
        }

    def begin(self, staff_id: int, moment: datetime) -> datetime | None:
        """When they can begin something, at `moment` or after it; None when they are not at work within a week."""
        ahead = (max(starts, moment) for starts, ends in self.spans.get(staff_id, ()) if ends > moment)
        return next(ahead, None)

    def end(self, staff_id: int, start: datetime, minutes: int) -> datetime:
        """When `minutes` of their work from `start` on are done, over breaks and nights; plain minutes when they begin at a time
        at which they are not at work."""
        if self.begin(staff_id, start) != start:
            return start + timedelta(minutes=minutes)
        return open_time(list(self.spans[staff_id]), start, minutes)

    def minutes(self, staff_id: int, starts: datetime, ends: datetime) -> int:
        """How many minutes between two instants they are at work; all of them when they are not at work at all."""
        inside = (min(ends, last) - max(starts, first) for first, last in self.spans.get(staff_id, ()))
        found = sum((one for one in inside if one > timedelta()), timedelta())
        return int((found or ends - starts).total_seconds() // 60)

    def day_end(self, staff_id: int, moment: datetime) -> datetime | None:
        """When they go home on the day of `moment`; None when they are not at work that day."""
        return next((home for first, last, home in self._homes.get(staff_id, ()) if first <= moment < last), None)

    def today(self, staff_id: int, moment: datetime) -> bool:
        """Whether they are at work on the day of `moment`, then or later."""
        ends = self.day_end(staff_id, moment)
        return ends is not None and ends > moment


def at_work(work: Work, staff_ids: Iterable[int] | None = None) -> AtWork:
    """Who is at work when, for these people or for all. Four queries."""
    shifts, away = select(Shift), select(Absence).where(col(Absence.ends_at) > work.now)
    if staff_ids is not None:
        keys = list(staff_ids)
        shifts, away = shifts.where(col(Shift.staff_id).in_(keys)), away.where(col(Absence.staff_id).in_(keys))
    days = calendar_days(work, work.local(work.now).date(), DAYS)
    found: dict[int, list[Span]] = defaultdict(list)
    by_weekday: dict[int, list[Shift]] = defaultdict(list)
    for row in work.db.exec(shifts):
        by_weekday[row.weekday].append(row)
    for day in days:
        for row in by_weekday[day.weekday] if day.hours else ():
            found[row.staff_id] += _day(day, row, work.zone)
    for absence in work.db.exec(away):
        found[absence.staff_id] = _without(found[absence.staff_id], (absence.starts_at, absence.ends_at))
    midnights = [instant(days[0].day + timedelta(days=number), 0, work.zone) for number in range(DAYS + 1)]
    return AtWork(found, list(pairwise(midnights)))


def _last(spans: Iterable[Span], day: Span) -> datetime | None:
    return max((last for first, last in spans if day[0] <= first < day[1]), default=None)


def _day(day: Day, row: Any, zone: ZoneInfo) -> list[Span]:
    """A shift on one day, as far as the garage is open, in front of the break and after it."""
    opens, closes = day.hours or (0, 0)
    first, last = max(row.starts, opens), min(row.ends, closes)
    parts = [(first, last)]
    if row.break_starts is not None and row.break_ends is not None:
        parts = [(first, min(row.break_starts, last)), (max(row.break_ends, first), last)]
    return [(instant(day.day, a, zone), instant(day.day, b, zone)) for a, b in parts if a < b]


def _without(spans: Iterable[Span], away: Span) -> list[Span]:
    """What is left of the spans outside of `away`."""
    cut = ((part for part in ((a, min(b, away[0])), (max(a, away[1]), b)) if part[0] < part[1]) for a, b in spans)
    return [part for parts in cut for part in parts]
