"""What moved of a part, and what it cost before."""

from decimal import Decimal
from functools import partial

import streamlit as st

from db.models import Part
from services import permissions as may
from services.papers import quantity_words
from services.part_movements import Moved, movements
from services.price_changes import Priced, price_changes
from services.stock import to_supplier
from ui.act import act, spend, token
from ui.here import here, look, person, zone
from ui.sums import money, sum_typed_in
from ui.text import Safe, joined, md, t
from ui.when import moment


def movements_of(part: Part, currency: str) -> None:
    """One line a movement, the newest on top, with what lay there after it."""
    with look() as work:
        rows = movements(work, part.id)
    if person().has(*may.ISSUES_PARTS) and part.on_hand > 0:
        _send_back_form(part)
    if not rows:
        st.caption(t("Nothing has moved yet."))
    for row in rows:
        _moved(row, part, currency)


def _send_back_form(part: Part) -> None:
    """Wrong, faulty or too many: it goes back to who sold it."""
    with st.popover(t("Send back to the supplier"), icon=":material/undo:", key="send_back_form"):
        st.number_input(t("Quantity"), value=1.0, min_value=0.0, step=1.0, format="%g", key="send_back_quantity")
        st.text_input(t("Reason"), key="send_back_reason", max_chars=300)
        st.button(t("Send back"), key="send_back", type="primary", icon=":material/undo:", on_click=_send_back,
                  args=(part.id,))  # fmt: skip


def _send_back(part_id: int) -> None:
    quantity, reason = sum_typed_in("send_back_quantity") or Decimal(0), str(st.session_state["send_back_reason"] or "")
    verb = partial(to_supplier, part_id=part_id, quantity=quantity, reason=reason)
    if act(verb, at="part", done=t("Noted."), once=token("send_back")):
        spend("send_back")
        st.session_state.pop("send_back_reason", None)


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
