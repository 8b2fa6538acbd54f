"""The form in which the workshop asks reception about a car, before it is given out."""

import streamlit as st

from services.handing import ask_back
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_tasks import tasks_of
from ui.here import look
from ui.text import Safe, joined, md, plain, t
from ui.workshop_parts import save, value

USUAL = (
    N_("Where exactly is the fault?"),
    N_("When does the fault come up?"),
    N_("The key does not fit the tag."),
    N_("Where is the wheel lock key?"),
    N_("The promised time cannot be kept."),
)


def ask_back_form(facts: OrderFacts) -> None:
    """A usual question by a tap, or one in free words; below what was asked and answered before."""
    key = facts.order.id
    with look() as work:
        before = tasks_of(work, key)
    st.pills(t("Question"), USUAL, format_func=t, wrap=True, key=f"ask_usual_{key}")
    st.text_input(t("In other words"), key=f"ask_words_{key}")
    st.button(t("Ask reception"), key=f"ask_back_{key}", icon=":material/contact_support:", type="primary", on_click=_ask,
              args=(key,))  # fmt: skip
    for task in before:
        st.markdown(
            joined(Safe(f":material/{task.kind.icon}:"), md(task.asked), Safe(f"**{md(task.answer)}**"), by=" ")
        )


def _ask(order_id: int) -> None:
    usual = st.session_state.get(f"ask_usual_{order_id}")
    words = " – ".join(part for part in (plain(usual) if usual else "", value(f"ask_words_{order_id}").strip()) if part)
    save(order_id, lambda work: ask_back(work, order_id, words), t("Reception was asked."), f"ask_usual_{order_id}",
         f"ask_words_{order_id}")  # fmt: skip
