"""What people do with the calendar, read from what the browser sends: all times are wall clock times of the garage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Tapped:
    """An event was tapped."""

    event_id: str


@dataclass(frozen=True)
class DayTapped:
    """A day was tapped: its cell in a month, or what stands for the whole of it."""

    day: date


@dataclass(frozen=True)
class Picked:
    """A free place was tapped (`end` is None) or a stretch of time was drawn."""

    start: datetime
    end: datetime | None
    resource_id: str | None


@dataclass(frozen=True)
class Moved:
    """An event was dragged or stretched. It snaps back on the next run unless the page now gives it the new times."""

    event_id: str
    start: datetime
    end: datetime
    resource_id: str | None


CalAct = Tapped | DayTapped | Picked | Moved


def read_act(value: Any) -> CalAct | None:
    """The act in what the component sent; None when it is none, or no date that can be read."""
    try:
        name = value["callback"]
        return _READERS[name](value[name])
    except (KeyError, TypeError, ValueError):
        return None


def _tapped(value: Mapping[str, Any]) -> CalAct | None:
    event = value["event"]
    if event.get("allDay"):
        return DayTapped(wall(event["start"]).date())
    return None if event.get("display") == "background" else Tapped(str(event["id"]))


def _picked_place(value: Mapping[str, Any]) -> CalAct:
    start = wall(value["date"])
    return DayTapped(start.date()) if value.get("allDay") else Picked(start, None, _resource(value))


def _picked_stretch(value: Mapping[str, Any]) -> CalAct:
    start = wall(value["start"])
    return DayTapped(start.date()) if value.get("allDay") else Picked(start, wall(value["end"]), _resource(value))


def _moved(value: Mapping[str, Any]) -> CalAct:
    event = value["event"]
    return Moved(str(event["id"]), wall(event["start"]), wall(event["end"]), event.get("resourceId"))


_READERS: dict[str, Callable[[Mapping[str, Any]], CalAct | None]] = {
    "eventClick": _tapped,
    "dateClick": _picked_place,
    "select": _picked_stretch,
    "eventChange": _moved,
}


def wall(text: str) -> datetime:
    """Wall clock time of a text like "2026-11-23T09:30:00Z"; the zone is dropped, because the component has none."""
    return datetime.fromisoformat(text[:19])


def _resource(value: Mapping[str, Any]) -> str | None:
    resource = value.get("resource")
    return str(resource["id"]) if resource else None
