"""Second step: the concern in the customer's words, the likely jobs, and what they take and cost."""

import streamlit as st

from services.booking import CONCERN
from services.catalogue import Estimate, estimate
from services.packages import packages
from services.refusals import NotFound
from services.stock_questions import MOST
from services.work import Work
from ui.act import refuse
from ui.booking_draft import Draft, draft, go, typed
from ui.booking_packages import package_choice
from ui.booking_symptoms import symptoms
from ui.estimate_told import estimate_lines, told_words
from ui.here import look
from ui.job_choice import job_choice
from ui.text import plain, t

PLACE = "booking_new"
TOLD = "booking_told"  # time and price, in sight in the bar at the bottom


def what(current: Draft) -> None:
    """Concern, questions by symptom, jobs by package, group or search, and what the chosen ones come to."""
    left, right = st.columns([3, 2])
    left.text_area(t("Concern, in the customer's own words"), key="booking_concern", height=90, max_chars=CONCERN)
    right.text_area(t("Your clarification"), key="booking_note", height=90, max_chars=CONCERN)
    symptoms(current)
    with look() as work:
        offered = packages(work)
        told, currency = told_for(work, current), work.garage.currency
    st.session_state[TOLD] = told_words(told, currency) if told else None
    package_choice(offered, current.jobs, currency, _chosen)
    left, right = st.columns([3, 2])
    with left:
        job_choice(current.jobs, "booking", _chosen)
    with right:
        estimate_lines(told, currency)
        st.text_input(t("Question about stock"), key="booking_stock", max_chars=MOST, icon=":material/inventory_2:",
                      placeholder=plain("Which part, to be answered within 5 minutes"))  # fmt: skip


def told_for(work: Work, current: Draft) -> Estimate | None:
    """What the chosen jobs come to; jobs no longer offered fall out of the draft."""
    try:
        return estimate(work, current.jobs) if current.jobs else None
    except NotFound:
        current.jobs = []
        return None


def _chosen(jobs: list[int]) -> None:
    current = draft()
    if current:
        current.jobs, current.starts_at = jobs, None


def what_done() -> None:
    """On to the times, when there is a concern and a job."""
    current = draft()
    if current is None:
        return
    if not typed(current, "booking_concern").strip():
        refuse(t("Please fill in: {field}.", field=t("Concern")), PLACE)
    elif not current.jobs:
        refuse(t("Please fill in: {field}.", field=t("Jobs")), PLACE)
    else:
        go(2)
