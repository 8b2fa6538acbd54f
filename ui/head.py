"""The first row of a screen."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.here import person
from ui.leave import leave
from ui.text import Safe, md, t


def head(title: Safe) -> DeltaGenerator:
    """The screen's name on the left; returns the row on the right for its controls, which ends with who is signed in."""
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    row.markdown(f"### {title}", width="content")
    right = row.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small", width="content"
    )
    controls = right.container(horizontal=True, vertical_alignment="center", gap="small", width="content")
    if right.button(
        md(person().name), key="switch_person", icon=":material/person:", help=t("Switch person or sign out")
    ):
        leave("/sign-in?switch=1")
    return controls
