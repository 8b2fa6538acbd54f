"""Settings: bring a list of customers and cars from a CSV or XLSX file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from services.importing.apply import Imported, import_rows
from services.importing.columns import Field, guess_columns
from services.importing.plan import plan_import
from services.importing.read import Table, read_table
from services.importing.refused import refused_file
from services.importing.region import likely_region, region_names
from services.importing.rows import Counts, RowResult, check_rows, count
from services.refusals import Refusal
from services.work import Work
from ui.act import act, notices, spend, token
from ui.here import look
from ui.text import Safe, language, md, plain, t

_KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls"]
_LEAVE_OUT = -1
_MOST_MB = 64  # more than is read, because Streamlit says "too large" in a tooltip only and we say it in a sentence
_KEPT = (Field.NAME, Field.PHONE, Field.PLATE, Field.VIN, Field.EMAIL, Field.NOTE)
_SHOWN = 500  # rows in the preview; all are checked


@dataclass(frozen=True)
class _Opened:
    """The file at hand, read once."""

    file_id: str
    table: Table


@dataclass(frozen=True)
class _Reading:
    """How the table is to be read: the column of each field, the country of phone numbers written without one."""

    columns: Mapping[Field, int]
    region: str


@st.fragment
def importing() -> None:
    """File, columns, preview, import, refused rows."""
    file = st.file_uploader(t("List of customers and cars (CSV or XLSX, up to 15 MB)"), _KINDS,
                            max_upload_size=_MOST_MB, key="import_file")  # fmt: skip
    notices("import")
    done: tuple[Imported, bytes] | None = st.session_state.get("import_done")
    if file is None:
        st.session_state.pop("import_done", None)
        return
    if done and st.session_state.get("import_done_file") == file.file_id:
        _result(*done)
        return
    try:
        opened = _open(file)
    except Refusal as refusal:
        st.error(md(refusal.say(language())), icon=":material/block:")
        return
    reading = _columns(opened)
    try:
        with look() as work:
            results = plan_import(work, _check(work, opened.table, reading)).results
    except Refusal as refusal:
        st.warning(md(refusal.say(language())), icon=":material/view_column:")
        return
    _preview(opened, reading, results)


def _open(file: Any) -> _Opened:
    known: _Opened | None = st.session_state.get("import_opened")
    if known is None or known.file_id != file.file_id:
        known = _Opened(file.file_id, read_table(file.getvalue(), file.name))
        st.session_state["import_opened"] = known
    return known


def _columns(opened: _Opened) -> _Reading:
    """One select box a field and one for the country, set to what was guessed; folded away when the guess is enough."""
    table, key = opened.table, opened.file_id
    with look() as work:
        home = work.garage.country
    guessed = guess_columns(table.headers, table.rows, home)
    enough = {Field.NAME, Field.PHONE} & guessed.keys() and {Field.PLATE, Field.VIN} & guessed.keys()
    with (
        st.expander(t("Columns"), expanded=not enough, icon=":material/view_column:"),
        st.grid(4, min_column_width=200),
    ):
        chosen = {field: _column(field, table, guessed.get(field, _LEAVE_OUT), key) for field in Field}
        phones = [row[chosen[Field.PHONE]] for row in table.rows] if chosen[Field.PHONE] != _LEAVE_OUT else []
        names = region_names(language())
        region = st.selectbox(t("Country of the phone numbers"), list(names), list(names).index(likely_region(phones, home)),
                              names.__getitem__, key=f"import_region_{key}")  # fmt: skip
    return _Reading({field: column for field, column in chosen.items() if column != _LEAVE_OUT}, region or home)


def _column(field: Field, table: Table, guessed: int, key: str) -> int:
    options = [_LEAVE_OUT, *range(len(table.headers))]
    names = [plain("leave out"), *(header or f"#{number}" for number, header in enumerate(table.headers, 1))]
    column = st.selectbox(
        t(field.label), options, options.index(guessed), lambda at: names[at + 1], key=f"import_{field.value}_{key}"
    )
    return _LEAVE_OUT if column is None else column


def _check(work: Work, table: Table, reading: _Reading) -> list[RowResult]:
    """Every row judged by itself."""
    return check_rows(table, reading.columns, reading.region, work.local(work.now).date())


def _preview(opened: _Opened, reading: _Reading, results: list[RowResult]) -> None:
    _figures(count(results))
    st.dataframe(_frame(results, opened.table, reading.columns), hide_index=True, height=320)
    notices("import_rows")
    label = t("Import {n} rows", n=count(results).imported)
    st.button(label, type="primary", on_click=_import, args=(opened, reading), key="import_go", icon=":material/download_done:",
              disabled=not count(results).imported)  # fmt: skip


def _figures(counts: Counts) -> None:
    figures = (
        (t("Rows"), counts.rows),
        (t("Customers"), counts.customers),
        (t("Cars"), counts.vehicles),
        (t("With a warning"), counts.with_warnings),
        (t("Refused"), counts.rejected),
    )
    with st.grid(5, min_column_width=130):
        for label, value in figures:
            st.metric(md(label), md(value), border=True)


def _frame(results: list[RowResult], table: Table, columns: Mapping[Field, int]) -> pd.DataFrame:
    """The refused rows first, then the others in their order."""
    ordered = sorted(results, key=lambda result: not result.why)[:_SHOWN]
    return pd.DataFrame([_line(result, table.rows[result.row - table.first_row], columns) for result in ordered])


def _line(result: RowResult, cells: Sequence[str], columns: Mapping[Field, int]) -> dict[str, object]:
    """A row as it will be kept; one that could not be understood shows its cells as they are."""
    values = result.values
    kept = {
        field: getattr(values, field.value, "") if values else cells[columns[field]]
        for field in columns
        if field in _KEPT
    }
    return {
        plain("Row"): result.row,
        plain("Result"): plain(result.why.value) if result.why else plain("ready"),
        **{plain(field.label): str(kept.get(field) or "") for field in _KEPT if field in columns},
        plain("Odometer"): str(values.odometer_km or "") if values else "",
        plain("Left out"): ", ".join(plain(field.label) for field in result.warnings),
    }


def _import(opened: _Opened, reading: _Reading) -> None:
    """All accepted rows in one unit of work; a second tap does nothing."""
    table, tongue = opened.table, language()

    def bring_in(work: Work) -> tuple[Imported, bytes]:
        done = import_rows(work, _check(work, table, reading))
        return done, refused_file(done.results, table, tongue)

    done = act(bring_in, done=t("The list is imported."), at="import", once=token("import"))
    if done:
        spend("import")
        st.session_state["import_done"], st.session_state["import_done_file"] = done, opened.file_id


def _result(done: Imported, refused: bytes) -> None:
    figures = (
        (t("New customers"), done.customers),
        (t("New cars"), done.vehicles),
        (t("Completed cars"), done.updated),
        (t("Unchanged cars"), done.unchanged),
        (t("Refused rows"), sum(bool(result.why) for result in done.results)),
    )
    with st.grid(5, min_column_width=130):
        for label, value in figures:
            st.metric(md(label), md(value), border=True)
    if any(result.why for result in done.results):
        st.download_button(
            t("Refused rows as a file"),
            refused,
            "refused.csv",
            "text/csv",
            key="import_refused",
            icon=":material/download:",
        )
    st.caption(Safe(f":material/upload_file: {t('Choose another file above to import more.')}"))
