"""How full a day is, said with a colour and in words."""

from datetime import datetime, time
from typing import Literal

from services.day_loads import DayLoad
from ui.calendar_board import CalEvent
from ui.text import Safe, plain, t

DARK, LIGHT = "#15202B", "#FFFFFF"
# From so full on: ground, ink. Deeper and deeper green, then the two that warn.
STEPS = (
    (0.85, "#B3261E", LIGHT),
    (0.6, "#9A5B00", LIGHT),
    (0.4, "#2E7D32", LIGHT),
    (0.2, "#74B378", DARK),
    (0.0, "#CBE5CD", DARK),
)
CLOSED = ("#5B6770", LIGHT)
FULL, FILLING = STEPS[0][0], STEPS[1][0]  # of the bays' open time


def tone(share: float | None) -> Literal["green", "orange", "red", "gray"]:
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
    ground, ink = _colors(load.share)
    return CalEvent(
        f"day_{load.day.isoformat()}", load_words(load), begins, begins, color=ground, text_color=ink, movable=False,
        all_day=True,
    )  # fmt: skip


def _colors(share: float | None) -> tuple[str, str]:
    """Ground and ink."""
    return CLOSED if share is None else next((ground, ink) for least, ground, ink in STEPS if share >= least)


def load_words(load: DayLoad) -> str:
    """35 % · 7 cars; what the garage is closed for."""
    reason = plain(load.reason) if load.reason else ""
    if load.share is None:
        cars = _cars(load.cars) if load.cars else ""
        return " · ".join(part for part in (reason or plain("closed"), cars) if part)
    parts = (plain("{percent} %", percent=round(load.share * 100)), _cars(load.cars), reason)
    return " · ".join(part for part in parts if part)


def _cars(number: int) -> str:
    return plain("1 car") if number == 1 else plain("{n} cars", n=number)
