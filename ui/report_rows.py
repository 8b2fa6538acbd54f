"""The rows behind a figure: as a table where a tap opens the record, and as a file."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import StringIO

import pandas as pd
import streamlit as st

from db.choice import Label
from services.i18n import N_
from services.indicators import Indicator, Row
from ui.here import show_record, zone
from ui.text import plain, t
from ui.when import minute_of, span

RECORDS = ("appointment", "order")  # what a tap on a row can open
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def rows_table(indicator: Indicator) -> None:
    """The rows, first those somebody may want to do something about; a tap on one opens its record."""
    rows = sorted(indicator.rows, key=lambda row: row.counts == (indicator.better > 0))
    key = f"rows_{indicator.key}"
    st.dataframe(
        pd.DataFrame(_table(rows, indicator.titles)), hide_index=True, height=min(74 + 46 * len(rows), 420), row_height=46,
        key=key, on_select=lambda: _open(key, rows), selection_mode="single-cell", alt=t("Rows behind the figure"),
    )  # fmt: skip


def rows_file(indicator: Indicator) -> bytes:
    """The rows as comma-separated values, with a mark at the beginning by which spreadsheets know UTF-8."""
    out = StringIO()
    table = _table(indicator.rows, indicator.titles)
    writer = csv.writer(out)
    writer.writerow(table)
    writer.writerows([_harmless(cell) for cell in line] for line in zip(*table.values(), strict=True))
    return out.getvalue().encode("utf-8-sig")


def _open(key: str, rows: list[Row]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and rows[cells[0][0]].subject in RECORDS:
        row = rows[cells[0][0]]
        show_record(row.subject, row.key)


def _table(rows: Iterable[Row], titles: Mapping[str, str]) -> dict[str, list[str]]:
    """Columns by their title. Only those that say something about these rows."""
    lines = [_line(row, titles) for row in rows]
    names = dict.fromkeys(name for line in lines for name, cell in line.items() if cell)
    return {name: [line.get(name, "") for line in lines] for name in names}


def _line(row: Row, titles: Mapping[str, str]) -> dict[str, str]:
    cells = {
        N_("Counted"): plain("Yes") if row.counts else plain("No"),
        N_("Number"): row.number,
        N_("Plate"): row.plate,
        N_("Customer"): row.customer,
        titles.get("at", N_("Time")): _when(row.at),
        titles.get("other", N_("Before")): _when(row.other),
        titles.get("minutes", N_("Minutes")): "" if row.minutes is None else span(row.minutes),
        titles.get("words", N_("Note")): " · ".join(
            plain(word) if isinstance(word, Label) else word for word in row.words
        ),
    }
    return {plain(title): cell for title, cell in cells.items()}


def _when(moment: datetime | None) -> str:
    return minute_of(moment, zone()) if moment else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
