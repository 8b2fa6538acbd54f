"""Why cash moved or is not what it should be: tapped, with words beside it where a tap does not say enough."""

from collections.abc import Sequence

import streamlit as st

from ui.text import plain, t


def reason_input(key: str, usual: Sequence[str]) -> None:
    """The usual reasons as pills, and a line for words; read it with `reason_chosen`."""
    st.pills(t("Reason"), usual, format_func=t, key=f"{key}_reason")
    st.text_input(t("In words"), key=f"{key}_words", max_chars=200, placeholder=plain("Reason in words"),
                  label_visibility="collapsed")  # fmt: skip


def reason_chosen(key: str) -> str:
    """What was tapped and typed, as one line."""
    tapped, words = st.session_state.get(f"{key}_reason"), str(st.session_state.get(f"{key}_words") or "").strip()
    return " – ".join(part for part in (plain(tapped) if tapped else "", words) if part)


def forget_reason(key: str) -> None:
    """The next form starts empty."""
    st.session_state.pop(f"{key}_reason", None)
    st.session_state[f"{key}_words"] = ""
