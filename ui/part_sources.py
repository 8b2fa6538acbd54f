"""Who sells a part, under which number and at what cost."""

from functools import partial

import streamlit as st

from db.models import Part
from services.suppliers import Source, drop_source, put_source, sources_of, supplier_named, suppliers
from services.work import Work
from ui.act import act
from ui.here import look
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, badge, joined, md, plain, t

PLACE = "part"


def who_sells_it(part: Part, currency: str, edits: bool) -> None:
    """One row a supplier, the one we order from first on top."""
    with look() as work:
        rows = sources_of(work, [part.id]).get(part.id, [])
        names = [row.name for row in suppliers(work)]
    if not rows:
        st.caption(t("Nobody is noted who sells this part."))
    for row in rows:
        _row(part.id, row, currency, edits)
    if edits:
        with st.grid(3, min_column_width=200):
            st.selectbox(t("Supplier"), names, index=None, key="source_name", accept_new_options=True,
                         placeholder=plain("Choose or type"))  # fmt: skip
            st.text_input(t("Their number"), key="source_code", max_chars=100)
            sum_input(t("Cost"), "source_cost", currency)
        st.button(t("Sells this part"), key="source_add", icon=":material/add:", type="primary", on_click=_add,
                  args=(part.id, not rows))  # fmt: skip


def _row(part_id: int, row: Source, currency: str, edits: bool) -> None:
    key = f"{part_id}_{row.supplier.id}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"source_{key}"):
        first = badge("green", "star", t("ordered from first")) if row.preferred else None
        cost = money(row.cost, currency) if row.cost is not None else None
        st.markdown(joined(Safe(f"**{md(row.supplier.name)}**"), md(row.code), cost, first), width="stretch")
        if edits and not row.preferred:
            st.button(
                t("Order here first"),
                key=f"prefer_{key}",
                icon=":material/star:",
                on_click=_prefer,
                args=(part_id, row),
            )
        if edits:
            st.button(t("Remove"), key=f"drop_source_{key}", icon=":material/close:", on_click=_drop,
                      args=(part_id, row.supplier.id))  # fmt: skip


def _add(part_id: int, first: bool) -> None:
    name, code, cost = (
        st.session_state["source_name"] or "",
        st.session_state["source_code"],
        sum_typed_in("source_cost"),
    )

    def add(work: Work) -> object:
        supplier = supplier_named(work, name, needed=True)
        known = {row.supplier.id: row for row in sources_of(work, [part_id]).get(part_id, [])}
        had = known.get(supplier.id) if supplier else None
        return put_source(work, part_id, supplier.id if supplier else 0, code=code, cost=cost,
                          preferred=had.preferred if had else first)  # fmt: skip

    if act(add, at=PLACE, done=t("Noted.")):
        for field in ("source_name", "source_code", "source_cost"):
            st.session_state.pop(field, None)


def _prefer(part_id: int, row: Source) -> None:
    act(lambda work: put_source(work, part_id, row.supplier.id, code=row.code, cost=row.cost, preferred=True), at=PLACE,
        done=t("Noted."))  # fmt: skip


def _drop(part_id: int, supplier_id: int) -> None:
    act(partial(drop_source, part_id=part_id, supplier_id=supplier_id), at=PLACE, done=t("Noted."))
