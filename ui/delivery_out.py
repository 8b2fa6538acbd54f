"""The way out: the exit pass with its number large, and the handover point by point."""

import streamlit as st

from db.models import Customer
from services.delivery import HANDOVER, deliver, points_of
from services.order_facts import OrderFacts
from ui.delivery_form import save_button, step, typed_in
from ui.exit_pass import exit_pass
from ui.here import look
from ui.parking import stands_at
from ui.recommendations import advice_list
from ui.text import Safe, t
from ui.ticks import forget_ticks, ticked, ticks


def deliver_form(facts: OrderFacts) -> None:
    """The pass, what is shown and given back, and when a call suits."""
    key = facts.order.id
    with look() as work:
        customer = work.get(Customer, facts.order.customer_id)
    exit_pass(facts)
    stands_at(facts)
    advice_list(facts)
    points = list(points_of(facts.order))
    ticks(points, [t(HANDOVER[point]) for point in points], f"out_{key}")
    st.text_input(
        t("When a follow-up call suits"), customer.call_when, key=f"call_when_{key}", max_chars=120, placeholder="17:30"
    )
    save_button("deliver", facts, _deliver)


def _deliver(facts: OrderFacts) -> None:
    key = facts.order.id
    done, call_when = ticked(f"out_{key}"), typed_in(f"call_when_{key}")
    given: Safe = t("Handed over")
    if step(lambda work: deliver(work, key, done=done, call_when=call_when), facts, "deliver", given):
        forget_ticks(f"out_{key}")
