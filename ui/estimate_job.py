"""The head of a job on the estimate: what, how long, what it comes to; who pays it, discount, another way, behind one button."""

from decimal import Decimal

import streamlit as st

from db.enums import Answer
from db.models import OrderJob
from services import orders
from services.alternative_moves import offer_another
from services.alternatives import ways
from services.estimates import total_of
from services.line_changes import give_discount
from services.order_facts import OrderFacts
from ui.estimate_words import LESS, SUM_WIDTH, do, per_cent, way_name
from ui.job_reason import job_reason
from ui.line_editor import Shown, payer_inputs
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import span


def job_head(facts: OrderFacts, job: OrderJob, shown: Shown) -> None:
    """Title, time, marks and sum in one line."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"head_{job.id}")
    group = ways(facts.jobs).get(job.alternative or 0, [])
    way = badge("violet", "alt_route", way_name(group, job)) if group else None
    counts = not group or job in facts.counted
    title = Safe(f"**{md(job.title)}**")
    time = Safe(f":gray[:small[{span(job.minutes)}]]") if job.minutes else None
    cover = badge(job.cover.color, job.cover.icon, t(job.cover.label)) if job.cover else None
    safety = badge("red", "health_and_safety", t("Safety")) if job.safety else None
    words = joined(title, time, way, cover, safety, by=" ")
    row.markdown(joined(words, job_reason(job), by="  \n"), width="stretch")
    if facts.job_answer(job) == Answer.DECLINED and not any(one in facts.agreed_jobs for one in group):
        row.markdown(badge(Answer.DECLINED.color, Answer.DECLINED.icon, t(Answer.DECLINED.label)), width="content")
        _ask_again(job, "declined")
    lines = facts.job_lines(job)
    if len(lines) > 1 or not counts:
        summed = money(sum((total_of(line, shown.currency) for line in lines), Decimal(0)), shown.currency)
        row.markdown(Safe(f"**{summed}**" if counts else f":gray[({summed})]"), text_alignment="right", width=SUM_WIDTH)
    with row.popover(
        ":material/more_vert:", key=f"more_job_{job.id}", type="tertiary", on_change="rerun", width=44
    ) as opened:
        if opened.open:
            _job_editor(facts, job)


def _job_editor(facts: OrderFacts, job: OrderJob) -> None:
    st.markdown(Safe(f"**{md(job.title)}**"))
    lines = facts.job_lines(job)
    if any(line.answer != Answer.PENDING for line in lines):
        _ask_again(job, "answered")
    st.button(t("Offer another way"), icon=":material/alt_route:", key=f"another_{job.id}", width="stretch", on_click=do,
              args=(lambda work: offer_another(work, job.order_id, order_job_id=job.id),))  # fmt: skip
    st.pills(
        t("Discount on the job"),
        LESS,
        format_func=per_cent,
        key=f"less_job_{job.id}",
        on_change=_less,
        args=(job,),
    )
    if lines:
        payer_inputs(lines[0], f"job_{job.id}", lambda payer, percent: do(
            lambda work: orders.set_payer(work, job.order_id, order_job_id=job.id, payer=payer, percent=percent)))  # fmt: skip
    st.button(t("Remove"), icon=":material/delete:", key=f"remove_job_{job.id}", on_click=do,
              args=(lambda work: orders.remove_job(work, job.order_id, order_job_id=job.id),))  # fmt: skip


def _ask_again(job: OrderJob, place: str) -> None:
    st.button(t("Ask again"), icon=":material/contact_support:", key=f"ask_again_{place}_{job.id}", on_click=do,
              args=(lambda work: orders.ask_again(work, job.order_id, order_job_id=job.id),))  # fmt: skip


def _less(job: OrderJob) -> None:
    percent = st.session_state[f"less_job_{job.id}"]
    if percent is not None:
        do(lambda work: give_discount(work, job.order_id, order_job_id=job.id, percent=percent))
