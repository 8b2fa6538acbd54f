"""Everything that can be changed about one charge, drawn only while it is open; every change is written at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from db.enums import LineKind, Payer
from db.models import Garage, OrderLine
from services import orders
from services.alternative_moves import interchangeable, swap_part
from services.line_changes import give_discount
from services.money import Sum, coin
from services.order_lines import HOURS
from services.order_parts import PartStand, plan_missing
from ui.booking_draft import day_format
from ui.estimate_words import LESS, do, per_cent
from ui.here import look, zone
from ui.sums import sum_typed_in
from ui.text import Safe, joined, language, md, t

EVENING = time(18)


@dataclass(frozen=True)
class Shown:
    """What the lines are drawn by: the garage, how its parts stand, how much the person may give away, the day."""

    garage: Garage
    stands: Mapping[int, PartStand]
    may_give: int
    today: date

    @property
    def currency(self) -> str:
        """Of the garage."""
        return self.garage.currency


def line_editor(line: OrderLine, shown: Shown) -> None:
    """Quantity and price, discount, who pays, price later, the part, the supplier, remove."""
    st.markdown(Safe(f"**{md(line.title)}**"))
    _part(line, shown)
    left, right = st.columns(2, gap="small")
    with left:
        label = t("Hours") if line.unit == HOURS and line.kind == LineKind.LABOUR else t("Quantity")
        st.number_input(label, value=float(line.quantity), step=0.5, format="%g", key=f"quantity_{line.id}",
                        on_change=_change, args=(line, "quantity", "quantity"))  # fmt: skip
    with right:
        _sum(line, t("Price"), "unit_price", "price", shown, None if line.unpriced else line.unit_price)
    _later(line, shown)
    if not line.unpriced:
        _discount(line, shown)
    payer_inputs(line, f"line_{line.id}", lambda payer, percent: _pays(line, payer, percent))
    if line.kind == LineKind.OUTSIDE:
        _outside(line, shown)
    st.button(t("Remove"), icon=":material/delete:", key=f"remove_line_{line.id}", on_click=do,
              args=(lambda work: orders.remove_line(work, line.order_id, line_id=line.id),))  # fmt: skip


def payer_inputs(line: OrderLine, key: str, put: Any) -> None:
    """Who pays, and when it is not the customer, how many per cent."""
    st.session_state[f"payer_{key}"], st.session_state[f"percent_{key}"] = line.payer, line.payer_percent
    args = (key, put)
    st.pills(t("Who pays"), list(Payer), required=True, format_func=lambda one: t(one.label), key=f"payer_{key}",
             on_change=_put_payer, args=args)  # fmt: skip
    if line.payer != Payer.CUSTOMER:
        st.number_input(t("Share in per cent"), min_value=1, max_value=100, step=10, key=f"percent_{key}",
                        on_change=_put_payer, args=args)  # fmt: skip


def _put_payer(key: str, put: Any) -> None:
    payer = st.session_state[f"payer_{key}"]
    put(payer, st.session_state.get(f"percent_{key}") or 100)


def _pays(line: OrderLine, payer: Payer, percent: int) -> None:
    do(lambda work: orders.change_line(work, line.order_id, line_id=line.id, payer=payer, payer_percent=percent))


def _part(line: OrderLine, shown: Shown) -> None:
    """Another part that fits, and buying what is missing."""
    stand = shown.stands.get(line.id)
    if stand is None:
        return
    if stand.missing and stand.buying is None:
        st.button(t("Buy for this car"), icon=":material/add_shopping_cart:", key=f"buy_line_{line.id}", width="stretch",
                  on_click=do, args=(lambda work: plan_missing(work, line.order_id, line_id=line.id),))  # fmt: skip
    with look() as work:
        others = interchangeable(work, [line]).get(line.id, [])
    if others:
        names = {part.id: joined(md(part.name), md(part.brand), t(part.grade.label) if part.grade else None,
                                 md(Sum(part.price, shown.currency).say(language()))) for part in others}  # fmt: skip
        st.pills(t("Fits as well"), list(names), format_func=names.__getitem__, key=f"swap_{line.id}", on_change=_swap,
                 args=(line,), wrap=True)  # fmt: skip


def _swap(line: OrderLine) -> None:
    part = st.session_state.get(f"swap_{line.id}")
    if part is not None:
        do(lambda work: swap_part(work, line.order_id, line_id=line.id, part_id=part))


def _later(line: OrderLine, shown: Shown) -> None:
    """The price is set after diagnosis, at most so much."""
    key = f"unpriced_{line.id}"
    st.session_state[key] = line.unpriced
    st.toggle(t("Price after diagnosis"), key=key, on_change=_unprice, args=(line,), disabled=line.unpriced)
    if line.unpriced:
        _sum(line, t("At most"), "up_to", "up_to", shown, line.up_to)


def _unprice(line: OrderLine) -> None:
    do(lambda work: orders.change_line(work, line.order_id, line_id=line.id, unpriced=True))


def _discount(line: OrderLine, shown: Shown) -> None:
    key = f"less_{line.id}"
    full = line.quantity * line.unit_price
    now = next((n for n in LESS if line.discount == (full * n / 100).quantize(coin(shown.currency))), None)
    st.session_state[key] = now
    left, right = st.columns([3, 2], gap="small", vertical_alignment="bottom")
    left.pills(t("Discount"), LESS, format_func=per_cent, key=key, on_change=_less, args=(line,))
    with right:
        _sum(line, t("as a sum"), "discount", "discount", shown, line.discount)


def _less(line: OrderLine) -> None:
    percent = st.session_state[f"less_{line.id}"] or 0
    do(lambda work: give_discount(work, line.order_id, line_id=line.id, percent=percent))


def _outside(line: OrderLine, shown: Shown) -> None:
    left, right = st.columns(2, gap="small")
    left.text_input(t("Supplier"), value=line.supplier, key=f"supplier_{line.id}", on_change=_supplier, args=(line,))
    with right:
        _sum(line, t("Cost"), "cost", "cost", shown, line.cost)
    due = line.due_at.astimezone(ZoneInfo(zone())).date() if line.due_at else None
    st.date_input(t("Due back"), value=due, min_value=shown.today, key=f"due_{line.id}", format=day_format(),
                  on_change=_due, args=(line,))  # fmt: skip


def _supplier(line: OrderLine) -> None:
    words = st.session_state[f"supplier_{line.id}"]
    do(lambda work: orders.change_line(work, line.order_id, line_id=line.id, supplier=words))


def _due(line: OrderLine) -> None:
    chosen: date | None = st.session_state[f"due_{line.id}"]
    if chosen:
        at = datetime.combine(chosen, EVENING, ZoneInfo(zone()))
        do(lambda work: orders.change_line(work, line.order_id, line_id=line.id, due_at=at))


def _sum(line: OrderLine, label: Safe, field: str, name: str, shown: Shown, value: Decimal | None) -> None:
    st.number_input(label, value=None if value is None else float(value), step=float(coin(shown.currency)),
                    format=f"%.{-int(coin(shown.currency).as_tuple().exponent)}f", key=f"{name}_{line.id}",
                    on_change=_change, args=(line, field, name))  # fmt: skip


def _change(line: OrderLine, field: str, name: str) -> None:
    value: Any = {field: sum_typed_in(f"{name}_{line.id}")}
    do(lambda work: orders.change_line(work, line.order_id, line_id=line.id, **value))
