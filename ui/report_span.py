"""Which days are judged."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from services.i18n import N_
from services.indicators import LONGEST, Span
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.text import Safe, joined, t
from ui.when import full_date

SPANS = {"today": N_("Today"), "week": N_("7 days"), "days30": N_("30 days"), "month": N_("This month"),
         "own": N_("Own dates")}  # fmt: skip


def span_choice(row: DeltaGenerator) -> str:
    """The choice of days, in the first row of the screen."""
    with row.container(width="content"):
        chosen: str = st.segmented_control(
            t("Days"), list(SPANS), default="days30", key="report_span", format_func=lambda name: t(SPANS[name]),
            label_visibility="collapsed", required=True, persist_state="session",
        )  # fmt: skip
    return chosen


def span_of(name: str) -> Span:
    """The days of a choice; own dates are asked for. Up to today: what lies ahead cannot be judged."""
    today = here().clock().astimezone(ZoneInfo(zone())).date()
    if name == "own":
        return _own(today)
    firsts = {"today": today, "week": today - timedelta(days=6), "days30": today - timedelta(days=29)}
    return Span(firsts.get(name, today.replace(day=1)), today)


def _own(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)  # the month before, until other dates are chosen
    picked = st.date_input(
        t("Own dates"), (last.replace(day=1), last), key="report_dates", max_value=today, format=day_format(), width=320,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    dates = list(picked)  # one date while the second is not chosen yet
    first, last = min(dates, default=today), max(dates, default=today)
    return Span.of(max(first, last - timedelta(days=LONGEST - 1)), last)


def span_line(span: Span) -> Safe:
    """The days judged and what they are compared with."""
    before = span.before()
    return joined(_days(span), t("compared with {days}", days=_days(before)))


def _days(span: Span) -> Safe:
    if span.first == span.last:
        return full_date(span.last)
    return t("{first} to {last}", first=full_date(span.first), last=full_date(span.last))
