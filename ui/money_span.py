"""Which days the bookkeeper's export covers."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from services.i18n import N_
from services.indicators import LONGEST, Span
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.text import Safe, t
from ui.when import full_date

SPANS = {"today": N_("Today"), "yesterday": N_("Yesterday"), "month": N_("This month"), "last": N_("Last month"),
         "own": N_("Own dates")}  # fmt: skip


def span_chosen() -> Span:
    """The days by one tap; own dates are asked for, at most a year."""
    name: str = st.segmented_control(
        t("Days"), list(SPANS), default="last", key="export_span", format_func=lambda one: t(SPANS[one]), required=True,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    today = here().clock().astimezone(ZoneInfo(zone())).date()
    first, before = today.replace(day=1), today - timedelta(days=1)
    ended = first - timedelta(days=1)
    spans = {"today": (today, today), "yesterday": (before, before), "month": (first, today),
             "last": (ended.replace(day=1), ended)}  # fmt: skip
    return Span(*spans[name]) if name in spans else _own(today, ended)


def span_words(span: Span) -> Safe:
    """The days in words."""
    if span.first == span.last:
        return full_date(span.last)
    return t("{first} to {last}", first=full_date(span.first), last=full_date(span.last))


def _own(today: date, ended: date) -> Span:
    picked = st.date_input(
        t("Own dates"), (ended.replace(day=1), ended), key="export_dates", max_value=today, format=day_format(), width=320,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    dates = list(picked)  # one date while the second is not chosen yet
    first, last = min(dates, default=today), max(dates, default=today)
    return Span(max(first, last - timedelta(days=LONGEST - 1)), last)
