"""Suppliers: whom to call, what they sell, what they owe us; a new one, and their price lists."""

from functools import partial

import streamlit as st

from db.models import Supplier
from services import permissions as may
from services.suppliers import Dealing, SupplierTyped, dealings, put_supplier, typed_as
from ui.act import act, notices, spend, token
from ui.here import look, person, show_record
from ui.text import Safe, badge, joined, md, phone, t

PLACE = "suppliers"
TEXTS = ("name", "contact", "phone", "email", "note")


@st.fragment
def supplier_list() -> None:
    """One card a supplier, with their form behind a button."""
    if st.query_params.get("view") == "list":
        st.rerun()  # the price list was opened: that is for the whole page
    with look() as work:
        rows = dealings(work)
    edits = person().has(*may.ISSUES_PARTS)
    if edits:
        top = st.container(horizontal=True, gap="small")
        with top.popover(t("New supplier"), icon=":material/add:", key="supplier_new"):
            _form("supplier_0", None, SupplierTyped(""))
        top.button(t("Price list"), icon=":material/upload_file:", key="suppliers_list", on_click=show_record,
                   args=("view", "list"))  # fmt: skip
    notices(PLACE)
    if not rows:
        st.caption(t("No supplier yet. A supplier named while ordering appears here by itself."))
    for row in rows:
        _card(row, edits)


def _card(row: Dealing, edits: bool) -> None:
    one = row.supplier
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"supplier_card_{one.id}"
    ):
        words = st.container(gap=None, width="stretch")
        words.markdown(joined(Safe(f"**{md(one.name)}**"), md(one.contact), phone(one.phone), md(one.email)))
        days = t("delivery days: {n}", n=one.delivery_days) if one.delivery_days is not None else None
        words.caption(joined(t("parts: {n}", n=row.parts), days, md(one.note)))
        marks = joined(
            badge("gray", "block", t("no longer ordered from")) if not one.active else None,
            badge("blue", "local_shipping", t("{n} on the way", n=row.coming)) if row.coming else None,
            badge("red", "schedule", t("{n} late", n=row.late)) if row.late else None,
            by=" ",
        )
        if marks:
            st.markdown(marks, width="content")
        if edits:
            with st.popover(t("Change"), icon=":material/edit:", key=f"supplier_edit_{one.id}"):
                was = typed_as(one)
                _form(f"supplier_{one.id}_{abs(hash(was))}", one, was)


def _form(key: str, one: Supplier | None, was: SupplierTyped) -> None:
    st.text_input(t("Supplier"), was.name, key=f"{key}_name", max_chars=200)
    st.text_input(t("Contact person"), was.contact, key=f"{key}_contact", max_chars=120)
    st.text_input(t("Phone"), was.phone, key=f"{key}_phone", max_chars=60)
    st.text_input(t("E-mail"), was.email, key=f"{key}_email", max_chars=200)
    st.number_input(t("Days of delivery"), 0, 365, was.delivery_days, 1, key=f"{key}_days")
    st.text_area(t("Note"), was.note, key=f"{key}_note", height=80)
    if one:
        st.toggle(t("We order from them"), was.active, key=f"{key}_active")
    st.button(t("Save"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save,
              args=(one.id if one else None, was, key))  # fmt: skip


def _save(supplier_id: int | None, was: SupplierTyped, key: str) -> None:
    state = st.session_state
    name, contact, phone_typed, email, note = (str(state[f"{key}_{field}"] or "") for field in TEXTS)
    typed = SupplierTyped(
        name, contact, phone_typed, email, note, state[f"{key}_days"], bool(state.get(f"{key}_active", True))
    )
    if act(
        partial(put_supplier, supplier_id=supplier_id, typed=typed, was=was), done=t("Saved"), at=PLACE, once=token(key)
    ):
        for field in (*TEXTS, "days"):
            state.pop(f"{key}_{field}", None)
    spend(key)
