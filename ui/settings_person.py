"""Settings: one person's PIN, absences and shifts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from services.shifts import DayTyped, absences_of, add_absence, remove_absence, set_shifts, shifts_of
from services.staff import set_pin
from ui.act import act, notices
from ui.here import here, look, zone
from ui.settings_hours import week_fields, week_typed
from ui.text import joined, md, t
from ui.when import moment

_USUAL = (8 * 60, 18 * 60, None, None)


def pin(staff_id: int) -> None:
    """A new PIN."""
    with st.form(f"pin_{staff_id}"):
        st.text_input(t("New PIN"), key=f"pin_new_{staff_id}", type="password", autocomplete="new-password")
        notices("pin")
        st.form_submit_button(
            t("Set PIN"), on_click=_set_pin, args=(staff_id,), icon=":material/pin:", key=f"pin_set_{staff_id}"
        )


def _set_pin(staff_id: int) -> None:
    key = f"pin_new_{staff_id}"
    typed = st.session_state[key]
    if act(lambda work: set_pin(work, staff_id, pin=typed), done=t("The PIN is set."), at="pin"):
        st.session_state[key] = ""


def absences(staff_id: int) -> None:
    """Absences ahead, and a new one."""
    with look() as work:
        rows, now = absences_of(work, staff_id), work.now
    with st.container(border=True):
        for row in rows:
            line = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
            span = joined(moment(row.starts_at, now, zone()), moment(row.ends_at, now, zone()), by=" – ")
            line.markdown(joined(span, md(row.reason)), width="content")
            line.button(t("Remove"), key=f"absence_remove_{row.id}", on_click=_remove, args=(row.id,))
        if not rows:
            st.caption(t("No absence ahead."))
    tomorrow = (now.astimezone(ZoneInfo(zone())) + timedelta(days=1)).replace(tzinfo=None, second=0, microsecond=0)
    with st.form(f"absence_{staff_id}"):
        st.datetime_input(t("Away from"), tomorrow.replace(hour=8, minute=0), key=f"absence_from_{staff_id}")
        st.datetime_input(t("Back at"), tomorrow.replace(hour=18, minute=0), key=f"absence_to_{staff_id}")
        st.text_input(t("Reason"), key=f"absence_reason_{staff_id}")
        notices("absence")
        st.form_submit_button(
            t("Add absence"),
            on_click=_add,
            args=(staff_id,),
            icon=":material/event_busy:",
            key=f"absence_add_{staff_id}",
        )


def _add(staff_id: int) -> None:
    state = st.session_state
    starts, ends = _instant(state[f"absence_from_{staff_id}"]), _instant(state[f"absence_to_{staff_id}"])
    reason = state[f"absence_reason_{staff_id}"]
    act(
        lambda work: add_absence(work, staff_id, starts_at=starts, ends_at=ends, reason=reason),
        done=t("Saved"),
        at="absence",
    )


def _instant(typed: datetime | None) -> datetime:
    """A wall-clock time of the garage; an emptied field means now."""
    return typed.replace(tzinfo=ZoneInfo(zone())) if typed else here().clock()


def _remove(absence_id: int) -> None:
    act(lambda work: remove_absence(work, absence_id), done=t("Saved"), at="absence")


def shifts(staff_id: int) -> None:
    """The weekly shifts with a break."""
    with look() as work:
        rows = {day: (s.starts, s.ends, s.break_starts, s.break_ends) for day, s in shifts_of(work, staff_id).items()}
    with st.form(f"shifts_form_{staff_id}"):
        week_fields(f"shifts_{staff_id}", rows, (t("From"), t("To"), t("Break from"), t("Break to")), _USUAL)
        notices("shifts")
        st.form_submit_button(
            t("Save shifts"),
            on_click=_save_shifts,
            args=(staff_id,),
            icon=":material/save:",
            key=f"shifts_save_{staff_id}",
        )


def _save_shifts(staff_id: int) -> None:
    days = {day: DayTyped(*times) for day, times in week_typed(f"shifts_{staff_id}", 4).items()}
    act(lambda work: set_shifts(work, staff_id, days=days), done=t("Saved"), at="shifts")
