"""Which days are judged."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from services.i18n import N_
from services.indicators import Span
from ui.here import here, zone
from ui.own_dates import days_words, own_dates
from ui.text import Safe, joined, t

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
        return own_dates("report_dates", today)
    firsts = {"today": today, "week": today - timedelta(days=6), "days30": today - timedelta(days=29)}
    return Span(firsts.get(name, today.replace(day=1)), today)


def span_line(span: Span) -> Safe:
    """The days judged and what they are compared with."""
    before = span.before()
    return joined(days_words(span), t("compared with {days}", days=days_words(before)))
