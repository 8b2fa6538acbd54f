"""Giving money back, and taking a mistaken payment back."""

from functools import partial

import streamlit as st

from db.enums import PaymentMethod
from db.models import Payment
from services.i18n import N_
from services.order_facts import OrderFacts
from services.payments import payments, refund, reverse, reversible
from ui.delivery_form import save_button, step, typed_in
from ui.delivery_pay import show_money
from ui.drawer_gate import drawer_closed
from ui.here import look
from ui.payments_list import kind_words, payments_list
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, joined, plain, t

REFUNDS = (N_("Deposit given back"), N_("Paid too much"), N_("Statement corrected"), N_("Order cancelled"))
MISTAKES = (N_("Wrong method"), N_("Wrong sum"), N_("Wrong order"), N_("Payment did not go through"))


def refund_form(facts: OrderFacts) -> None:
    """What is to give back, how, and why."""
    key = facts.order.id
    with look() as work:
        made = payments(work, key)
    st.subheader(t("{sum} to give back", sum=money(facts.to_give_back, facts.currency)), anchor=False)
    payments_list(made, facts.currency)
    if drawer_closed():
        return
    came = [payment.method for payment in made if payment.amount > 0]
    methods = sorted({*came, PaymentMethod.CASH, PaymentMethod.TRANSFER}, key=list(PaymentMethod).index)
    st.pills(t("Given back by"), methods, default=came[-1] if came else PaymentMethod.CASH, key=f"refund_method_{key}",
             required=True, format_func=lambda one: Safe(f":material/{one.icon}: {t(one.label)}"))  # fmt: skip
    amount_field = f"refund_{key}_{len(made)}"
    with st.container(width=360):
        sum_input(t("Amount"), amount_field, facts.currency, facts.to_give_back)
    _reasons(REFUNDS, f"refund_reason_{key}")
    save_button("refund", facts, partial(_refund, amount_field))


def reverse_form(facts: OrderFacts) -> None:
    """Which payment is taken back, and why."""
    key = facts.order.id
    if drawer_closed():
        return
    with look() as work:
        open_ones = reversible(payments(work, key))
    st.pills(
        t("Payment"), [p.id for p in open_ones], format_func=lambda k: _named(open_ones, k, facts.currency),
        default=open_ones[-1].id if open_ones else None, key=f"reverse_{key}", required=True,
    )  # fmt: skip
    _reasons(MISTAKES, f"reverse_reason_{key}")
    save_button("reverse_payment", facts, _reverse)


def _reasons(usual: tuple[str, ...], field: str) -> None:
    """A usual reason by a tap, or one in free words."""
    st.pills(t("Reason"), usual, format_func=t, key=f"usual_{field}")
    st.text_input(t("In other words"), key=field, max_chars=250)


def _reason(field: str) -> str:
    usual = st.session_state.get(f"usual_{field}")
    return " – ".join(part for part in (plain(usual) if usual else "", typed_in(field).strip()) if part)


def _named(made: list[Payment], key: int, currency: str) -> Safe:
    payment = next(p for p in made if p.id == key)
    words = joined(t(payment.method.label), money(abs(payment.amount), currency), by=" ")
    return joined(kind_words(payment), words)


def _refund(amount_field: str, facts: OrderFacts) -> None:
    key, field = facts.order.id, f"refund_reason_{facts.order.id}"
    method, reason = PaymentMethod(st.session_state[f"refund_method_{key}"]), _reason(field)
    amount = sum_typed_in(amount_field)
    if step(lambda work: refund(work, key, method=method, amount=amount, reason=reason), facts, "refund",
            t("Given back"), field):  # fmt: skip
        _forget(field, key)


def _reverse(facts: OrderFacts) -> None:
    key, field = facts.order.id, f"reverse_reason_{facts.order.id}"
    payment_id, reason = st.session_state.get(f"reverse_{key}") or 0, _reason(field)
    if step(lambda work: reverse(work, payment_id, reason=reason), facts, "reverse_payment", t("Payment taken back"),
            field):  # fmt: skip
        _forget(field, key)


def _forget(field: str, key: int) -> None:
    st.session_state[f"usual_{field}"] = None
    show_money(key)
