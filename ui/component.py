"""What our own browser components share: their sources, and that a report counts once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_FRONTEND = Path(__file__).parent / "frontend"


def source(name: str) -> str:
    """Text of a script or style sheet in ui/frontend; Streamlit takes it inline, so there is nothing to build."""
    return (_FRONTEND / name).read_text("utf-8")


def first_time(key: str, value: Any) -> Mapping[str, Any] | None:
    """`value` when it is a report with an id not seen before under `key`; None for nothing, or the same again."""
    if not isinstance(value, Mapping) or not isinstance(value.get("id"), str):
        return None
    seen = f"{key}:seen"
    if st.session_state.get(seen) == value["id"]:
        return None
    st.session_state[seen] = value["id"]
    return value
