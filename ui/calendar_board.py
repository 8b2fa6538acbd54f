"""A calendar of a day by bay or by person, or of a week; what people do with it comes back as typed acts, once each.

All times are wall clock times of the garage, without zone: the component gets and gives them as if they were UTC.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import streamlit as st
from streamlit_calendar import _component_func

from ui.calendar_acts import CalAct, read_act
from ui.calendar_look import css

Language = Literal["en", "zh_CN"]
CalView = Literal["bays_day", "people_day", "week", "month"]

_LICENCE = "GPL-My-Project-Is-Open-Source"
_ACTS = ("dateClick", "eventClick", "eventChange", "select")
_HEADER = {"weekday": "short", "month": "numeric", "day": "numeric"}
_CLOCK = {"hour": "2-digit", "minute": "2-digit", "hour12": False}


@dataclass(frozen=True)
class CalResource:
    """A column of the day: a bay or a person."""

    id: str
    title: str


@dataclass(frozen=True)
class CalEvent:
    """A reservation, from `start` to `end`, wall clock. `color` is its ground, `text_color` what is written on it.

    `all_day`: it stands for the day itself.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    resource_id: str | None = None
    color: str = "#0B6E6E"
    text_color: str = "#FFFFFF"
    movable: bool = True
    all_day: bool = False


Closed = tuple[datetime, datetime, str | None]


def calendar(
    key: str,
    *,
    events: Sequence[CalEvent],
    resources: Sequence[CalResource] | None,
    day: date,
    now: datetime,
    view: CalView,
    opens: time,
    closes: time,
    language: Language,
    dark: bool,
    on_act: Callable[[CalAct], None],
    closed: Sequence[Closed] = (),
    height: int = 620,
) -> None:
    """Show `day` (its week from Monday, its month) between `opens` and `closes`; `on_act` gets each act before the script runs.

    All words inside come from `language`. The calendar has no buttons of its own: the page decides `day` and `view`.
    `closed` stretches are shaded, of one resource or (None) of all. `height` is in pixels and stays.
    """
    revision = f"{key}:revision"
    st.session_state.setdefault(revision, 0)

    def report() -> None:
        # A new number after every act: the events are read anew, so a refused drop snaps back, and the same tap may come twice.
        st.session_state[revision] += 1
        act = read_act(st.session_state[key])
        if act:
            on_act(act)

    stamp = {"rev": st.session_state[revision]}
    # A day of a week stands for all columns at once, so there a single closed one shades nothing.
    shades = [stretch for stretch in closed if view != "week" or stretch[2] is None]
    shown = [_event(event, stamp) for event in events] + [_closed(stretch, stamp, view) for stretch in shades]
    options = _options(day=day, now=now, view=view, opens=opens, closes=closes, language=language, height=height)
    if resources is not None:
        options["resources"] = [{"id": one.id, "title": one.title, "order": i} for i, one in enumerate(resources)]
    _component_func(
        events=shown,
        options=options,
        custom_css=css(dark),
        callbacks=list(_ACTS),
        license_key=_LICENCE,
        key=key,
        on_change=report,
        default={},
    )


def _event(event: CalEvent, stamp: dict[str, int]) -> dict[str, object]:
    place = {"resourceId": event.resource_id} if event.resource_id else {}
    return {
        "id": event.id,
        "title": event.title,
        **_times(event),
        "backgroundColor": event.color,
        "borderColor": event.color,
        "textColor": event.text_color,
        "editable": event.movable,
        "extendedProps": stamp,
        **place,
    }


def _times(event: CalEvent) -> dict[str, object]:
    if event.all_day:
        return {"start": event.start.date().isoformat(), "allDay": True, "classNames": ["load"]}
    return {"start": event.start.isoformat(), "end": event.end.isoformat()}


def _closed(stretch: Closed, stamp: dict[str, int], view: CalView) -> dict[str, object]:
    start, end, resource = stretch
    whole = view == "month"  # which knows days only
    return {
        "start": start.date().isoformat() if whole else start.isoformat(),
        "end": end.date().isoformat() if whole else end.isoformat(),
        "allDay": whole,
        "display": "background",
        "classNames": ["closed"],
        "extendedProps": stamp,
        **({"resourceId": resource} if resource else {}),
    }


def _options(
    *, day: date, now: datetime, view: CalView, opens: time, closes: time, language: Language, height: int
) -> dict[str, Any]:
    return {
        "initialView": "board",
        **_range(day, view),
        "timeZone": "UTC",
        "now": now.isoformat(timespec="seconds"),
        "nowIndicator": True,
        "slotMinTime": opens.isoformat(),
        "slotMaxTime": "24:00:00" if closes == time.min else closes.isoformat(),
        "slotDuration": "00:30:00",
        "snapDuration": "00:15:00",
        "scrollTime": opens.isoformat(),
        "expandRows": True,
        "allDaySlot": view == "week",
        "allDayContent": "",
        "headerToolbar": False,
        "height": height,
        "firstDay": 1,
        "editable": True,
        "selectable": True,
        "longPressDelay": 250,
        "eventOverlap": True,
        "slotEventOverlap": view
        == "week",  # a short booking is drawn higher than it is long: beside the next one, not over it
        "resourceOrder": "order",
        "locale": "zh-cn" if language == "zh_CN" else "en-gb",
        "slotLabelFormat": _CLOCK,
        "eventTimeFormat": _CLOCK,
        "displayEventTime": False,
        "eventMinHeight": 24,
        "dayHeaderFormat": {"weekday": "short"} if view == "month" else _HEADER,
    }


def _range(day: date, view: CalView) -> dict[str, object]:
    """What is shown. Of a day or a week the range is given: unlike initialDate it follows `day` without building anew."""
    if view == "month":
        return {"views": {"board": {"type": "dayGridMonth"}}, "initialDate": day.replace(day=1).isoformat(),
                "fixedWeekCount": False}  # fmt: skip
    first = day - timedelta(days=day.weekday()) if view == "week" else day
    end = first + timedelta(days=7 if view == "week" else 1)
    return {
        "views": {"board": {"type": "timeGrid" if view == "week" else "resourceTimeGrid"}},
        "initialDate": first.isoformat(),
        "visibleRange": {"start": first.isoformat(), "end": end.isoformat()},
    }
