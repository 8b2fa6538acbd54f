"""Every clock of a job on the car's record: who, from when to when, corrected or not; the own ones can be set right."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from db.models import ClockCorrection, ClockEntry
from services import permissions as may
from services.clock_corrections import REASONS, correct
from ui.act import act
from ui.here import here, person, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import clock, moment, span

_OPEN = "clock_to_correct"


def clock_times(clocks: Sequence[ClockEntry], fixed: Mapping[int, ClockCorrection], staff: Mapping[int, str]) -> None:
    """A row for each; the form below the one whose pencil was tapped."""
    for entry in clocks:
        row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"clock_{entry.id}")
        row.markdown(_words(entry, fixed.get(entry.id), staff), width="stretch")
        if entry.staff_id == person().id or person().has(*may.DISPATCHES):
            row.button(
                ":material/edit:", key=f"clock_edit_{entry.id}", help=t("Set right"), on_click=_open, args=(entry.id,)
            )
        if st.session_state.get(_OPEN) == entry.id:
            _form(entry)


def _words(entry: ClockEntry, fixed: ClockCorrection | None, staff: Mapping[int, str]) -> Safe:
    now = here().clock()
    began = moment(entry.started_at, now, zone())
    times = Safe(f"{began}–{clock(entry.ended_at, zone())}") if entry.ended_at else t("runs since {at}", at=began)
    minutes = int(((entry.ended_at or now) - entry.started_at).total_seconds() // 60)
    icon = Safe(f":material/{'person' if entry.ended_at else 'timer'}: {md(staff.get(entry.staff_id, ''))}")
    rework = badge("red", "replay", t("rework")) if entry.rework else None
    right = badge("gray", "edit", joined(t("set right"), _reason(fixed))) if fixed else None
    return joined(joined(icon, times, span(minutes)), rework, right, by=" ")


def _reason(fixed: ClockCorrection) -> Safe:
    """Tapped ones are kept in English."""
    ours = next((reason for reason in REASONS if reason == fixed.reason), None)
    return t(ours) if ours else md(fixed.reason)


def _form(entry: ClockEntry) -> None:
    key = entry.id
    with st.container(border=True, gap="small", key=f"clock_form_{key}"):
        left, right = st.columns(2)
        left.time_input(t("From"), _local(entry.started_at).time(), key=f"clock_from_{key}", step=300)
        ended = _local(entry.ended_at).time() if entry.ended_at else None
        right.time_input(t("To"), ended, key=f"clock_to_{key}", step=300)
        st.pills(t("Reason"), REASONS, wrap=True, format_func=t, key=f"clock_why_{key}")
        st.button(
            t("Set right"),
            key=f"clock_save_{key}",
            icon=":material/save:",
            type="primary",
            on_click=_save,
            args=(entry,),
        )


def _save(entry: ClockEntry) -> None:
    """What was not touched keeps its seconds."""
    first, last = (st.session_state[f"clock_{name}_{entry.id}"] for name in ("from", "to"))
    begun = _moment(entry.started_at, first)
    same = entry.ended_at is not None and last is not None and _moment(entry.ended_at, last) == entry.ended_at
    ended = entry.ended_at if same or last is None else end_after(begun, last)
    reason = str(st.session_state.get(f"clock_why_{entry.id}") or "")
    seen = (entry.started_at, entry.ended_at)
    done = act(
        lambda work: correct(work, entry.id, started_at=begun, ended_at=ended, reason=reason, seen=seen),
        done=t("The clock is set right."),
        at=f"order_{entry.order_id}",
    )
    if done:
        for key in (_OPEN, *(f"clock_{name}_{entry.id}" for name in ("from", "to", "why"))):
            st.session_state.pop(key, None)


def _moment(was: datetime, typed: time) -> datetime:
    local = _local(was)
    return was if (local.hour, local.minute) == (typed.hour, typed.minute) else _on(local.date(), typed)


def end_after(begun: datetime, typed: time) -> datetime:
    """That time of the garage's day on which a clock began, or of the next one when it would lie before it."""
    ended = _on(_local(begun).date(), typed)
    return ended if ended >= begun else _on(_local(begun).date() + timedelta(days=1), typed)


def _on(day: date, typed: time) -> datetime:
    return datetime.combine(day, typed, ZoneInfo(zone()))


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone()))


def _open(clock_id: int) -> None:
    """The form comes and goes by the same button."""
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == clock_id else clock_id
