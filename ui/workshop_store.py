"""The forms of the store on a car's record, and of washing."""

from decimal import Decimal

import streamlit as st
from sqlmodel import col, select

from db.models import OrderLine, Part
from services.order_facts import OrderFacts
from services.part_reservations import reserved
from services.stock import give_back, issue
from ui.here import look
from ui.text import Safe, joined, md, t
from ui.workshop_parts import save, value


def issue_form(facts: OrderFacts) -> None:
    """Every agreed part still due: how much, where it lies, one tap to hand it out."""
    key = facts.order.id
    rows = _with_parts(facts.parts_due)
    with look() as work:
        kept = reserved(work, [part.id for _, part in rows], without=facts.order.appointment_id)
    for line, part in rows:
        due = line.quantity - line.issued
        words = joined(md(line.title), t("{n} {unit}", n=f"{due.normalize():f}", unit=part.unit), md(part.place))
        others = kept.get(part.id, Decimal(0))
        _row(line, words, _stock(part, others, short=part.on_hand - others < due), t("Issue"), "issue", key)
    st.text_input(t("Reason, if stock is short"), key=f"issue_reason_{key}")


def give_back_form(facts: OrderFacts) -> None:
    """Every part handed out for this car, one tap to take it back."""
    key = facts.order.id
    for line, part in _with_parts(facts.parts_out):
        words = joined(md(line.title), t("{n} {unit}", n=f"{line.issued.normalize():f}", unit=part.unit))
        _row(line, words, _stock(part), t("Take back"), "give_back", key)
    st.text_input(t("Reason"), key=f"give_back_reason_{key}")


def _row(line: OrderLine, words: Safe, stock: Safe, label: Safe, action: str, order_id: int) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    row.markdown(words, width="content")
    row.markdown(stock, width="content")
    row.button(
        label, key=f"{action}_{line.id}", icon=":material/outbox:", on_click=_do, args=(order_id, line.id, action)
    )


def _do(order_id: int, line_id: int, action: str) -> None:
    verb, done = (issue, t("Issued.")) if action == "issue" else (give_back, t("Taken back."))
    reason = value(f"{action}_reason_{order_id}")
    save(order_id, lambda work: verb(work, line_id, reason=reason), done, f"{action}_reason_{order_id}")


def _stock(part: Part, others: Decimal = Decimal(0), *, short: bool = False) -> Safe:
    """What lies on the shelf, and how much of it is kept for other cars that are booked."""
    there = t("in stock: {n} {unit}", n=f"{part.on_hand.normalize():f}", unit=part.unit)
    words = joined(there, t("kept for bookings: {n}", n=f"{others.normalize():f}") if others else None)
    return Safe(f":{'orange' if short else 'gray'}-badge[:material/inventory_2: {words}]")


def _with_parts(lines: list[OrderLine]) -> list[tuple[OrderLine, Part]]:
    with look() as work:
        wanted = select(Part).where(col(Part.id).in_([line.part_id for line in lines]))
        parts = {part.id: part for part in work.db.exec(wanted)}
    return [(line, parts[line.part_id or 0]) for line in lines]
