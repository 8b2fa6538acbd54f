"""The fourth moment: jobs with their labour and parts, each with quantity and price, and what they come to."""

import streamlit as st

from db.models import Garage, OrderLine
from services.boards import OrderCard
from services.estimates import by_payer, total_of
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_lines import parts_offered
from services.order_moves import ORDERS
from services.part_reservations import free_stock
from services.workflow import facts_of
from ui.act import notices
from ui.estimate_add import add_to_order
from ui.here import look
from ui.line_editor import PLACE, job_head, line_editor
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import span


@st.fragment
def draw(card: OrderCard) -> None:
    """The jobs, each with its lines to change, what can be added, and the sums. A tap redraws this alone."""
    with look() as work:
        facts, garage = facts_of(work, ORDERS, card.id), work.garage
        free = free_stock(work, parts_offered(work), without=facts.order.appointment_id)
    notices(PLACE)
    if not facts.jobs:
        st.caption(t("No jobs yet. Add the first one below."))
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"job_{job.id}"):
            job_head(job)
            for line in facts.job_lines(job):
                line_editor(line, garage, free)
    add_to_order(card.id, facts.jobs)
    sums(facts.lines, garage)


def sums(lines: list[OrderLine], garage: Garage) -> None:
    """What the lines come to, by payer, with the tax in it."""
    for payer, due in by_payer(lines, garage).items():
        row = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small")
        tax = t(
            "of which {percent} % tax {tax}",
            percent=f"{garage.tax_percent.normalize():f}",
            tax=Sum(due.tax, garage.currency),
        )
        row.caption(joined(t(payer.label), tax), width="content")
        row.markdown(f"#### {money(due.total, garage.currency)}", width="content")


def read_only(facts: OrderFacts) -> None:
    """The lines to read, with the customer's answer on each, and the sums."""
    with look() as work:
        garage = work.garage
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"read_job_{job.id}"):
            st.markdown(joined(Safe(f"**{md(job.title)}**"), span(job.minutes)))
            for line in facts.job_lines(job):
                read_line(line, garage.currency)
    sums(facts.lines, garage)


def read_line(line: OrderLine, currency: str) -> None:
    """One line: what, how much, the price, the answer."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    times = f"{line.quantity.normalize():f} × " if line.quantity != 1 else ""
    row.markdown(joined(Safe(f":material/{line.kind.icon}:"), md(line.title), by=" "), width="stretch")
    row.caption(joined(md(times), money(line.unit_price, currency), by=" "), width="content")
    row.markdown(f"**{money(total_of(line, currency), currency)}**", width="content")
    row.markdown(badge(line.answer.color, line.answer.icon, t(line.answer.label)), width="content")
