"""Times in words near today, in the garage's zone."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from ui.text import Safe, joined, language, t

SOON = timedelta(minutes=30)  # less than this left: at risk


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def clock(moment: datetime, zone: str) -> Safe:
    """The time of day: 10:40."""
    return Safe(moment.astimezone(_zone(zone)).strftime("%H:%M"))


def day(value: date, today: date) -> Safe:
    """A date in words near today."""
    words = {-1: t("yesterday"), 0: t("today"), 1: t("tomorrow")}
    near = words.get((value - today).days)
    return near or Safe(format_date(value, "EEE d MMM" if language() == "en" else "M月d日 EEE", locale=language()))


def weekday(value: date) -> Safe:
    """A day of a week that is shown as a whole: Mon 23 · 23日 周一."""
    pattern = "EEE d" if language() == "en" else "EEE d日"
    return Safe(format_date(value, pattern, locale=language()))


def moment(value: datetime, now: datetime, zone: str) -> Safe:
    """A time with its day unless that is today: 10:40, tomorrow 9:30."""
    local, today = value.astimezone(_zone(zone)), now.astimezone(_zone(zone)).date()
    if local.date() == today:
        return clock(value, zone)
    return joined(day(local.date(), today), clock(value, zone), by=" ")


def span(minutes: int) -> Safe:
    """A length of time: 45 min, 1 h 35 min."""
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return t("{n} days", n=hours // 24)
    if not hours:
        return t("{n} min", n=rest)
    return t("{h} h {m} min", h=hours, m=rest) if rest else t("{h} h", h=hours)


def left(until: datetime, now: datetime) -> Safe:
    """How much is left, or how late it is, in words."""
    minutes = int(abs((until - now).total_seconds()) // 60)
    return t("{span} left", span=span(minutes)) if until >= now else t("{span} late", span=span(minutes))


def urgency(until: datetime, now: datetime) -> str:
    """The colour that goes with `left`: red late, orange soon, green otherwise."""
    return "red" if until < now else "orange" if until - now < SOON else "green"


def long_day(moment_: datetime, zone: str) -> Safe:
    """The day as a headline: Monday 23 November · 11月23日 星期一."""
    pattern = "EEEE d MMMM" if language() == "en" else "M月d日 EEEE"
    return Safe(format_date(moment_.astimezone(_zone(zone)).date(), pattern, locale=language()))


def hhmm(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
