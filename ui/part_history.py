"""What moved of a part, and what it cost before."""

from decimal import Decimal

import streamlit as st

from db.models import Part
from services.papers import quantity_words
from services.part_movements import Moved, movements
from services.price_changes import Priced, price_changes
from ui.here import here, look, zone
from ui.sums import money
from ui.text import Safe, joined, md, t
from ui.when import moment


def movements_of(part: Part, currency: str) -> None:
    """One line a movement, the newest on top, with what lay there after it."""
    with look() as work:
        rows = movements(work, part.id)
    if not rows:
        st.caption(t("Nothing has moved yet."))
    for row in rows:
        _moved(row, part, currency)


def _moved(row: Moved, part: Part, currency: str) -> None:
    moved = row.movement
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"moved_{moved.id}"):
        sign = "+" if moved.quantity > 0 else "−"
        amount = Safe(f"**{md(sign + quantity_words(abs(moved.quantity), part.unit))}**")
        st.markdown(joined(amount, t(moved.kind.label), md(row.supplier), md(row.number)), width="stretch")
        at = moment(moved.at, here().clock(), zone())
        worth = t("{sum} each", sum=money(moved.unit_cost, currency))
        left = t("then {n}", n=quantity_words(row.after, part.unit))
        st.caption(joined(at, md(row.by), left, worth, md(moved.reason)), width="content")
        if row.order_id and st.button(t("Open"), key=f"moved_open_{moved.id}", icon=":material/open_in_full:"):
            st.switch_page("../pages/parts.py", query_params={"order": str(row.order_id)})


def prices_of(part_id: int, currency: str) -> None:
    """One line a change: what it was, what it became, from where."""
    with look() as work:
        rows = price_changes(work, part_id)
    if not rows:
        st.caption(t("Price and cost have not changed yet."))
    for row in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"priced_{row.change.id}"):
            st.markdown(joined(*_changes(row, currency)), width="stretch")
            at = moment(row.change.at, here().clock(), zone())
            st.caption(joined(at, t(row.change.source.label), md(row.by), md(row.change.note)), width="content")


def _changes(row: Priced, currency: str) -> list[Safe]:
    one = row.change
    return [
        _change(t("Price"), one.price_was, one.price, currency),
        _change(t("Cost"), one.cost_was, one.cost, currency),
    ]


def _change(label: Safe, was: Decimal, now: Decimal, currency: str) -> Safe:
    """From what to what; blank when it stayed."""
    return Safe(f"{label} {money(was, currency)} → **{money(now, currency)}**") if was != now else Safe()
