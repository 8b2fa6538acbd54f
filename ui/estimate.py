"""The moment of the estimate: jobs with what each charges, what can be added, and what it comes to by who pays."""

import streamlit as st

from db.models import OrderJob
from services.alternatives import ways
from services.boards import OrderCard
from services.discount_limits import may_give
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.order_parts import part_stands
from services.workflow import facts_of
from ui.act import notices
from ui.estimate_add import add_to_order
from ui.estimate_job import job_head
from ui.estimate_lines import line_row, read_line
from ui.estimate_start import start_from
from ui.estimate_sums import sums
from ui.estimate_words import PLACE, way_name
from ui.guarantee_facts import promised_before
from ui.here import look
from ui.job_warranty import job_warranty
from ui.line_editor import Shown
from ui.recommendations import proposals
from ui.text import Safe, badge, joined, md, t
from ui.when import span


@st.fragment
def draw(card: OrderCard) -> None:
    """The jobs, each with its lines, what can be added, and the sums. A tap redraws this alone."""
    with look() as work:
        facts = facts_of(work, ORDERS, card.id)
        shown = Shown(work.garage, part_stands(work, facts), may_give(work), work.local(work.now).date())
    notices(PLACE)
    if not facts.jobs:
        st.caption(t("No jobs yet. Add the first one below."))
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"job_{job.id}"):
            job_head(facts, job, shown)
            for line in facts.job_lines(job):
                line_row(line, shown)
    proposals(card.id, card.vehicle.id, facts.jobs, PLACE, open_only=True)
    promised_before(facts, PLACE)
    job_warranty(facts, PLACE, open_only=True)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"adds_{card.id}"):
        add_to_order(card.id, facts.jobs)
        start_from(facts)
    sums(facts, shown)


def read_only(facts: OrderFacts) -> None:
    """The lines to read, with the customer's answer on each, and the sums."""
    with look() as work:
        shown = Shown(work.garage, {}, 0, work.local(work.now).date())
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"read_job_{job.id}"):
            st.markdown(joined(Safe(f"**{md(job.title)}**"), span(job.minutes), _way(facts, job)))
            for line in facts.job_lines(job):
                read_line(line, shown.currency)
    sums(facts, shown, changes=False)


def _way(facts: OrderFacts, job: OrderJob) -> Safe | None:
    group = ways(facts.jobs).get(job.alternative or 0)
    return badge("violet", "alt_route", way_name(group, job)) if group else None
