"""How full a day is, said with a colour and in words."""

from datetime import datetime, time
from typing import Literal

from services.day_loads import DayLoad
from ui.calendar_board import CalEvent
from ui.text import Safe, plain, t

Tone = Literal["green", "orange", "red", "gray"]
GROUNDS: dict[Tone, str] = {"green": "#2E7D32", "orange": "#9A5B00", "red": "#B3261E", "gray": "#5B6770"}
FILLING, FULL = 0.6, 0.85  # of the bays' open time


def tone(share: float | None) -> Tone:
    """Green while there is room, orange when it gets tight, red when hardly anything is left; grey when closed."""
    if share is None:
        return "gray"
    return "red" if share >= FULL else "orange" if share >= FILLING else "green"


def load_badge(share: float | None) -> Safe:
    """The load of a day on coloured ground."""
    words = t("closed") if share is None else t("{percent} %", percent=round(share * 100))
    return Safe(f":{tone(share)}-badge[{words}]")


def load_event(load: DayLoad) -> CalEvent:
    """A day in the calendar: its load and cars, or why it is closed."""
    begins = datetime.combine(load.day, time.min)
    return CalEvent(
        f"day_{load.day.isoformat()}", load_words(load), begins, begins, color=GROUNDS[tone(load.share)], movable=False,
        all_day=True,
    )  # fmt: skip


def load_words(load: DayLoad) -> str:
    """35 % · 7 cars; what the garage is closed for."""
    reason = plain(load.reason) if load.reason else ""
    if load.share is None:
        cars = plain("{n} cars", n=load.cars) if load.cars else ""
        return " · ".join(part for part in (reason or plain("closed"), cars) if part)
    parts = (plain("{percent} %", percent=round(load.share * 100)), plain("{n} cars", n=load.cars), reason)
    return " · ".join(part for part in parts if part)
