"""The forms of the time clock: pause, hold, finish."""

import streamlit as st

from db.enums import HoldReason
from db.models import OrderJob
from services.clocks import HOLDS, PAUSES, finish_job, hold, pause, start
from services.order_facts import OrderFacts
from ui.here import person
from ui.text import Safe, joined, md, t
from ui.workshop_parts import blockers, save, value


def pause_form(facts: OrderFacts) -> None:
    """Why the clock stops: one tap."""
    key = facts.order.id
    row = st.container(horizontal=True, gap="small")
    for reason in PAUSES:
        row.button(_reason(reason), key=f"pause_{reason.value}_{key}", on_click=_pause, args=(key, reason))


def _pause(order_id: int, reason: HoldReason) -> None:
    save(order_id, lambda work: pause(work, order_id, reason=reason), t("Your clock is stopped."))


def hold_form(facts: OrderFacts) -> None:
    """Why the car stands still, and a word more."""
    key = facts.order.id
    st.pills(t("Reason"), HOLDS, format_func=_reason, default=HOLDS[0], required=True, key=f"hold_reason_{key}")
    st.text_input(t("Note"), key=f"hold_note_{key}")
    st.button(t("Put on hold"), key=f"hold_{key}", icon=":material/pause_circle:", type="primary", on_click=_hold,
              args=(key,))  # fmt: skip


def _hold(order_id: int) -> None:
    which, note = f"hold_reason_{order_id}", f"hold_note_{order_id}"
    reason, typed = HoldReason(st.session_state.get(which, HOLDS[0])), value(note)
    save(order_id, lambda work: hold(work, order_id, reason=reason, note=typed), t("The car is on hold."), which, note)


def finish_form(facts: OrderFacts) -> None:
    """What was wrong and what was done, both optional; then the job is finished."""
    key = facts.order.id
    running = sorted(facts.running, key=lambda c: c.staff_id != person().id)
    jobs = {c.order_job_id: next(j for j in facts.jobs if j.id == c.order_job_id) for c in running}
    choose_job(list(jobs.values()), f"finish_which_{key}")
    left, right = st.columns(2)
    left.text_area(t("Cause"), key=f"finish_cause_{key}", height=90)
    right.text_area(t("Correction"), key=f"finish_correction_{key}", height=90)
    st.button(
        t("Finish job"), key=f"finish_job_{key}", icon=":material/check:", type="primary", on_click=_finish, args=(key,)
    )


def _finish(order_id: int) -> None:
    which, cause, correction = (f"finish_{name}_{order_id}" for name in ("which", "cause", "correction"))
    job, why, what = st.session_state.get(which), value(cause), value(correction)
    save(
        order_id,
        lambda work: finish_job(work, order_id, job_id=job, cause=why, correction=what),
        t("The job is finished."),
        which,
        cause,
        correction,
    )


def choose_job(jobs: list[OrderJob], key: str) -> None:
    """Which job is meant: to choose when there are several, only said when there is one."""
    names = {job.id: md(job.title) for job in jobs}
    if st.session_state.get(key) not in names:
        st.session_state[key] = jobs[0].id
    if len(jobs) > 1:
        st.pills(t("Job"), list(names), format_func=lambda job: names[job], required=True, key=key)
    else:
        st.markdown(md(jobs[0].title))


def start_form(facts: OrderFacts) -> None:
    """What is to be done, after a failed check what was wrong with it; one tap starts the clock."""
    key = facts.order.id
    failed = [check for check in facts.checks if not check.passed]
    if facts.in_rework and failed:
        st.warning(joined(t(failed[-1].level.label), md(failed[-1].note), by=": "), icon=":material/replay:")
    if open_jobs := facts.undone or facts.agreed_jobs:
        choose_job(open_jobs, f"start_which_{key}")
    reasons = blockers(facts, "start")
    st.button(t("Start"), key=f"start_{key}", icon=":material/play_arrow:", type="primary", disabled=bool(reasons), on_click=_start,
              args=(key,))  # fmt: skip


def _start(order_id: int) -> None:
    which = f"start_which_{order_id}"
    job = st.session_state.get(which)
    save(order_id, lambda work: start(work, order_id, job_id=job), t("Your clock runs."), which)


def _reason(reason: HoldReason) -> Safe:
    return Safe(f":material/{reason.icon}: {t(reason.label)}")
