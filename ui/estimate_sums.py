"""What an estimate comes to: net, tax and total by who pays; the customer's large. A discount on the whole beside it."""

import streamlit as st

from db.enums import Answer, Payer
from services.estimates import Rates, by_rate, excess_in, together
from services.line_changes import give_discount
from services.money import Sum
from services.order_facts import OrderFacts
from ui.estimate_words import LESS, do, per_cent
from ui.line_editor import Shown
from ui.sums import money, tax_words
from ui.text import Safe, badge, joined, t
from ui.when import span


def sums(facts: OrderFacts, shown: Shown, *, changes: bool = True) -> None:
    """Of several ways to do a job the one that counts; declined lines left out."""
    lines = [line for line in facts.counted_lines if line.answer != Answer.DECLINED]
    if not lines:
        return
    due = by_rate(lines, shown.garage, facts.excess)
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    left = row.container(horizontal=True, vertical_alignment="center", gap="small", width="content")
    left.markdown(Safe(f":gray[:material/schedule: {span(facts.minutes)}]"), width="content")
    later = sum(1 for line in lines if line.unpriced)
    if later:
        left.markdown(badge("orange", "troubleshoot", t("without price: {n}", n=later)), width="content")
    if changes:
        _whole(left, facts.order.id)
    right = row.container(gap=None, width="content")
    for payer, rates in due.items():
        _payer(right, payer, rates, shown)
        if payer == Payer.CUSTOMER and (own := excess_in(lines, shown.garage, facts.excess)):
            right.caption(t("with the excess of {sum}", sum=Sum(own, shown.currency)), text_alignment="right")


def _payer(place: st.delta_generator.DeltaGenerator, payer: Payer, rates: Rates, shown: Shown) -> None:
    total = together(rates.values())
    taxes = [tax_words(rate, one.tax, shown.currency) for rate, one in rates.items()]
    parts = joined(t("Net {sum}", sum=money(total.net, shown.currency)), *taxes)
    large = payer == Payer.CUSTOMER
    amount = money(total.total, shown.currency)
    words = joined(t(payer.label), Safe(f":gray[:small[{parts}]]"), Safe(f"**{amount}**"), by=" &ensp;")
    place.markdown(
        Safe(f"#### {t('Customer pays {sum}', sum=amount)}") if large else words, text_alignment="right", anchors=False
    )
    if large:
        place.caption(parts, text_alignment="right")


def _whole(place: st.delta_generator.DeltaGenerator, order_id: int) -> None:
    with place.popover(t("Discount"), icon=":material/percent:", key=f"whole_{order_id}", on_change="rerun") as opened:
        if opened.open:
            key = f"less_all_{order_id}"
            st.pills(t("On everything the customer pays"), LESS, format_func=per_cent, key=key, on_change=_less,
                     args=(order_id,))  # fmt: skip


def _less(order_id: int) -> None:
    percent = st.session_state[f"less_all_{order_id}"]
    if percent is not None:
        do(lambda work: give_discount(work, order_id, percent=percent))
