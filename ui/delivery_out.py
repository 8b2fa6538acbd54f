"""The way out: the exit pass with its number large, and the handover point by point."""

import io

import segno
import streamlit as st

from db.models import Customer, ExitPass
from services.delivery import HANDOVER, deliver, points_of
from services.order_facts import OrderFacts
from ui.delivery_form import save_button, step, typed_in
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
    if facts.exit_pass:
        exit_pass(facts.exit_pass)
    stands_at(facts)
    advice_list(facts)
    points = list(points_of(facts.order))
    ticks(points, [t(HANDOVER[point]) for point in points], f"out_{key}")
    st.text_input(
        t("When a follow-up call suits"), customer.call_when, key=f"call_when_{key}", max_chars=120, placeholder="17:30"
    )
    save_button("deliver", facts, _deliver)


def exit_pass(found: ExitPass) -> None:
    """The number large, and the code the gate can scan."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"exit_pass_{found.order_id}")
    row.image(qr_png(found.number), width=120, alt=t("Exit pass {number}", number=found.number))
    used = t("used") if found.used_at else t("The car may leave.")
    with row.container(width="content", gap="xsmall"):
        st.header(t("Exit pass {number}", number=found.number), anchor=False)
        st.markdown(used)


@st.cache_data(max_entries=200, show_spinner=False)
def qr_png(text: str) -> bytes:
    """A QR code of a short text, as a picture."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=6, border=2)
    return out.getvalue()


def _deliver(facts: OrderFacts) -> None:
    key = facts.order.id
    done, call_when = ticked(f"out_{key}"), typed_in(f"call_when_{key}")
    given: Safe = t("Handed over")
    if step(lambda work: deliver(work, key, done=done, call_when=call_when), facts, "deliver", given):
        forget_ticks(f"out_{key}")
