"""What a price list would do, as figures and as a table: the refused first, then the largest changes."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from services.price_list.match import Line, What
from ui.text import Safe, md, plain, t

SHOWN = 200  # rows in the preview; all are judged
_ORDER = (What.REFUSED, What.CHANGED, What.NEW, What.UNKNOWN, What.SAME)


def figures(told: Sequence[tuple[Safe, int]]) -> None:
    """How many rows of each kind."""
    with st.grid(len(told), min_column_width=130):
        for label, value in told:
            st.metric(md(label), md(f"{value:,}"), border=True)


def preview(lines: Sequence[Line]) -> None:
    """The rows somebody should look at before anything is written."""
    ordered = sorted(lines, key=lambda line: (_ORDER.index(line.what), -line.rise))[:SHOWN]
    st.dataframe(pd.DataFrame([_cells(line) for line in ordered]), hide_index=True, height=380)
    if len(lines) > SHOWN:
        st.caption(
            t("{n} of {all} rows are shown: the refused ones and the largest changes first.", n=SHOWN, all=len(lines))
        )


def _cells(line: Line) -> dict[str, object]:
    row = line.row
    return {
        plain("Row"): row.row,
        plain("Result"): plain(line.why.value) if line.why else plain(line.what.value),
        plain("Part number"): row.code,
        plain("Part"): row.name,
        plain("Cost before"): _number(line.cost_was),
        plain("Cost"): _number(row.cost),
        plain("Sales price before"): _number(line.price_was),
        plain("Sales price"): _number(line.price if line.price is not None else row.price),
        plain("Change"): f"{line.rise:.0%}" if line.rise else "",
    }


def _number(amount: object) -> str:
    return "" if amount is None else f"{amount:,}"
