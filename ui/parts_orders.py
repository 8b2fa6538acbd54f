"""What is planned, by supplier: choose from whom, leave out what waits, one tap orders the rest together."""

from functools import partial

import streamlit as st

from db.models import PurchaseLine, Supplier
from services import permissions as may
from services.papers import quantity_words
from services.purchase_orders import order_from
from services.purchase_screen import FromSupplier
from services.purchases import ToBuy, expect
from services.work import Work
from ui.act import act, said
from ui.booking_draft import day_format
from ui.here import here, person, zone
from ui.purchase_row import drop_button
from ui.sums import money
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import moment, urgency

PLACE = "parts_buy"


def orders(groups: list[FromSupplier], sellers: list[Supplier], currency: str) -> None:
    """A block for each supplier, what nobody was chosen for last."""
    if not groups:
        st.caption(t("Nothing is planned. What is missing can be planned with one tap."))
    for group in groups:
        _group(group, sellers, currency)


def _group(group: FromSupplier, sellers: list[Supplier], currency: str) -> None:
    one, buys = group.supplier, person().has(*may.ISSUES_PARTS)
    key = one.id if one else 0
    with st.container(border=True, key=f"from_{key}"):
        top = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        name = md(one.name) if one else t("No supplier chosen")
        top.markdown(Safe(f"**:material/local_shipping: {name}**"), width="stretch")
        left_out: set[int] = st.session_state.setdefault("buy_left_out", set())
        lines = [line for line, _ in group.lines if line.line.id not in left_out]
        if one and buys:
            if group.total:
                top.markdown(t("about {sum}", sum=money(group.total, currency)), width="content")
            top.date_input(t("Expected on"), None, key=f"order_day_{key}", format=day_format(), width=170,
                           label_visibility="collapsed")  # fmt: skip
            top.button(t("Order {n}", n=len(lines)), key=f"order_from_{key}", type="primary", disabled=not lines,
                       icon=":material/send:", on_click=_order, args=(key, [line.line.id for line in lines]))  # fmt: skip
        if one is None and buys:
            top.selectbox(t("Supplier of all"), [seller.name for seller in sellers], None, key="seller_of_all", width=300,
                          accept_new_options=True, label_visibility="collapsed", placeholder=plain("All from one supplier"),
                          on_change=_choose_for_all, args=([line.line.id for line in lines],))  # fmt: skip
        for line, cost in group.lines:
            _line(line, money(cost, currency) if cost is not None else None, one, sellers, buys)


def _line(one: ToBuy, cost: Safe | None, supplier: Supplier | None, sellers: list[Supplier], buys: bool) -> None:
    row = one.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"planned_{row.id}"):
        amount = Safe(f"**{md(quantity_words(row.quantity, one.unit))}** {md(row.what)}")
        whom = joined(md(one.plate), md(one.customer)) if one.plate else t("for the shelf")
        st.markdown(joined(amount, whom, cost), width="stretch")
        if one.starts_at:
            when = moment(one.starts_at, here().clock(), zone())
            st.markdown(badge(urgency(one.starts_at, here().clock()), "schedule", when), width="content")
        if buys:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                _taps(row, supplier, sellers)


def _taps(row: PurchaseLine, supplier: Supplier | None, sellers: list[Supplier]) -> None:
    """From whom, not this time, not at all; together on the next line where an upright tablet is too narrow."""
    names, group = [seller.name for seller in sellers], supplier.id if supplier else 0
    chosen = names.index(supplier.name) if supplier and supplier.name in names else None
    st.selectbox(
        t("Supplier"), names, chosen, width=220, key=f"seller_{row.id}_{group}", accept_new_options=True,
        label_visibility="collapsed", placeholder=plain("Choose or type"), on_change=_choose, args=(row.id, group),
    )  # fmt: skip
    if supplier:
        out = row.id in st.session_state["buy_left_out"]
        st.button(t("Order it too") if out else t("Later"), key=f"later_{row.id}", on_click=_later, args=(row.id,),
                  icon=":material/add:" if out else ":material/schedule:")  # fmt: skip
    drop_button(row, PLACE)


def _choose(line_id: int, group: int) -> None:
    name = st.session_state[f"seller_{line_id}_{group}"] or ""
    act(partial(expect, line_id=line_id, supplier=name), at=PLACE)


def _choose_for_all(line_ids: list[int]) -> None:
    name, st.session_state["seller_of_all"] = st.session_state.get("seller_of_all"), None
    if name:
        act(lambda work: [expect(work, key, supplier=name) for key in line_ids], at=PLACE)


def _later(line_id: int) -> None:
    st.session_state["buy_left_out"] ^= {line_id}


def _order(supplier_id: int, line_ids: list[int]) -> None:
    day = st.session_state.get(f"order_day_{supplier_id}")

    def verb(work: Work) -> str:
        return order_from(work, supplier_id, line_ids, expected_on=day).number

    number = act(verb, at=PLACE)
    if number:
        said(t("Order {number} is noted: send it from “On the way”.", number=number), PLACE)
        st.session_state.pop(f"order_day_{supplier_id}", None)
        st.session_state["buy_step"] = "coming"
