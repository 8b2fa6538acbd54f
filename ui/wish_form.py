"""What the customer wishes of the visit, by taps: each is written at once. Used at check-in and on the record."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from db.choice import Choice
from db.enums import PaymentMethod
from db.enums_reception import Stay
from db.models import Customer, WorkOrder
from services.money import Sum, coin
from services.order_facts import OrderFacts
from services.visit_wishes import REACHED_BY, last_wishes, wish
from ui.act import act, notices
from ui.here import look
from ui.sums import sum_typed_in
from ui.text import Safe, badge, joined, phone, t

LIMITS = (200, 500)
OTHER = -1
CARRIED = ("wash", "old_parts", "payment_method", "ask_over", "reach_by", "reach_at", "stay")


@st.fragment
def wish_inputs(order_id: int) -> None:
    """The wishes as they stand, those of the last visit marked as such."""
    if st.session_state.pop(f"reckon_anew_{order_id}", False):
        st.rerun()  # a wash takes time: the promised time beside it is drawn anew
    with look() as work:
        order = work.get(WorkOrder, order_id)
        last, customer, currency = last_wishes(work, order), work.get(Customer, order.customer_id), work.garage.currency
    notices(f"wishes_{order_id}")
    if last and _as_last(order, last):
        st.markdown(badge("blue", "history", t("As at the last visit")))
    _choice(order, "stay", t("Meanwhile"), Stay)
    with st.container(horizontal=True, gap="medium"):
        _toggle(order, "wash", t("Wash the car"))
        _toggle(order, "old_parts", t("Old parts back"))
    _choice(order, "payment_method", t("Will pay by"), PaymentMethod)
    _choice(order, "reach_by", t("How to reach them"), REACHED_BY)
    _other_number(order, customer)
    _ask_over(order, currency)
    _words(order, "requests", t("Special requests"))


def wish_form(facts: OrderFacts) -> None:
    """The same on the record, while the car is here."""
    wish_inputs(facts.order.id)


def _as_last(order: WorkOrder, last: WorkOrder) -> bool:
    same = all(getattr(order, name) == getattr(last, name) for name in CARRIED)
    return same and any(getattr(order, name) for name in CARRIED)


def _choice(order: WorkOrder, name: str, label: Safe, choices: Any) -> None:
    key = f"{name}_{order.id}"
    st.session_state[key] = getattr(order, name)
    st.pills(label, list(choices), format_func=_word, wrap=True, key=key, on_change=_keep, args=(order.id, name))


def _toggle(order: WorkOrder, name: str, label: Safe) -> None:
    key = f"{name}_{order.id}"
    st.session_state[key] = getattr(order, name)
    st.toggle(label, key=key, on_change=_keep, args=(order.id, name))


def _words(order: WorkOrder, name: str, label: Safe) -> None:
    key = f"{name}_{order.id}"
    st.session_state.setdefault(key, getattr(order, name))  # what was refused stays as typed
    st.text_input(label, key=key, on_change=_keep, args=(order.id, name))


def _other_number(order: WorkOrder, customer: Customer) -> None:
    if order.reach_by is None:
        return
    other = f"other_number_{order.id}"
    st.session_state.setdefault(other, bool(order.reach_at))
    known = t("Another one than {known}", known=phone(customer.phone)) if customer.phone else t("Number or address")
    if st.toggle(known, key=other, on_change=_same_number, args=(order.id,)):
        _words(order, "reach_at", t("Other number"))


def _same_number(order_id: int) -> None:
    if not st.session_state[f"other_number_{order_id}"]:
        st.session_state.pop(f"reach_at_{order_id}", None)
        _write(order_id, lambda work: wish(work, order_id, reach_at=""))


def _ask_over(order: WorkOrder, currency: str) -> None:
    """Always ask, up to one of two sums, or another sum."""
    key, unit = f"ask_over_{order.id}", 100 if coin(currency) >= 1 else 1  # of small coins, a hundred times as many
    sums = [Decimal(limit * unit) for limit in LIMITS]
    options = [Decimal(0), *sums, Decimal(OTHER)]
    now = order.ask_over or Decimal(0)
    if st.session_state.get(key) != Decimal(OTHER):
        st.session_state[key] = now if now in options else Decimal(OTHER)
    words = {Decimal(0): t("Always ask"), Decimal(OTHER): t("Other sum")}
    words |= {limit: t("up to {sum} without asking", sum=Sum(limit, currency)) for limit in sums}
    chosen = st.pills(t("Extra work"), options, wrap=True, format_func=words.__getitem__, key=key, required=True,
                      on_change=_keep_limit, args=(order.id,))  # fmt: skip
    if chosen == Decimal(OTHER):
        field = f"ask_other_{order.id}"
        st.session_state.setdefault(field, float(now) if now else None)
        st.number_input(
            t("Without asking up to"), min_value=0.0, step=50.0, key=field, on_change=_keep_other, args=(order.id,)
        )


def _keep_limit(order_id: int) -> None:
    over = st.session_state[f"ask_over_{order_id}"]
    if over is not None and over != Decimal(OTHER):
        st.session_state.pop(f"ask_other_{order_id}", None)
        _write(order_id, lambda work: wish(work, order_id, ask_over=over))


def _keep_other(order_id: int) -> None:
    over = sum_typed_in(f"ask_other_{order_id}")
    _write(order_id, lambda work: wish(work, order_id, ask_over=over))


def _keep(order_id: int, name: str) -> None:
    value = st.session_state[f"{name}_{order_id}"]
    wishes: Any = {name: value}
    if name == "wash":
        st.session_state[f"reckon_anew_{order_id}"] = True
    _write(order_id, lambda work: wish(work, order_id, **wishes))


def _write(order_id: int, verb: Callable[[Any], WorkOrder]) -> None:
    act(verb, at=f"wishes_{order_id}")


def _word(choice: Choice) -> Safe:
    return joined(Safe(f":material/{choice.icon}:"), t(choice.label), by=" ")
