"""A list of points to tick off, each a button of full width: large enough for a glove."""

from collections.abc import Sequence

import streamlit as st

from ui.text import Safe


@st.fragment
def ticks(keys: Sequence[str], labels: Sequence[Safe], name: str) -> None:
    """The points under their labels; a tap ticks one, a second tap takes it back."""
    done = ticked(name)
    with st.grid(2, min_column_width=320, gap="xsmall", key=f"ticks_{name}"):
        for key, label in zip(keys, labels, strict=True):
            st.button(
                label,
                key=f"tick_{name}_{key}",
                icon=":material/check_box:" if key in done else ":material/check_box_outline_blank:",
                width="stretch",
                on_click=_turn,
                args=(name, key),
            )


def ticked(name: str) -> set[str]:
    """The points ticked so far."""
    return set(st.session_state.get(f"ticks:{name}", ()))


def tick_all(name: str, keys: Sequence[str]) -> None:
    """Everything is in order: tick every point."""
    st.session_state[f"ticks:{name}"] = set(keys)


def forget_ticks(name: str) -> None:
    """Start again with nothing ticked."""
    st.session_state.pop(f"ticks:{name}", None)


def _turn(name: str, key: str) -> None:
    st.session_state[f"ticks:{name}"] = ticked(name) ^ {key}
