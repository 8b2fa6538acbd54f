"""Export for the bookkeeper: which days, what they come to, and the files. Each file is made when it is tapped."""

from decimal import Decimal

import streamlit as st

from services.bookkeeping_files import as_csv, as_xlsx
from services.bookkeeping_issued import issued_between
from services.bookkeeping_sheets import TITLES, sheets
from services.indicators import Span
from services.takings import paid_between
from services.work import reading
from services.workspace import Workspace
from ui.drawer_takings import takings_list
from ui.here import here, look
from ui.money_span import span_chosen
from ui.own_dates import days_words
from ui.sums import money
from ui.text import Safe, joined, language, md, plain, t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@st.fragment
def export() -> None:
    """The sums are shown first, so that who sends the file knows what it says."""
    span = span_chosen()
    with look() as work:
        first, end = span.bounds(work.zone)
        issued, paid, currency = issued_between(work, first, end), paid_between(work, first, end), work.garage.currency
    st.subheader(days_words(span), anchor=False)
    st.caption(t("Statements and credit notes: {n}", n=f"{issued.many:,}"))
    with st.grid(3, min_column_width=230):
        st.metric(t("Net"), money(sum((rate.net for rate in issued.rates), Decimal(0)), currency), border=True)
        st.metric(t("Tax"), money(sum((rate.tax for rate in issued.rates), Decimal(0)), currency), border=True)
        st.metric(t("Total"), money(issued.total, currency), border=True)
    with st.grid(2, min_column_width=360):
        with st.container(gap="small"):
            takings_list(paid, currency)
        with st.container(gap="small"):
            _files(span)


def _files(span: Span) -> None:
    stem = f"books-{span.first}-{span.last}"
    _file(t("Everything as Excel"), stem, span, None)
    for name, title in TITLES.items():
        _file(joined(md(plain(title)), md("CSV"), by=" "), f"{stem}-{name}", span, name)


def _file(label: Safe, stem: str, span: Span, name: str | None) -> None:
    ws, lang = here(), language()
    st.download_button(
        label,
        lambda: _make(ws, span, lang, name),
        file_name=f"{stem}.{'csv' if name else 'xlsx'}",
        mime="text/csv" if name else XLSX,
        key=f"export_{name}",
        icon=":material/download:",
        type="secondary" if name else "primary",
        on_click="ignore",
        width="stretch",
    )


def _make(ws: Workspace, span: Span, lang: str, name: str | None) -> bytes:
    with reading(ws) as work:
        tables, currency = sheets(work, span, lang), work.garage.currency
        return as_csv(tables[name], lang, currency) if name else as_xlsx(tables.values(), lang, currency)
