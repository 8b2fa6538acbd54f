"""The diagnosis interview: symptoms by taps, what cured the like before, help for a hard case, warranty job by job."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from services.boards import OrderCard
from services.interview import has_complaint, name_symptom, set_answer
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.workflow import facts_of
from ui.act import act, notices
from ui.here import look
from ui.interview_help import hard_case, help_buttons
from ui.interview_known import known_cures
from ui.job_warranty import job_warranty
from ui.symptom_form import SymptomForm, symptom_form
from ui.text import Safe, md, t

PLACE = "interview"


@st.fragment
def draw(card: OrderCard) -> None:
    """A routine visit: one look and on. With a complaint the questions, what is known, and help. A tap redraws this alone."""
    with look() as work:
        facts = facts_of(work, ORDERS, card.id)
    notices(PLACE)
    st.markdown(Safe(f":material/format_quote: **{md(facts.order.concern)}**"))
    hard_case(facts)
    asks = has_complaint(facts.order) or bool(st.session_state.get(f"interview_{card.id}"))
    if asks:
        symptom_form(_form(facts))
        known_cures(facts, PLACE)
        help_buttons(st.container(horizontal=True, gap="small"), facts, PLACE)
    else:
        st.button(
            t("Ask about symptoms"),
            key=f"ask_{card.id}",
            icon=":material/troubleshoot:",
            on_click=_ask,
            args=(card.id,),
        )
    job_warranty(facts, PLACE)


def _form(facts: OrderFacts) -> SymptomForm:
    order = facts.order

    def named(new: Sequence[str], gone: Sequence[str]) -> None:
        for code in (*new, *gone):
            act(partial(name_symptom, order_id=order.id, symptom=code, named=code in new), at=PLACE)

    def answered(symptom: str, question: str, codes: list[str]) -> None:
        act(lambda work: set_answer(work, order.id, symptom=symptom, question=question, codes=codes), at=PLACE)

    return SymptomForm(
        f"order_{order.id}", f"order_{order.id}_answer", order.concern, order.answers or {}, named, answered
    )


def _ask(order_id: int) -> None:
    st.session_state[f"interview_{order_id}"] = True
