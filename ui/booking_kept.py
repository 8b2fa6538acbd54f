"""The booking being made, kept in the database: it survives a reload, and goes on at another tablet of the same person."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from services import drafts
from services.work import Work
from ui.act import act, said, share, token
from ui.here import look
from ui.text import t

if TYPE_CHECKING:
    from ui.booking_draft import Draft

KIND, PLACE = "booking", "booking_new"
ONCE = "once"
SEEN = "booking_seen"  # what this tablet last read or wrote: the rest is what changed here, or elsewhere
_LOOKED_FOR = {"booking_search", "booking_find_job", "booking_group"}  # where they looked, not what they wrote
_FIELDS = ("typed", "guessed")  # of the draft: what stands in fields on the screen


def keep(current: "Draft", fields_shown: Sequence[str]) -> None:
    """Bring the draft here and in the database together, and write when something changed. Nobody's changes are lost: those
    made at this tablet go on top of what the other one kept, unless the booking is over there.

    `fields_shown` are the fields a draft may fill in.
    """
    mine, seen = written(current), st.session_state.get(SEEN, {})
    with look() as work:
        kept, today = drafts.take(work, KIND), work.local(work.now).date()
    if kept != seen:
        over = bool(seen) and not kept
        if over:
            said(t("This booking was finished or thrown away at your other tablet."), PLACE)
        changed = (
            {}
            if over
            else {name: mine.get(name) for name in mine.keys() | seen.keys() if mine.get(name) != seen.get(name)}
        )
        merged = {name: value for name, value in (kept | changed | _once(kept)).items() if value is not None}
        _read(current, {name: _value(one, today) for name, one in merged.items()}, fields_shown)
        mine = written(current)
    st.session_state[SEEN] = mine
    if mine != kept:
        act(lambda work: drafts.keep(work, KIND, mine))


def begun(work: Work) -> bool:
    """Whether a booking was begun and not finished, at whichever tablet of the person."""
    return bool(drafts.take(work, KIND))


def forget() -> None:
    """The draft is done with: what was put aside for it comes back."""
    st.session_state.pop(SEEN, None)
    act(lambda work: drafts.finish(work, KIND))


def put_aside() -> None:
    """Make room for another booking; this one comes back when that is done with."""
    st.session_state.pop(SEEN, None)
    act(lambda work: drafts.put_aside(work, KIND))


def written(current: "Draft") -> dict[str, Any]:
    """What there is to keep: the parts of the draft that were set, and what was typed."""
    empty = type(current)()
    parts = {name: getattr(current, name) for name in _parts(current) if getattr(current, name) != getattr(empty, name)}
    wrote = {name: value for name, value in current.typed.items() if value and name not in _LOOKED_FOR}
    found = {name: drafts.pack(value) for name, value in (parts | wrote).items()}
    return found | {ONCE: token(KIND)} if found else {}


def _once(kept: dict[str, Any]) -> dict[str, Any]:
    """The token of the tap that books is the same at all tablets: what was booked at one cannot be booked at another."""
    return {ONCE: kept[ONCE]} if ONCE in kept else {}


def _parts(current: "Draft") -> list[str]:
    return [one.name for one in fields(current) if one.name not in _FIELDS]


def _read(current: "Draft", values: dict[str, Any], fields_shown: Sequence[str]) -> None:
    """Put what was kept into the draft and its fields."""
    if isinstance(values.get(ONCE), str):
        share(KIND, values[ONCE])
    empty = type(current)()
    for name in _parts(current):
        value = values.get(name)
        setattr(current, name, getattr(empty, name) if value is None else value)
    kept = [name for name in fields_shown if name not in _LOOKED_FOR]
    for name in kept:
        st.session_state.pop(name, None)
        current.typed.pop(name, None)
    current.typed |= {name: values[name] for name in kept if values.get(name) is not None}


def _value(packed: Any, today: date) -> Any:
    """What was packed; None for what can no longer be read, and for a day that has passed."""
    try:
        value = drafts.unpack(packed)
    except (ValueError, TypeError):
        return None
    day = value.date() if isinstance(value, datetime) else value
    return None if isinstance(day, date) and day < today else value
