"""Days of one's own choice, and how they are said."""

from datetime import date, timedelta

import streamlit as st

from services.indicators import LONGEST, Span
from ui.booking_draft import day_format
from ui.text import Safe, t
from ui.when import full_date


def own_dates(key: str, today: date) -> Span:
    """The days picked, at most a year, the newest of it; until others are picked the month before."""
    ended = today.replace(day=1) - timedelta(days=1)
    picked = st.date_input(
        t("Own dates"), (ended.replace(day=1), ended), key=key, max_value=today, format=day_format(), width=320,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    dates = list(picked)  # one date while the second is not chosen yet
    first, last = min(dates, default=today), max(dates, default=today)
    return Span.of(max(first, last - timedelta(days=LONGEST - 1)), last)


def days_words(span: Span) -> Safe:
    """The days in words."""
    if span.first == span.last:
        return full_date(span.last)
    return t("{first} to {last}", first=full_date(span.first), last=full_date(span.last))
