"""Parts that come back from a car into the store."""

from decimal import Decimal

import streamlit as st
from sqlmodel import col, select

from db.models import OrderLine, Part
from services.order_facts import OrderFacts
from services.papers import quantity_words
from services.stock import give_back
from ui.here import look
from ui.sums import sum_typed_in
from ui.text import Safe, badge, joined, md, t
from ui.workshop_parts import save, value


def give_back_form(facts: OrderFacts) -> None:
    """Every part handed out for this car, all of it or less; one tap takes it back."""
    key = facts.order.id
    rows = _with_parts(facts.parts_out)
    st.text_input(t("Reason"), key=f"give_back_reason_{key}")
    for line, part in rows:
        out = Safe(f"**{md(quantity_words(line.issued, part.unit))}**")
        place = Safe(f":material/shelves: {md(part.place)}") if part.place else None
        there = t("in stock: {n}", n=quantity_words(part.on_hand, part.unit))
        row = st.container(horizontal=True, vertical_alignment="center", gap="small", border=True, key=f"out_{line.id}")
        row.markdown(joined(joined(out, md(line.title), by=" "), place, badge("gray", "inventory_2", there)))
        row.number_input(
            t("Quantity"), min_value=0.0, max_value=float(line.issued), value=float(line.issued), format="%g", width=150,
            step=1.0, key=f"back_many_{line.id}", label_visibility="collapsed",
        )  # fmt: skip
        row.button(t("Take back"), key=f"give_back_{line.id}", icon=":material/move_to_inbox:", on_click=_back,
                   args=(key, line.id))  # fmt: skip


def _back(order_id: int, line_id: int) -> None:
    many, reason = sum_typed_in(f"back_many_{line_id}") or Decimal(0), value(f"give_back_reason_{order_id}")
    save(order_id, lambda work: give_back(work, line_id, quantity=many, reason=reason), t("Taken back."),
         f"give_back_reason_{order_id}", f"back_many_{line_id}")  # fmt: skip


def _with_parts(lines: list[OrderLine]) -> list[tuple[OrderLine, Part]]:
    with look() as work:
        wanted = select(Part).where(col(Part.id).in_([line.part_id for line in lines]))
        parts = {part.id: part for part in work.db.exec(wanted)}
    return [(line, parts[line.part_id or 0]) for line in lines]
