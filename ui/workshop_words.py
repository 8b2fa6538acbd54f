"""Sentences the views of the workshop share."""

import streamlit as st

from ui.text import t


def nothing_fits(typed: str) -> None:
    """No car fits what was typed."""
    st.info(t("No car in the workshop fits “{typed}”.", typed=typed), icon=":material/search_off:")
