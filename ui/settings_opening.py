"""Settings: when the garage is open, week by week and on special days, and the bookings that no longer fit."""

import streamlit as st

from ui.conflict_list import conflict_list
from ui.settings_closing import closing
from ui.settings_hours import hours


@st.fragment
def opening() -> None:
    """One fragment: a change on either side may leave bookings without their place."""
    conflict_list()
    left, right = st.columns(2, gap="medium")
    with left:
        hours()
    with right:
        closing()
