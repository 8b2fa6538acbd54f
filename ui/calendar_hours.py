"""Which hours the calendar shows, and which of them are shaded because nobody works there."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from services.capacity import Capacity
from services.slots import each
from ui.calendar_board import CalView, Closed

_DEFAULT = (8 * 60, 18 * 60)


def hours_shown(week: Capacity, bits: int, spans: Iterable[tuple[datetime, datetime]]) -> tuple[time, time]:
    """From the earliest to the latest hour the garage is open in the quarters `bits`, and as far as anything held reaches."""
    stretches = [_minutes(starts, ends) for starts, ends in [*_stretches(week, week.open & bits), *spans]] or [_DEFAULT]
    first, last = min(opens for opens, _ in stretches) // 60, -(-max(closes for _, closes in stretches) // 60)
    return time(first), time(last % 24)


def _minutes(starts: datetime, ends: datetime) -> tuple[int, int]:
    """Minutes after midnight; what runs past midnight ends the day."""
    first, last = starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute
    return (first, last) if starts.date() == ends.date() else (first, 24 * 60)


def closed_stretches(week: Capacity, day: date, view: CalView) -> list[Closed]:
    """What to shade: in the day of each bay when the garage is closed, of each person when they are not at work."""
    if view == "week":
        bits = ~week.open & week.window.bits(0, week.window.size)
        return [(starts, ends, None) for starts, ends in _stretches(week, bits)]
    whole = week.window.day(week.window.days.index(day))
    if view == "bays_day":
        return [(starts, ends, None) for starts, ends in _stretches(week, whole & ~week.open)]
    return [
        (starts, ends, str(one.id))
        for one in week.people
        if one.skills
        for starts, ends in _stretches(week, whole & ~one.stretch)
    ]


def _stretches(week: Capacity, bits: int) -> Iterator[tuple[datetime, datetime]]:
    """The runs of set bits as wall clock times, cut at midnight."""
    window = week.window
    ends = set(window.first_slots)
    begun: int | None = None
    for slot in each(bits):
        begun = slot if begun is None else begun
        if not bits >> (slot + 1) & 1 or slot + 1 in ends:
            last = window.moment(slot).astimezone(window.zone).replace(tzinfo=None) + timedelta(minutes=15)
            yield window.moment(begun).astimezone(window.zone).replace(tzinfo=None), last
            begun = None
