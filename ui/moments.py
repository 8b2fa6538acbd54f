"""A day and a time, picked on the garage's wall clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from ui.here import here, zone
from ui.text import Safe

GRID = timedelta(minutes=15)


def moment_input(label: Safe, key: str, preset: datetime | None) -> None:
    """A field for a moment from now on, on the quarter hour; empty when there is no preset. Read it with `moment_picked`."""
    now = _wall(here().clock())
    value = _wall(preset) if preset else None
    st.datetime_input(label, value, min_value=min(value or now, now), key=key, step=GRID, width="stretch")


def moment_picked(key: str) -> datetime | None:
    """What stands in the field, as an instant."""
    value = st.session_state.get(key)
    return value.replace(tzinfo=ZoneInfo(zone())) if isinstance(value, datetime) else None


def next_quarter(moment: datetime) -> datetime:
    """The next full quarter of an hour."""
    rest = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + GRID


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(zone())).replace(tzinfo=None, second=0, microsecond=0)
