"""Times in words near today, in the garage's zone."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from services.i18n import N_
from ui.text import Safe, joined, language, t

SOON = timedelta(minutes=30)  # less than this left: at risk
_NEAR = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def clock(moment: datetime, zone: str) -> Safe:
    """The time of day: 10:40."""
    return Safe(moment.astimezone(_zone(zone)).strftime("%H:%M"))


def day(value: date, today: date) -> Safe:
    """A date in words near today."""
    near = _NEAR.get((value - today).days)
    return t(near) if near else _dated(value, "EEE d MMM", "M月d日 EEE")


def _dated(value: date, english: str, chinese: str) -> Safe:
    lang = language()
    return _formatted(value, english if lang == "en" else chinese, lang)


@lru_cache(maxsize=1000)
def _formatted(value: date, pattern: str, lang: str) -> Safe:
    return Safe(format_date(value, pattern, locale=lang))


def weekday(value: date) -> Safe:
    """A day of a week that is shown as a whole: Mon 23 · 23日 周一."""
    return _dated(value, "EEE d", "EEE d日")


def weekday_name(number: int) -> Safe:
    """A day of the week, 0 for Monday: Mon · 周一."""
    return _dated(date(2024, 1, 1 + number), "EEE", "EEE")


def month_name(value: date) -> Safe:
    """Its month: November 2026 · 2026年11月."""
    return _dated(value, "MMMM y", "y年M月")


def full_date(value: date) -> Safe:
    """A date with its year: 23 Nov 2026 · 2026年11月23日."""
    return _dated(value, "d MMM y", "y年M月d日")


def full_day(value: date) -> Safe:
    """A date with its year and day of the week: Mon 23 Nov 2026 · 2026年11月23日 周一."""
    return _dated(value, "EEE d MMM y", "y年M月d日 EEE")


def strip_day(value: date) -> Safe:
    """The same where seven stand side by side on an upright tablet: Mon 23 · 周一 23."""
    return _dated(value, "EEE d", "EEE d")


def moment(value: datetime, now: datetime, zone: str) -> Safe:
    """A time with its day unless that is today: 10:40, tomorrow 9:30."""
    local, today = value.astimezone(_zone(zone)), now.astimezone(_zone(zone)).date()
    if local.date() == today:
        return clock(value, zone)
    return joined(day(local.date(), today), clock(value, zone), by=" ")


def later(value: datetime, since: datetime, zone: str) -> Safe:
    """When something that began at `since` ends: 10:40, or Thu 26 10:40 when that is another day."""
    local = value.astimezone(_zone(zone)).date()
    same = local == since.astimezone(_zone(zone)).date()
    return clock(value, zone) if same else joined(weekday(local), clock(value, zone), by=" ")


def span(minutes: int) -> Safe:
    """A length of time: 45 min, 1 h 35 min."""
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return t("{n} days", n=hours // 24)
    if not hours:
        return t("{n} min", n=rest)
    return t("{h} h {m} min", h=hours, m=rest) if rest else t("{h} h", h=hours)


def minute_of(value: datetime, zone: str) -> str:
    """A time as tables sort it: 2026-11-23 10:40."""
    return value.astimezone(_zone(zone)).strftime("%Y-%m-%d %H:%M")


def left(until: datetime, now: datetime) -> Safe:
    """How much is left, or how late it is, in words."""
    minutes = int(abs((until - now).total_seconds()) // 60)
    if not minutes:
        return t("now")
    return t("{span} left", span=span(minutes)) if until >= now else t("{span} late", span=span(minutes))


def urgency(until: datetime, now: datetime) -> str:
    """The colour that goes with `left`: red late, orange soon, green otherwise."""
    return "red" if until < now else "orange" if until - now < SOON else "green"


def long_day(moment_: datetime, zone: str) -> Safe:
    """The day as a headline: Monday 23 November · 11月23日 星期一."""
    return _dated(moment_.astimezone(_zone(zone)).date(), "EEEE d MMMM", "M月d日 EEEE")


def hhmm(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
