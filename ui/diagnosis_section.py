"""What the record shows of the diagnosis: the answers, what others found, what is taken apart, warranty job by job."""

import streamlit as st

from services.order_facts import OrderFacts
from services.order_tasks import tasks_of
from services.people import names
from ui.here import look, person
from ui.interview_help import dismantled
from ui.job_warranty import job_warranty
from ui.order_answers import asked_and_answered
from ui.symptom_form import answer_lines
from ui.text import t


def diagnosis(facts: OrderFacts) -> None:
    """All of it; a sentence when nothing was asked."""
    with look() as work:
        tasks = tasks_of(work, facts.order.id)
        staff = names(work)
    answer_lines(facts.order.answers)
    asked_and_answered(
        [one for one in tasks if one.done_at or not person().has(one.role)], staff
    )  # the rest asks above
    dismantled(facts)
    job_warranty(facts, f"order_{facts.order.id}")
    if not (facts.order.answers or tasks):
        st.caption(t("No symptom was asked about."))
