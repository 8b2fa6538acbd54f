"""A maker's list of recalls: file, columns, what was understood, brought in with its progress, and the refused rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from db.enums_desk import CampaignKind
from services.i18n import N_
from services.importing.read import Table, read_table
from services.importing.refused import rows_as_file
from services.recall_list.apply import Brought, Told, bring_in, portions
from services.recall_list.columns import RecallField, guess_fields
from services.recall_list.rows import MOST_ROWS, RecallRow, check_list
from services.refusals import Refusal
from ui.act import act, notices
from ui.list_columns import choose_columns
from ui.text import language, md, plain, t

PLACE = "recall_list"
_KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls"]
_MOST_MB = 64  # more than is read, because Streamlit says "too large" in a tooltip only and we say it in a sentence
_SHOWN = 200  # rows in the preview; all are checked
_HOW = {False: N_("Replaces the cars known so far"), True: N_("Adds cars")}


@dataclass
class _Opened:
    """The file at hand, read once; its rows are checked once for each choice of columns."""

    file_id: str
    table: Table
    columns: Mapping[RecallField, int] = field(default_factory=dict)
    rows: list[RecallRow] = field(default_factory=list)


@dataclass
class _Run:
    """An import under way: the portions left, and what those before did."""

    file_id: str
    left: list[list[Told]]
    all: int
    kind: CampaignKind
    adds: bool
    done: Brought = field(default_factory=Brought)


def recall_list() -> None:
    """Draw all of it; runs inside the fragment of the settings."""
    file = st.file_uploader(t("List of recalls or campaigns (CSV or XLSX, up to 15 MB)"), _KINDS, max_upload_size=_MOST_MB,
                            key="recall_file")  # fmt: skip
    notices(PLACE)
    run: _Run | None = st.session_state.get("recall_run")
    if file is None:
        st.session_state.pop("recall_run", None)
        return
    try:
        opened = _open(file)
    except Refusal as refusal:
        st.error(md(refusal.say(language())), icon=":material/block:")
        return
    if run and run.file_id == file.file_id:
        _go_on(run, opened)
        return
    try:
        _check(opened, _columns(opened))
    except Refusal as refusal:
        st.warning(md(refusal.say(language())), icon=":material/view_column:")
        return
    _preview(opened)


def _open(file: Any) -> _Opened:
    known: _Opened | None = st.session_state.get("recall_opened")
    if known is None or known.file_id != file.file_id:
        known = _Opened(file.file_id, read_table(file.getvalue(), file.name, MOST_ROWS))
        st.session_state["recall_opened"] = known
    return known


def _columns(opened: _Opened) -> dict[RecallField, int]:
    headers, guessed = opened.table.headers, guess_fields(opened.table.headers)
    enough = RecallField.CODE in guessed and bool({RecallField.MAKE, RecallField.VIN_FROM} & guessed.keys())
    key = "recall_{field}_" + opened.file_id
    return choose_columns(key, RecallField, headers, guessed, enough=enough)


def _check(opened: _Opened, columns: dict[RecallField, int]) -> None:
    if opened.columns != columns:
        with st.spinner(t("Reading the list…")):
            opened.rows, opened.columns = check_list(opened.table, columns), columns


def _preview(opened: _Opened) -> None:
    good = [row for row in opened.rows if row.why is None]
    bad = len(opened.rows) - len(good)
    _figures(((t("Rows"), len(opened.rows)), (t("Recalls"), len({row.code for row in good})), (t("Refused"), bad)))
    st.segmented_control(t("Kind"), list(CampaignKind), default=CampaignKind.RECALL, required=True, key="recall_kind",
                         format_func=lambda kind: t(kind.label))  # fmt: skip
    st.segmented_control(t("For recalls known already, this list"), list(_HOW), default=False, required=True,
                         format_func=lambda adds: t(_HOW[adds]), key="recall_adds")  # fmt: skip
    st.button(t("Import {n} rows", n=len(good)), type="primary", icon=":material/download_done:", key="recall_go",
              disabled=not good, on_click=_start, args=(opened,))  # fmt: skip
    if bad:
        _refused(opened)
    st.dataframe(_frame(opened), hide_index=True, height=320)


def _start(opened: _Opened) -> None:
    left = portions(opened.rows)
    kind, adds = st.session_state["recall_kind"], st.session_state["recall_adds"]
    st.session_state["recall_run"] = _Run(opened.file_id, left, len(left), kind, adds)


def _go_on(run: _Run, opened: _Opened) -> None:
    """One portion a run of the page. A tap in between, or a reload, leaves whole recalls; the list brought in again goes
    on where it stopped, because what is there already is left as it is."""
    if not run.left:
        _result(run, opened)
        return
    st.progress((run.all - len(run.left)) / run.all, t("Importing: {done} of {all} recalls", **_so_far(run)))
    portion = run.left[0]
    done = act(lambda work: bring_in(work, portion, kind=run.kind, adds=run.adds), at=PLACE)
    if done is None:
        st.session_state.pop("recall_run", None)
    else:
        run.left, run.done = run.left[1:], run.done + done
    st.rerun()


def _so_far(run: _Run) -> dict[str, int]:
    done = run.done.new + run.done.changed + run.done.unchanged
    return {"done": done, "all": done + sum(map(len, run.left))}


def _result(run: _Run, opened: _Opened) -> None:
    done = run.done
    st.success(t("The list is imported."), icon=":material/check_circle:")
    refused = sum(1 for row in opened.rows if row.why)
    _figures(((t("New"), done.new), (t("Changed"), done.changed), (t("Unchanged"), done.unchanged),
              (t("Cars to call"), done.cars), (t("Refused rows"), refused)))  # fmt: skip
    if refused:
        _refused(opened)


def _refused(opened: _Opened) -> None:
    rows = [(row.row, str(row.why)) for row in opened.rows if row.why]
    data = rows_as_file(rows, opened.table, language())
    st.download_button(t("Refused rows as a file"), data, "refused.csv", "text/csv", key="recall_refused",
                       icon=":material/download:")  # fmt: skip


def _figures(figures: tuple[tuple[str, int], ...]) -> None:
    with st.grid(len(figures), min_column_width=120):
        for label, value in figures:
            st.metric(md(label), md(f"{value:,}"), border=True)


def _frame(opened: _Opened) -> pd.DataFrame:
    """The refused rows first, then the others in their order."""
    ordered = sorted(opened.rows, key=lambda row: not row.why)[:_SHOWN]
    return pd.DataFrame([_line(row, opened) for row in ordered])


def _line(row: RecallRow, opened: _Opened) -> dict[str, object]:
    cells = opened.table.rows[row.row - opened.table.first_row]
    shown = {plain(one.label): cells[at] for one, at in opened.columns.items()}
    return {plain("Row"): row.row, plain("Result"): plain(row.why.value) if row.why else plain("ready"), **shown}
