"""Charging less than was agreed, line by line: how much of it was used or done."""

from decimal import Decimal

import streamlit as st

from db.models import OrderLine
from services.charging_less import charge_less
from services.differences import last_yes
from services.estimates import total_of
from services.left_undone import JOB, LINE, Undone, left_undone
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.settlement import agreed_lines
from services.workflow import allowed
from ui.act import act, notices
from ui.here import look, person
from ui.sums import money, sum_typed_in
from ui.text import Safe, badge, joined, md, t


def charge_less_form(facts: OrderFacts) -> None:
    """Every agreed line with its quantity, from nothing to what was agreed; written at once."""
    notices(_place(facts.order.id))
    with look() as work:
        said = last_yes(work, facts.order.id)
    for line, undone in _lines(facts):
        if line.id in said and not line.unpriced:
            _line(facts, line, said[line.id].quantity, t(undone.label) if undone else None)
    st.button(t("To the statement"), icon=":material/receipt_long:", key=f"less_done_{facts.order.id}", on_click=_open,
              args=(facts.order.id, "bill"))  # fmt: skip


def charged_undone(facts: OrderFacts) -> None:
    """Beside the statement: what it charges though it was left undone, each to be charged less by one tap."""
    move = ORDERS.move("charge_less")
    found = [(line, undone) for line, undone in _lines(facts)
             if undone and line.quantity > line.issued and not line.unpriced]  # fmt: skip
    if not found or not move.fits(facts, facts.order.status) or not allowed(move, person()):
        return
    notices(_place(facts.order.id))
    with look() as work:
        said = last_yes(work, facts.order.id)
    with st.container(border=True, gap="small", key=f"charged_undone_{facts.order.id}"):
        st.markdown(t("Left undone, and charged"))
        for line, undone in found:
            if line.id in said:
                _line(facts, line, said[line.id].quantity, t(undone.label))


def less_button(facts: OrderFacts) -> None:
    """The way to it from the statement."""
    move = ORDERS.move("charge_less")
    if move.fits(facts, facts.order.status) and allowed(move, person()):
        st.button(t(move.label), key=f"open_less_{facts.order.id}", icon=f":material/{move.icon}:", on_click=_open,
                  args=(facts.order.id, "charge_less"))  # fmt: skip


def _lines(facts: OrderFacts) -> list[tuple[OrderLine, Undone | None]]:
    """The agreed lines, each with what was left undone of it or of its job."""
    left = {one.key: one for one in left_undone(facts)}
    lines = agreed_lines(facts.lines)
    return [(line, left.get(f"{LINE}{line.id}") or left.get(f"{JOB}{line.order_job_id}")) for line in lines]


def _line(facts: OrderFacts, line: OrderLine, most: Decimal, state: Safe | None) -> None:
    key = f"less_{line.id}_{line.quantity.normalize():f}"  # anew when another tablet changed it
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"less_row_{line.id}")
    agreed = Safe(f":gray[{t('of {n} agreed', n=_amount(line, most))}]") if line.quantity != most else None
    words = joined(md(line.title), agreed, badge("orange", "pending", state) if state else None, by=" ")
    row.markdown(words, width="stretch")
    if state and line.quantity > line.issued:
        row.button(t("Only {n}", n=_amount(line, line.issued)), key=f"only_{key}", icon=":material/remove_shopping_cart:",
                   on_click=_put, args=(facts.order.id, line.id, line.issued))  # fmt: skip
    row.number_input(t("Quantity"), 0.0, float(most), float(line.quantity), step=min(1.0, float(most)), format="%g", key=key,
                     on_change=_typed, args=(facts.order.id, line.id, key), label_visibility="collapsed", width=150)  # fmt: skip
    row.markdown(joined(md(line.unit) if line.unit else None, Safe(f"**{money(total_of(line, facts.currency), facts.currency)}**")),
                 width=140, text_alignment="right")  # fmt: skip


def _open(order_id: int, action: str) -> None:
    st.session_state[f"step:{order_id}"] = action


def _amount(line: OrderLine, quantity: Decimal) -> str:
    return f"{quantity.normalize():f} {line.unit}".strip()


def _place(order_id: int) -> str:
    return f"charge_less_{order_id}"


def _typed(order_id: int, line_id: int, key: str) -> None:
    _put(order_id, line_id, sum_typed_in(key))


def _put(order_id: int, line_id: int, quantity: Decimal | None) -> None:
    act(lambda work: charge_less(work, order_id, line_id=line_id, quantity=quantity), at=_place(order_id))
