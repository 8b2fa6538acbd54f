"""The month in the calendar: how full each day is; a tap opens the day."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

import streamlit as st

from services.day_loads import DayLoad
from ui.booking_strip import monday, month_bar, show_day
from ui.calendar_acts import CalAct, DayTapped
from ui.calendar_board import Closed, calendar
from ui.load_look import load_event
from ui.text import language


def month_days(day: date) -> tuple[date, int]:
    """The first day shown, a Monday, and how many: whole weeks."""
    first = monday(day.replace(day=1))
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return first, (monday(last) - first).days + 7


def month_calendar(day: date, now: datetime, loads: list[DayLoad]) -> None:
    """Draw the month of a day."""
    month_bar(day)
    calendar(
        "booking_month",
        events=[load_event(load) for load in loads],
        resources=None,
        day=day,
        now=now,
        view="month",
        opens=time.min,
        closes=time.min,
        language="zh_CN" if language() == "zh_CN" else "en",
        dark=st.context.theme.type == "dark",
        on_act=_acted,
        closed=[_whole(load.day) for load in loads if load.share is None],
        height=46 + 92 * (month_days(day)[1] // 7),
    )


def _acted(what: CalAct) -> None:
    if isinstance(what, DayTapped):
        show_day(what.day)


def _whole(day: date) -> Closed:
    midnight = datetime.combine(day, time.min)
    return midnight, midnight + timedelta(days=1), None
