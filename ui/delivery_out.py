"""The way out: into the guided hand-over, and a closed order opened again."""

import streamlit as st

from services.handover import reopen
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from ui.act import notices
from ui.delivery_form import save_button, step, typed_in
from ui.here import show_record
from ui.parking import stands_at
from ui.text import Safe, language, md, t


def show_form(facts: OrderFacts) -> None:
    """Where the car stands, and the way to show it to the customer."""
    _way_in(facts, "show_car", "")


def deliver_form(facts: OrderFacts) -> None:
    """Where the car stands, and the way to the last screen of the hand-over."""
    _way_in(facts, "deliver", "back")


def reopen_form(facts: OrderFacts) -> None:
    """Why a closed order is opened again."""
    st.text_input(t("Reason"), key=f"reopen_reason_{facts.order.id}", max_chars=300)
    save_button("reopen", facts, _reopen)


def _way_in(facts: OrderFacts, action: str, moment: str) -> None:
    notices(f"form_{facts.order.id}")
    stands_at(facts)
    move = ORDERS.move(action)
    reasons = [md(refusal.say(language())) for refusal in ORDERS.move("show_car").blockers(facts)]
    st.button(t(move.label), key=f"{action}_{facts.order.id}", icon=f":material/{move.icon}:", type="primary",
              disabled=bool(reasons), on_click=show_record, args=("moment", moment or "on"))  # fmt: skip
    for reason in reasons:
        st.caption(Safe(f":material/block: {reason}"))


def _reopen(facts: OrderFacts) -> None:
    field = f"reopen_reason_{facts.order.id}"
    reason = typed_in(field)
    step(lambda work: reopen(work, facts.order.id, reason=reason), facts, "reopen", t("The order is open again"), field)
