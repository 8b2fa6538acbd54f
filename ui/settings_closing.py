"""Settings: the days ahead that are not as every week, and what the manager says about a day."""

from collections.abc import Callable
from datetime import date, time

import streamlit as st

from services.calendar_days import Day, days_ahead
from services.i18n import N_
from services.opening import as_usual_on, close_on, open_on
from services.work import Work
from ui.act import act, notices
from ui.booking_draft import day_format
from ui.here import look
from ui.text import Safe, badge, joined, language, md, t
from ui.when import full_day, hhmm

AHEAD = 365  # days
KINDS = {"closed": N_("Closed that day"), "open": N_("Open that day")}


def closing() -> None:
    """Holidays, make-up days and days with a word of the manager's, and the form to say another."""
    with look() as work:
        rows, today = days_ahead(work, AHEAD), work.local(work.now).date()
    with st.container(border=True, height=420 if len(rows) > 6 else "content", gap="xsmall"):
        for row in rows:
            _row(row)
        if not rows:
            st.caption(t("No closing days ahead. Add days off here, so that nobody is booked on them."))
    _form(today)


def _row(row: Day) -> None:
    line = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    times = md(f"{hhmm(row.hours[0])}–{hhmm(row.hours[1])}") if row.hours else t("closed")
    state = badge("green" if row.open else "gray", "storefront" if row.open else "event_busy", times)
    line.markdown(joined(Safe(f"{full_day(row.day)} {state}"), md(row.said(language()))), width="stretch")
    if row.special:
        line.button(t("As usual"), key=f"as_usual_{row.day}", on_click=_say, args=(row.day, as_usual_on))
    elif row.open:
        line.button(t("Stay closed"), key=f"stay_closed_{row.day}", on_click=_say, args=(row.day, _close))
    elif row.holiday:
        line.button(t("Stay open"), key=f"stay_open_{row.day}", on_click=_say, args=(row.day, open_on))


def _close(work: Work, *, day: date) -> None:
    close_on(work, day=day, reason="")


def _say(day: date, verb: Callable[..., object]) -> None:
    act(lambda work: verb(work, day=day), done=t("Saved"), at="closing")


def _form(today: date) -> None:
    with st.container(border=True):
        st.date_input(t("Day"), today, min_value=today, key="closing_day", format=day_format())
        kind = st.segmented_control(
            t("Closed or open"),
            list(KINDS),
            default="closed",
            key="closing_kind",
            required=True,
            width="stretch",
            format_func=lambda one: t(KINDS[one]),
            label_visibility="collapsed",
        )
        if kind == "open":
            cells = st.columns(2)
            cells[0].time_input(t("From"), None, key="closing_from", step=900)
            cells[1].time_input(t("To"), None, key="closing_to", step=900)
        st.text_input(t("Reason"), key="closing_reason", max_chars=200)
        notices("closing")
        st.button(t("Add"), on_click=_add, icon=":material/add:", key="closing_add", type="primary")


def _add() -> None:
    state = st.session_state
    day, reason, open_ = state["closing_day"], state["closing_reason"], state["closing_kind"] == "open"
    hours = (_typed(state.get("closing_from")), _typed(state.get("closing_to")))

    def verb(work: Work) -> object:
        return open_on(work, day=day, hours=hours, reason=reason) if open_ else close_on(work, day=day, reason=reason)

    if act(verb, done=t("Saved"), at="closing"):
        state["closing_reason"] = ""


def _typed(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""
