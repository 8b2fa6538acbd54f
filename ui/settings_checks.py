"""Settings: the checklists of the health check."""

import streamlit as st

from services.health_templates import templates
from ui.here import look
from ui.text import md


@st.fragment
def checklists() -> None:
    """Every checklist as a line."""
    with look() as work:
        rows = templates(work)
    for row in rows:
        st.markdown(md(row.name))
