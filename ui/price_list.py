"""A supplier's price list: file, columns, whose it is, what it would change, brought in with its progress, the refused rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from services import permissions as may
from services.importing.read import Table, read_table
from services.importing.refused import rows_as_file
from services.price_list.apply import Brought, bring_in, note_import, portions
from services.price_list.columns import PriceField, guess_fields
from services.price_list.match import Line, What, Wishes, match
from services.price_list.rows import MOST_ROWS, PriceRow, check_list
from services.refusals import Refusal
from services.work import Work
from ui.act import act, notices
from ui.here import look, person, show_record
from ui.list_columns import choose_columns
from ui.price_list_look import figures, preview
from ui.price_list_wishes import wishes
from ui.text import language, md, plain, t

PLACE = "price_list"
_KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls"]
_MOST_MB = 64  # more than is read, because Streamlit says "too large" in a tooltip only and we say it in a sentence


@dataclass
class _Opened:
    """The file at hand, read once; rows are checked and laid beside the catalogue once for each choice."""

    file_id: str
    name: str
    table: Table
    columns: Mapping[PriceField, int] = field(default_factory=dict)
    rows: list[PriceRow] = field(default_factory=list)
    wishes: Wishes | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass
class _Run:
    """An import under way: the portions left, and what those before did."""

    file_id: str
    left: list[list[Line]]
    all: int
    wishes: Wishes
    done: Brought = field(default_factory=Brought)


@st.fragment
def price_list() -> None:
    """All of it."""
    if st.query_params.get("view") != "list":
        st.rerun()
    st.button(
        t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("view", "catalogue"), key="list_back"
    )
    if not person().has(*may.ISSUES_PARTS):
        st.caption(t("Price lists are brought in by the store."))
        return
    file = st.file_uploader(t("A supplier's price list (CSV or XLSX, up to 15 MB, 100,000 lines)"), _KINDS,
                            max_upload_size=_MOST_MB, key="price_file")  # fmt: skip
    notices(PLACE)
    run: _Run | None = st.session_state.get("price_run")
    if file is None:
        for name in ("price_run", "price_opened"):
            st.session_state.pop(name, None)
        return
    try:
        opened = _open(file)
    except Refusal as refusal:
        st.error(md(refusal.say(language())), icon=":material/block:")
        return
    with st.empty().container():  # what stood below is gone at once when the import begins
        if run and run.file_id == file.file_id:
            _go_on(run, opened)
            return
        try:
            _check(opened, _columns(opened))
        except Refusal as refusal:
            st.warning(md(refusal.say(language())), icon=":material/view_column:")
            return
        _beside_the_catalogue(opened)


def _open(file: Any) -> _Opened:
    known: _Opened | None = st.session_state.get("price_opened")
    if known is None or known.file_id != file.file_id:
        with st.spinner(t("Reading the list…")):
            known = _Opened(file.file_id, file.name, read_table(file.getvalue(), file.name, MOST_ROWS))
        st.session_state["price_opened"] = known
    return known


def _columns(opened: _Opened) -> dict[PriceField, int]:
    headers, guessed = opened.table.headers, guess_fields(opened.table.headers)
    enough = PriceField.CODE in guessed and bool({PriceField.COST, PriceField.PRICE} & guessed.keys())
    key = "price_{field}_" + opened.file_id
    return choose_columns(key, PriceField, headers, guessed, enough=enough)


def _check(opened: _Opened, columns: dict[PriceField, int]) -> None:
    if opened.columns != columns:
        with look() as work:
            currency = work.garage.currency
        with st.spinner(t("Reading the list…")):
            opened.rows, opened.columns, opened.wishes = check_list(opened.table, columns, currency), columns, None


def _beside_the_catalogue(opened: _Opened) -> None:
    chosen = wishes(opened.columns, PLACE)
    if chosen is None:
        return
    if opened.wishes != chosen:
        with look() as work:
            opened.lines, opened.wishes = match(work, opened.rows, chosen), chosen
    many = {what: sum(line.what == what for line in opened.lines) for what in What}
    figures([(md(plain(what.value)), many[what]) for what in What])
    todo = many[What.NEW] + many[What.CHANGED]
    with st.container(horizontal=True, gap="small"):
        st.button(t("Bring in: {n}", n=f"{todo:,}"), type="primary", icon=":material/download_done:", key="price_go",
                  disabled=not todo, on_click=_start, args=(opened, chosen))  # fmt: skip
        _refused(opened)
    preview(opened.lines)


def _start(opened: _Opened, chosen: Wishes) -> None:
    left = portions(opened.lines)
    st.session_state["price_run"] = _Run(opened.file_id, left, sum(map(len, left)), chosen)


def _go_on(run: _Run, opened: _Opened) -> None:
    """One portion a run of the page. A tap in between, or a reload, leaves whole parts; the list brought in again goes
    on where it stopped, because what is there already is left as it is."""
    if not run.left:
        _result(run, opened)
        return
    done = run.all - sum(map(len, run.left))
    st.progress(done / run.all, t("Bringing in: {done} of {all} parts", done=f"{done:,}", all=f"{run.all:,}"))
    came = act(lambda work: _portion(work, run, opened.name), at=PLACE)
    if came is None:
        st.session_state.pop("price_run", None)
    else:
        run.left, run.done = run.left[1:], run.done + came
    st.rerun()


def _portion(work: Work, run: _Run, name: str) -> Brought:
    came = bring_in(work, run.left[0], run.wishes, name=name)
    if len(run.left) == 1:
        note_import(work, run.wishes.supplier_id, run.done + came, name=name)
    return came


def _result(run: _Run, opened: _Opened) -> None:
    st.success(t("The list is imported."), icon=":material/check_circle:")
    refused = sum(line.what == What.REFUSED for line in opened.lines)
    figures([(t("New parts"), run.done.new), (t("Changed parts"), run.done.changed), (t("Refused rows"), refused)])
    _refused(opened)


def _refused(opened: _Opened) -> None:
    rows: Sequence[tuple[int, str]] = [(line.row.row, str(line.why)) for line in opened.lines if line.why]
    if rows:
        data = rows_as_file(rows, opened.table, language())
        st.download_button(t("Refused rows as a file"), data, "refused.csv", "text/csv", key="price_refused",
                           icon=":material/download:", on_click="ignore")  # fmt: skip
