"""Settings: when the garage is open, week by week and on special days, and the bookings that no longer fit."""

import streamlit as st

from ui.conflict_list import conflict_list
from ui.settings_busy import busy_hours
from ui.settings_closing import closing
from ui.settings_hours import hours


@st.fragment
def opening() -> None:
    """One fragment: a change on either side may leave bookings without their place."""
    conflict_list()
    with st.grid(2, min_column_width=440) as halves:
        with halves.cell():
            hours()
            busy_hours()
        with halves.cell():
            closing()
