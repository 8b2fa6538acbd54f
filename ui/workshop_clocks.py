"""The forms of the time clock: pause, hold, finish."""

import streamlit as st

from db.enums import HoldReason
from services.clocks import HOLDS, PAUSES, finish_job, hold, pause, start
from services.order_facts import OrderFacts
from ui.here import person
from ui.rework_note import rework_note
from ui.text import Safe, t
from ui.workshop_diagnosis import cause_and_correction, typed_keys, written
from ui.workshop_parts import blockers, choose_job, save, value


def pause_form(facts: OrderFacts) -> None:
    """Why the clock stops: one tap."""
    key = facts.order.id
    row = st.container(horizontal=True, gap="small")
    for reason in PAUSES:
        row.button(reason_words(reason), key=f"pause_{reason.value}_{key}", on_click=_pause, args=(key, reason))


def _pause(order_id: int, reason: HoldReason) -> None:
    save(order_id, lambda work: pause(work, order_id, reason=reason), t("Your clock is stopped."))


def hold_form(facts: OrderFacts) -> None:
    """Why the car stands still, and a word more."""
    key = facts.order.id
    st.pills(
        t("Reason"),
        HOLDS,
        wrap=True,
        format_func=reason_words,
        default=HOLDS[0],
        required=True,
        key=f"hold_reason_{key}",
    )
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
    job = jobs[st.session_state[f"finish_which_{key}"]]
    cause_and_correction(job)
    st.button(t("Finish job"), key=f"finish_job_{key}", icon=":material/check:", type="primary", on_click=_finish,
              args=(key, job.id))  # fmt: skip


def _finish(order_id: int, job_id: int) -> None:
    cause, correction = written(job_id)
    save(
        order_id,
        lambda work: finish_job(work, order_id, job_id=job_id, cause=cause, correction=correction),
        t("The job is finished."),
        f"finish_which_{order_id}",
        *typed_keys(job_id),
    )


def start_form(facts: OrderFacts) -> None:
    """What is to be done, after a failed check what was wrong with it; one tap starts the clock."""
    key = facts.order.id
    rework_note(facts)
    if open_jobs := facts.undone or sorted(facts.agreed_jobs, key=lambda job: job is not facts.rework_job):
        choose_job(open_jobs, f"start_which_{key}")
    reasons = blockers(facts, "start")
    st.button(t("Start"), key=f"start_{key}", icon=":material/play_arrow:", type="primary", disabled=bool(reasons), on_click=_start,
              args=(key,))  # fmt: skip


def _start(order_id: int) -> None:
    which = f"start_which_{order_id}"
    job = st.session_state.get(which)
    save(order_id, lambda work: start(work, order_id, job_id=job), t("Your clock runs."), which)


def reason_words(reason: HoldReason) -> Safe:
    """Why work stands still, with its icon."""
    return Safe(f":material/{reason.icon}: {t(reason.label)}")
