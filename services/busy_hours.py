"""The hours at which most customers come and go: large and accident repairs are handed over outside of them."""

from db.models import Garage
from services import permissions as may
from services.i18n import N_
from services.opening import read_span
from services.validate import text
from services.work import Work

Spans = tuple[tuple[int, int], ...]  # minutes after midnight, from and up to
USUAL = "08:00-09:30, 16:30-18:00"


def busy_spans(garage: Garage) -> Spans:
    """The busy hours of every day, in order."""
    return tuple(_read(garage.busy_hours))


def set_busy_hours(work: Work, *, typed: str) -> None:
    """Keep the busy hours as people write them (“8:00-9:30, 16:30-18:00”); blank for none.

    Refuses with NotAllowed, BadTime, EndBeforeStart, TooLong.
    """
    work.needs(*may.MANAGES)
    spans = sorted(_read(text(typed, N_("Busy hours"), 100, needed=False)))
    work.garage.busy_hours = ", ".join(f"{_clock(first)}-{_clock(last)}" for first, last in spans)
    work.db.add(work.garage)
    work.event(work.garage, "changed", busy_hours=work.garage.busy_hours)


def _read(words: str) -> list[tuple[int, int]]:
    parts = words.replace("，", ",").replace("、", ",").replace("–", "-").replace("—", "-").replace("~", "-").split(",")
    return [read_span(*(part.partition("-")[::2])) for part in parts if part.strip()]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
