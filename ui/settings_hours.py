"""Settings: the weekly hours, and rows of times for a week that shifts use too."""

from collections.abc import Mapping, Sequence
from datetime import time

import streamlit as st

from services.i18n import N_
from services.opening import set_hours, week
from ui.act import act, notices
from ui.here import look
from ui.text import Safe, t

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
_OPENS, _CLOSES = 8 * 60, 18 * 60


def hours() -> None:
    """When the garage is open, day by day."""
    with look() as work:
        rows = week(work)
    with st.form("settings_hours"):
        week_fields("hours", rows, (t("From"), t("To")), (_OPENS, _CLOSES))
        notices("hours")
        st.form_submit_button(t("Save"), type="primary", on_click=_save, icon=":material/save:", key="hours_save")


def _save() -> None:
    typed = {day: (times[0], times[1]) for day, times in week_typed("hours", 2).items()}
    act(lambda work: set_hours(work, hours=typed), done=t("Saved"), at="hours")


def week_fields(
    form: str, rows: Mapping[int, Sequence[int | None]], labels: Sequence[Safe], usual: Sequence[int | None]
) -> None:
    """One row a weekday: a switch with its name, then a time for each label. `rows` holds minutes after midnight."""
    for day, name in enumerate(WEEKDAYS):
        cells = st.columns([1.6, *(1 for _ in labels)], vertical_alignment="center")
        cells[0].toggle(t(name), day in rows, key=f"{form}_on_{day}")
        for number, label in enumerate(labels):
            cells[number + 1].time_input(
                label,
                _time(rows.get(day, usual)[number]),
                key=f"{form}_{day}_{number}",
                step=900,
                label_visibility="visible" if day == 0 else "collapsed",
            )


def week_typed(form: str, times: int) -> dict[int, list[str]]:
    """What stands in the fields: the times of each weekday as text, empty ones for a day that is switched off."""
    state = st.session_state
    return {
        day: [_text(state[f"{form}_{day}_{number}"]) if state[f"{form}_on_{day}"] else "" for number in range(times)]
        for day in range(7)
    }


def _time(minutes: int | None) -> time | None:
    """24:00 cannot be shown; the last minute of the day stands for it."""
    return None if minutes is None else time(*divmod(min(minutes, 24 * 60 - 1), 60))


def _text(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""
