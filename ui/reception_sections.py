"""What the record shows of reception: the car as it came, the estimate with the answers. And the step that ends a visit early."""

import streamlit as st

from db.models import Customer, Vehicle
from services import health, orders
from services.order_facts import OrderFacts
from ui import consent_list, damage
from ui.act import act
from ui.agreement_sums import wishes
from ui.estimate import read_only
from ui.here import look
from ui.order_papers import order_papers
from ui.recommendations import advice_list
from ui.sheet_view import sheet_view
from ui.text import Safe, md, phone, t


def car(facts: OrderFacts) -> None:
    """The papers, concern, wishes, walk-around, damage."""
    order_papers(facts.order.id)
    order = facts.order
    with look() as work:
        vehicle, customer = work.get(Vehicle, order.vehicle_id), work.get(Customer, order.customer_id)
        checked = health.is_checked(work, order.id)
    _fact(t("Concern"), md(order.concern))
    _fact(t("VIN"), md(vehicle.vin or ""))
    _fact(t("Phone"), phone(customer.phone))
    _fact(t("Wishes"), wishes(order, customer, facts.currency))
    _fact(t("Key tag"), md(order.key_tag))
    sheet_view(facts.inspection)
    if not checked:
        st.caption(t("The health of the car was not checked."))
    damage.show(facts)
    advice_list(facts)


def estimate(facts: OrderFacts) -> None:
    """Lines with answers, sums, and every answer as it was given."""
    if not facts.jobs:
        st.caption(t("No jobs yet."))
        return
    read_only(facts)
    consent_list.show(facts)


def cancel_form(facts: OrderFacts) -> None:
    """End the visit without work, for a reason."""
    order_id = facts.order.id
    st.text_input(t("Why does the visit end without work?"), key=f"cancel_reason_{order_id}")
    st.button(t("Cancel the order"), type="primary", key=f"cancel_now_{order_id}", on_click=_cancel, args=(order_id,))


def to_check_in(facts: OrderFacts) -> None:
    """The way to the guided check-in."""
    if st.button(
        t("Go to check-in"), icon=":material/arrow_forward:", type="primary", key=f"to_check_in_{facts.order.id}"
    ):
        st.session_state.pop("record_of", None)
        st.switch_page("../pages/reception.py", query_params={"order": str(facts.order.id)})


def _cancel(order_id: int) -> None:
    reason = st.session_state[f"cancel_reason_{order_id}"]
    if act(
        lambda work: orders.cancel(work, order_id, reason=reason), done=t("Order cancelled"), at=f"order_{order_id}"
    ):
        st.session_state.pop(f"step:{order_id}", None)


def _fact(name: Safe, value: Safe) -> None:
    if value:
        st.markdown(f":gray[{name}]&ensp;{value}")
