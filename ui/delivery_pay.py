"""Taking money: method by a tap, the sum already filled in, change shown at once; and giving it back."""

from decimal import Decimal
from functools import partial

import streamlit as st

from db.enums import PaymentMethod
from db.models import Payment
from services.order_facts import OrderFacts
from services.payment_sums import change_for
from services.payments import pay, payments, reverse
from ui.delivery_form import save_button, step, typed_in
from ui.here import here, look, zone
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, joined, md, t
from ui.when import moment


def pay_form(facts: OrderFacts) -> None:
    """What is owed, what came in already, and the next payment."""
    key = facts.order.id
    with look() as work:
        made = payments(work, key)
    st.subheader(t("{sum} is owed", sum=money(facts.owed, facts.currency)), anchor=False)
    payments_list(made, facts.currency)
    st.pills(
        t("Paid by"), list(PaymentMethod), default=facts.order.payment_method or PaymentMethod.CASH, format_func=_method,
        key=f"pay_method_{key}", required=True,
    )  # fmt: skip
    amount_field = (
        f"amount_{key}_{len(made)}"  # a field of its own for each payment, so that the next one is filled in anew
    )
    left, right = st.columns(2)
    with left.container(key=f"pay_amount_{key}"):
        sum_input(t("Amount"), amount_field, facts.currency, facts.owed)
    amount = sum_typed_in(amount_field) or Decimal(0)
    cash_field = (
        f"cash_{key}_{len(made)}_{amount}"  # another amount: the cash given is taken to be that, until it is counted
    )
    if st.session_state[f"pay_method_{key}"] == PaymentMethod.CASH:
        with right.container(key=f"pay_cash_{key}"):
            _cash(cash_field, amount, facts.currency)
    save_button("pay", facts, partial(_pay, amount_field, cash_field, amount))


def _cash(field: str, amount: Decimal, currency: str) -> None:
    sum_input(t("Cash given"), field, currency, amount)
    change = change_for(PaymentMethod.CASH, amount, sum_typed_in(field))
    if change > 0:
        st.subheader(f":green[{t('Change {sum}', sum=money(change, currency))}]", anchor=False)
    elif change < 0:
        st.markdown(f":red[{t('{sum} missing', sum=money(-change, currency))}]")


def reverse_form(facts: OrderFacts) -> None:
    """Which payment is taken back, and why."""
    key = facts.order.id
    with look() as work:
        open_ones = _reversible(payments(work, key))
    st.pills(
        t("Payment"), [p.id for p in open_ones], format_func=lambda k: _named(open_ones, k, facts.currency),
        default=open_ones[-1].id if open_ones else None, key=f"reverse_{key}", required=True,
    )  # fmt: skip
    st.text_input(t("Reason"), key=f"reverse_reason_{key}", max_chars=300)
    save_button("reverse_payment", facts, _reverse)


def payments_list(made: list[Payment], currency: str) -> None:
    """Every payment and reversal, oldest first."""
    now = here().clock()
    for payment in made:
        kind = t("reversed") if payment.reverses_id else t(payment.method.label)
        change = t("change {sum}", sum=money(payment.change, currency)) if payment.change else None
        line = joined(
            moment(payment.at, now, zone()), kind, money(payment.amount, currency), change, md(payment.reason)
        )
        st.markdown(Safe(f":material/{payment.method.icon}: {line}"))


def _method(method: PaymentMethod) -> Safe:
    return Safe(f":material/{method.icon}: {t(method.label)}")


def _reversible(made: list[Payment]) -> list[Payment]:
    taken_back = {p.reverses_id for p in made}
    return [p for p in made if p.reverses_id is None and p.id not in taken_back]


def _named(made: list[Payment], key: int, currency: str) -> Safe:
    payment = next(p for p in made if p.id == key)
    return joined(t(payment.method.label), money(payment.amount, currency), by=" ")


def _pay(amount_field: str, cash_field: str, shown: Decimal, facts: OrderFacts) -> None:
    """`shown` is the amount the cash field was filled with: untouched, it says nothing about another amount typed since."""
    key = facts.order.id
    method, amount = PaymentMethod(st.session_state[f"pay_method_{key}"]), sum_typed_in(amount_field)
    cash = sum_typed_in(cash_field) if method == PaymentMethod.CASH else None
    if cash == shown != amount:
        cash = None
    said = t("{sum} received", sum=money(amount or Decimal(0), facts.currency))
    step(lambda work: pay(work, key, method=method, amount=amount, tendered=cash), facts, "pay", said)


def _reverse(facts: OrderFacts) -> None:
    key = facts.order.id
    payment_id, reason = st.session_state.get(f"reverse_{key}") or 0, typed_in(f"reverse_reason_{key}")
    step(lambda work: reverse(work, payment_id, reason=reason), facts, "reverse_payment", t("Payment taken back"),
         f"reverse_reason_{key}")  # fmt: skip
