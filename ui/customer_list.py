"""Finding a customer: one field for plate, phone, name and VIN; the latest visitors before anything is typed."""

import streamlit as st

from services.finding import LEAST, Found, find, newest
from ui.here import asked, here, look, show_record, zone
from ui.text import Safe, badge, joined, md, phone, plain, t
from ui.when import moment

MOST = 30


@st.fragment
def customer_list() -> None:
    """The search field and what it finds; a letter typed redraws only this."""
    if asked("customer") is not None:
        st.rerun()  # a file was opened: that is for the whole page
    typed = st.text_input(
        t("Search"), key="customer_search", placeholder=plain("Plate, phone, name or VIN"), icon=":material/search:",
        label_visibility="collapsed", max_chars=60, persist_state="session", live=True,
    )  # fmt: skip
    with look() as work:
        rows = find(work, typed, MOST) if len(typed.strip()) >= LEAST else newest(work)
    if not rows:
        st.caption(t("Nobody found. Try the plate without spaces, or the last digits of the phone."))
    with st.grid(2, min_column_width=340):
        for row in rows:
            _row(row)


def _row(row: Found) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap="xsmall"):
            st.markdown(Safe(f"**{md(row.plate) or t('no car yet')}** {md(row.model)}"))
            st.caption(joined(md(row.name), phone(row.phone), _visit(row)))
            _marks(row)
        st.button(
            t("Open"), key=f"file_{row.customer_id}_{row.vehicle_id or 0}", icon=":material/open_in_full:", on_click=show_record,
            args=("customer", row.customer_id),
        )  # fmt: skip


def _marks(row: Found) -> None:
    marks = joined(
        badge("orange", "edit_note", t("incomplete file")) if row.incomplete else None,
        badge("red", "report", t("open complaint")) if row.complaint else None,
        by=" ",
    )
    if marks:
        st.markdown(marks)


def _visit(row: Found) -> Safe | None:
    return t("last here {when}", when=moment(row.last_visit, here().clock(), zone())) if row.last_visit else None
