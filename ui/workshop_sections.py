"""What a car's record shows of the workshop: the jobs with their times, and the checks."""

import streamlit as st

from db.enums import Answer
from db.models import Check, OrderJob
from services.check_marks import failures
from services.clocks import clocked, start
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.workflow import allowed
from ui.act import act
from ui.here import here, look, person, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment, span


def work_section(facts: OrderFacts) -> None:
    """Every job: agreed or not, who worked how long, what was found and done."""
    if not facts.jobs:
        st.caption(t("No job on this order yet. The advisor adds them in reception."))
    with look() as work:
        staff = names(work)
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"job_{job.id}"):
            _head(facts, job)
            _times(facts, job, staff)
            _texts(job)


def _head(facts: OrderFacts, job: OrderJob) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    answer = facts.job_answer(job)
    marks = [badge(answer.color, answer.icon, t(answer.label))]
    if job.extra:
        marks.append(badge("violet", "add_circle", t("Extra work")))
    if job.urgency:
        marks.append(badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)))
    if job.done_at:
        marks.append(badge("green", "check", t("done {at}", at=moment(job.done_at, here().clock(), zone()))))
    row.markdown(joined(Safe(f"**{md(job.title)}**"), *marks, by=" "), width="content")
    if _can_start(facts, job, answer):
        row.button(t("Start"), key=f"start_job_{job.id}", icon=":material/play_arrow:", on_click=_start,
                   args=(facts.order.id, job.id))  # fmt: skip


def _can_start(facts: OrderFacts, job: OrderJob, answer: Answer) -> bool:
    move = ORDERS.move("start")
    fits = move.fits(facts, facts.order.status) and allowed(move, person()) and not move.blockers(facts)
    return fits and answer == Answer.AGREED and (job.done_at is None or facts.in_rework)


def _start(order_id: int, job_id: int) -> None:
    act(lambda work: start(work, order_id, job_id=job_id), done=t("Your clock runs."), at=f"order_{order_id}")


def _times(facts: OrderFacts, job: OrderJob, staff: dict[int, str]) -> None:
    now = here().clock()
    running = {clock.staff_id for clock in facts.running if clock.order_job_id == job.id}
    worked = {person_id: n for (job_id, person_id), n in clocked(facts.clocks, now).items() if job_id == job.id}
    said = [
        joined(
            Safe(f":material/{'timer' if person_id in running else 'person'}:"),
            md(staff.get(person_id, "")),
            span(minutes),
            by=" ",
        )
        for person_id, minutes in worked.items()
    ]
    st.caption(joined(t("standard {span}", span=span(job.minutes)), *said))


def _texts(job: OrderJob) -> None:
    for label, words in ((t("Reason"), job.reason), (t("Cause"), job.cause), (t("Correction"), job.correction)):
        if words:
            st.markdown(Safe(f"{label}: {md(words)}"))


def checks_section(facts: OrderFacts) -> None:
    """Every check made, newest first, with what was not in order."""
    if facts.order.rework_count:
        st.markdown(badge("red", "replay", t("sent back: {n}", n=facts.order.rework_count)))
    if not facts.checks:
        st.caption(t("No check yet. The first one follows when all work is done."))
    with look() as work:
        staff = names(work)
    for check in reversed(facts.checks):
        with st.container(border=True, gap="xsmall"):
            _check(check, staff.get(check.by_id, ""))


def _check(check: Check, who: str) -> None:
    result = badge("green", "check", t("Passed")) if check.passed else badge("red", "replay", t("Back to rework"))
    own = badge("orange", "person_alert", t("checked own work")) if check.own_work else None
    at = moment(check.at, here().clock(), zone())
    st.markdown(joined(Safe(f"**{t(check.level.label)}**"), result, own, md(who), at, by=" "))
    if failed := [t(one.text) for one in failures(check)]:
        st.caption(joined(t("not in order:"), joined(*failed, by=", "), by=" "))
    if check.note:
        st.markdown(md(check.note))
