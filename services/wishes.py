"""A customer's wish as said on the phone: a day, and the morning, the afternoon or an hour of it. Each day says how full it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.choice import Choice
from services.booking_policy import bookable_days
from services.capacity import Capacity, capacity
from services.day_limits import full_days
from services.free_time import BayTime, Need
from services.i18n import N_
from services.refusals import Refusal
from services.slots import each, instant
from services.work import Work

NOON = 12 * 60
MORNING, AFTERNOON = "morning", "afternoon"
_QUIET, _BUSY = 0.35, 0.7  # of the bays' time taken


class Mood(Choice):
    """How full a day is, in a word."""

    CLOSED = "closed", N_("closed"), "gray", "block"
    FULL = "full", N_("fully booked"), "red", "event_busy"
    BUSY = "busy", N_("busy"), "orange", "groups"
    FAIR = "fair", N_("room left"), "blue", "event_available"
    QUIET = "quiet", N_("quiet"), "green", "self_improvement"


@dataclass(frozen=True)
class WishDay:
    """A day to wish for; `allowed` by the days that can be booked, else only as an exception."""

    day: date
    hours: tuple[int, int] | None
    mood: Mood
    allowed: bool = True

    def full_hours(self) -> list[time]:
        """The hours of the clock at which the garage is open."""
        if self.hours is None:
            return []
        opens, closes = self.hours
        return [time(minute // 60) for minute in range(-(-opens // 60) * 60, min(closes, 24 * 60), 60)]


@dataclass(frozen=True)
class Wishes:
    """The days one can wish for, and the quarters (bits) at which the visit could begin on them."""

    days: list[WishDay]
    free: Capacity
    starts: int

    def day(self, day: date | None) -> WishDay | None:
        """That day, None when it is not among them."""
        return next((one for one in self.days if one.day == day), None)

    def moment(self, day: date | None, part: str | None = None, at: time | None = None) -> datetime | None:
        """The wish as an instant: the time said; else the first free one of that part of the day, or where the part begins.

        None without a day, and outside of the days known here.
        """
        window = self.free.window
        if day is None or day not in window.days:
            return None
        if at is not None:
            return instant(day, at.hour * 60 + at.minute, window.zone)
        number = window.days.index(day)
        opens, closes = self.free.days[number].hours or (8 * 60, 24 * 60)
        opens = max(opens, NOON) if part == AFTERNOON else opens
        closes = min(closes, NOON) if part == MORNING else closes
        found = next(each(self.starts & window.hours(number, opens, closes)), None)
        return instant(day, opens, window.zone) if found is None else window.moment(found)


def as_asked(
    booked: datetime, wish: datetime | None, day: date | None, part: str | None, at: time | None
) -> datetime | None:
    """The wish to keep with a booking. Where it left the time open (any, the morning, the afternoon) and the time booked suits
    it, that time was asked for. `booked` is on the garage's wall clock."""
    if day is None or at is not None or booked.date() != day:
        return wish
    fits = {MORNING: booked.hour < 12, AFTERNOON: booked.hour >= 12}
    return booked if part is None or fits[part] else wish


def wishes(work: Work, needs: Sequence[Need], *, day: date | None = None, today: bool = False) -> Wishes:
    """The days that can be booked, before them `today` where asked for, and `day` alone when it lies outside of them.

    A fixed number of queries.
    """
    first, days = bookable_days(work)
    now = work.local(work.now).date()
    last = first + timedelta(days=days - 1)
    if day is not None and not now <= day <= last:
        first_read, count = day, 1
    else:
        first_read = now if today or day == now else first
        count = (last - first_read).days + 1
    free = capacity(work, first_read, count)
    starts = _starts(free, needs)
    full = full_days(work, needs, first_read, count)
    bays = [bay for bay in free.bays if bay.kind in {need.bay_kind for need in needs}] or free.bays
    found = [
        WishDay(one.day, one.hours, Mood.FULL if one.day in full else _mood(free, number, bays, starts),
                first <= one.day <= last)
        for number, one in enumerate(free.days)
    ]  # fmt: skip
    return Wishes(found, free, starts or 0)


def _starts(free: Capacity, needs: Sequence[Need]) -> int | None:
    """None when these days do not tell: the garage cannot do the jobs at all, or they reach into the days after."""
    try:
        legs = free.legs(needs)
    except Refusal:
        return None
    return None if free.is_long(legs) else free.starts(legs, share=True)


def _mood(free: Capacity, number: int, bays: Sequence[BayTime], starts: int | None) -> Mood:
    """By the bays of the kinds asked for: the others do not help this car."""
    bits = free.window.day(number)
    if not free.days[number].open:
        return Mood.CLOSED
    if starts is not None and not starts & bits:
        return Mood.FULL
    open_ = sum((bay.open & bits).bit_count() for bay in bays)
    taken = sum((bay.taken & bay.open & bits).bit_count() for bay in bays)
    busy = taken / open_ if open_ else 1.0
    return Mood.BUSY if busy >= _BUSY else Mood.QUIET if busy < _QUIET else Mood.FAIR
