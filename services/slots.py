"""A stretch of days as one whole number: bit `i` stands for the `i`-th quarter of an hour. Overlaps are then a matter of `&`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRID = timedelta(minutes=15)
GRID_MINUTES = 15


@dataclass(frozen=True)
class Window:
    """Consecutive days of the garage's calendar. `first_slots` holds where each day begins, and where the last one ends."""

    days: tuple[date, ...]
    zone: ZoneInfo
    start: datetime
    end: datetime
    first_slots: tuple[int, ...]

    @classmethod
    def of(cls, first: date, days: int, zone: ZoneInfo) -> "Window":
        """`days` days from `first` on; a day of the change to or from summer time has 92 or 100 quarters."""
        all_days = tuple(first + timedelta(days=n) for n in range(days))
        midnights = [instant(first + timedelta(days=n), 0, zone) for n in range(days + 1)]
        firsts = tuple((midnight - midnights[0]) // GRID for midnight in midnights)
        return cls(all_days, zone, midnights[0], midnights[-1], firsts)

    @property
    def size(self) -> int:
        """How many quarters there are."""
        return self.first_slots[-1]

    def moment(self, slot: int) -> datetime:
        """The instant at which a quarter begins."""
        return self.start + slot * GRID

    def slot(self, moment: datetime) -> int:
        """The quarter an instant lies in; negative or past the end when it lies outside."""
        return (moment - self.start) // GRID

    def span(self, starts: datetime, ends: datetime) -> int:
        """The bits of every quarter that a stretch of time touches."""
        return self.bits((starts - self.start) // GRID, -((self.start - ends) // GRID))

    def inner(self, starts: datetime, ends: datetime) -> int:
        """The bits of every quarter that lies wholly inside a stretch of time."""
        return self.bits(-((self.start - starts) // GRID), (ends - self.start) // GRID)

    def bits(self, first: int, end: int) -> int:
        """The bits from `first` up to but not including `end`, cut to the window."""
        first = max(first, 0)
        end = min(end, self.first_slots[-1])
        return (1 << end) - (1 << first) if end > first else 0

    def hours(self, day: int, opens: int, closes: int, *, outward: bool = False) -> int:
        """The bits of wall-clock minutes `opens` to `closes` on the `day`-th day.

        Quarters only partly covered do not count, with `outward` they do (a break takes the whole quarter).
        """
        base, length = self.first_slots[day], self.first_slots[day + 1] - self.first_slots[day]
        if length == 96:
            first, end = (opens // 15, -(-closes // 15)) if outward else (-(-opens // 15), closes // 15)
            return self.bits(base + first, base + end)
        starts, ends = (instant(self.days[day], minute, self.zone) for minute in (opens, closes))
        return self.span(starts, ends) if outward else self.inner(starts, ends)

    def first_days(self, count: int | None) -> int:
        """All bits of the first `count` days, of all days when there is no count."""
        return self.bits(0, self.first_slots[-1 if count is None else min(count, len(self.days))])

    def day_number(self, moment: datetime) -> int:
        """The number of the day an instant lies in."""
        return self.days.index(moment.astimezone(self.zone).date())

    def day(self, number: int) -> int:
        """All bits of one day."""
        return self.bits(self.first_slots[number], self.first_slots[number + 1])


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant at which the garage's wall clock shows `minute` minutes after midnight."""
    days, rest = divmod(minute, 1440)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return wall.astimezone(UTC)


def runs(mask: int, length: int) -> int:
    """The bits from which `length` bits in a row are set: where something of that length can begin."""
    have = 1
    while have < length and mask:
        step = min(have, length - have)
        mask &= mask >> step
        have += step
    return mask


def each(mask: int) -> Iterator[int]:
    """The positions of the set bits, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def quarters(minutes: int) -> int:
    """How many quarters of an hour that many minutes need, at least one."""
    return max(1, -(-minutes // GRID_MINUTES))


def dilated(mask: int, by: int) -> int:
    """The set bits and `by` bits on both sides of them; what would lie below bit 0 is lost."""
    have = 0
    while have < by:
        step = min(have + 1, by - have)
        mask |= mask << step | mask >> step
        have += step
    return mask
