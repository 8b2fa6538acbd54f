"""What can be judged: an indicator with its formula in words, what was counted over what, and the rows behind it.

Indicators are computed from rows and events whenever they are asked for; nobody types one in.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from zoneinfo import ZoneInfo

from services.i18n import N_
from services.refusals import EndBeforeStart, OutOfRange
from services.slots import instant

LONGEST = 366  # days that can be judged at once


class Unit(StrEnum):
    """What a figure is measured in."""

    SHARE = "share"  # of 1
    COUNT = "count"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Span:
    """Whole days of the garage's calendar, the first and the last included."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, last: date) -> "Span":
        """Refuses with EndBeforeStart, and with OutOfRange more than a year."""
        if last < first:
            raise EndBeforeStart
        if (last - first).days >= LONGEST:
            raise OutOfRange(field=N_("Days"), least=1, most=LONGEST)
        return cls(first, last)

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def before(self) -> "Span":
        """What it is compared with: as many days directly before; for days from the first of a month on, the same days of the
        month before (a whole month with the whole month before)."""
        last = self.first - timedelta(days=1)
        if self.first.day != 1 or (self.first.year, self.first.month) != (self.last.year, self.last.month):
            return Span(self.first - timedelta(days=self.days), last)
        whole = self.last.day == monthrange(self.last.year, self.last.month)[1]
        return Span(last.replace(day=1), last if whole else last.replace(day=min(self.last.day, last.day)))

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From midnight to midnight of the garage, as instants; the end does not belong to it."""
        return instant(self.first, 0, zone), instant(self.last + timedelta(days=1), 0, zone)


@dataclass(frozen=True)
class Row:
    """A record behind a figure. `counts`: it is in the numerator. `words` are our own labels or what people typed; `at`, `other`
    and `minutes` mean what the titles of the indicator say."""

    subject: str
    key: int
    number: str = ""
    plate: str = ""
    customer: str = ""
    counts: bool = False
    words: tuple[str, ...] = ()
    at: datetime | None = None
    other: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Indicator:
    """A figure with everything it rests on. `better` is 1 where more is better, -1 where less is, 0 where neither.

    `value` is None when there was nothing to count. `titles` name the columns of the rows beyond the record itself.
    """

    key: str
    label: str
    formula: str
    unit: Unit
    value: float | None
    numerator: int
    denominator: int
    better: int
    rows: tuple[Row, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def share(key: str, label: str, formula: str, rows: Iterable[Row], better: int, **titles: str) -> Indicator:
    """The share of the rows that count."""
    kept = tuple(rows)
    part = sum(row.counts for row in kept)
    value = part / len(kept) if kept else None
    return Indicator(key, label, formula, Unit.SHARE, value, part, len(kept), better, kept, titles)


def count(key: str, label: str, formula: str, rows: Iterable[Row], better: int, **titles: str) -> Indicator:
    """How many of the rows count; None when there is no row at all, because then nothing could have."""
    kept = tuple(rows)
    part = sum(row.counts for row in kept)
    return Indicator(key, label, formula, Unit.COUNT, part if kept else None, part, len(kept), better, kept, titles)


def middle(key: str, label: str, formula: str, rows: Iterable[Row], better: int, **titles: str) -> Indicator:
    """The median of the rows' minutes: half lie below, half above."""
    kept = tuple(rows)
    lengths = minutes_of(kept)
    value = median(lengths) if lengths else None
    return Indicator(key, label, formula, Unit.MINUTES, value, sum(lengths), len(lengths), better, kept, titles)


def mean(key: str, label: str, formula: str, rows: Iterable[Row], better: int, **titles: str) -> Indicator:
    """The mean of the rows' minutes."""
    kept = tuple(rows)
    lengths = minutes_of(kept)
    value = sum(lengths) / len(lengths) if lengths else None
    return Indicator(key, label, formula, Unit.MINUTES, value, sum(lengths), len(lengths), better, kept, titles)


def minutes_of(rows: Sequence[Row]) -> list[int]:
    """The minutes of the rows that have some."""
    return [row.minutes for row in rows if row.minutes is not None]
