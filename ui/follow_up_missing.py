"""What is shown for an address that leads nowhere."""

import streamlit as st

from ui.here import show_record
from ui.text import t


def no_record(name: str) -> None:
    """Say so, with the way back."""
    st.warning(t("There is no such record. The address may have been typed wrongly."), icon=":material/search_off:")
    st.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=(name, None), key="back")
