"""Which days the bookkeeper's export covers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from services.i18n import N_
from services.indicators import Span
from ui.here import here, zone
from ui.own_dates import own_dates
from ui.text import t

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
    return Span(*spans[name]) if name in spans else own_dates("export_dates", today)
