"""Which column of a list somebody hands in holds which field: guessed by its heads, chosen where the guess is not enough."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from services.price_list.columns import PriceField
from services.recall_list.columns import RecallField
from ui.text import plain, t

F = TypeVar("F", RecallField, PriceField)
_LEAVE_OUT = -1


def choose_columns(
    key: str, fields: Iterable[F], headers: Sequence[str], guessed: Mapping[F, int], *, enough: bool
) -> dict[F, int]:
    """A choice for each field under its `key` (with {field} in it), folded away when the guess is `enough`.

    Gives the fields that have a column, with its place from 0.
    """
    names = [plain("leave out"), *(header or f"#{number}" for number, header in enumerate(headers, 1))]
    chosen: dict[F, int] = {}
    with (
        st.expander(t("Columns"), expanded=not enough, icon=":material/view_column:"),
        st.grid(3, min_column_width=180),
    ):
        for one in fields:
            at = st.selectbox(t(one.label), [_LEAVE_OUT, *range(len(headers))], guessed.get(one, _LEAVE_OUT) + 1,
                              lambda at: names[at + 1], key=key.format(field=one))  # fmt: skip
            if at is not None and at != _LEAVE_OUT:
                chosen[one] = at
    return chosen
