"""The forms of the time clock: pause, hold, finish."""

import streamlit as st

from db.enums import HoldReason
from services.clocks import HOLDS, PAUSES, finish_job, hold, pause
from services.order_facts import OrderFacts
from ui.here import person
from ui.text import Safe, md, t
from ui.workshop_parts import save, value


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
    chosen = st.pills(
        t("Reason"), HOLDS, format_func=_reason, default=HOLDS[0], required=True, key=f"hold_reason_{key}"
    )
    st.text_input(t("Note"), key=f"hold_note_{key}")
    st.button(t("Put on hold"), key=f"hold_{key}", icon=":material/pause_circle:", type="primary", on_click=_hold,
              args=(key,))  # fmt: skip


def _hold(order_id: int) -> None:
    which, note = f"hold_reason_{order_id}", f"hold_note_{order_id}"
    reason, typed = HoldReason(st.session_state[which]), value(note)
    save(order_id, lambda work: hold(work, order_id, reason=reason, note=typed), t("The car is on hold."), which, note)


def finish_form(facts: OrderFacts) -> None:
    """What was wrong and what was done, both optional; then the job is finished."""
    key = facts.order.id
    running = sorted(facts.running, key=lambda c: c.staff_id != person().id)
    jobs = {c.order_job_id: next(j for j in facts.jobs if j.id == c.order_job_id) for c in running}
    names = {job_id: md(job.title) for job_id, job in jobs.items()}
    st.pills(t("Job"), list(names), format_func=lambda j: names[j], default=next(iter(names)), required=True,
             key=f"finish_which_{key}")  # fmt: skip
    left, right = st.columns(2)
    left.text_area(t("Cause"), key=f"finish_cause_{key}", height=90)
    right.text_area(t("Correction"), key=f"finish_correction_{key}", height=90)
    st.button(
        t("Finish job"), key=f"finish_job_{key}", icon=":material/check:", type="primary", on_click=_finish, args=(key,)
    )


def _finish(order_id: int) -> None:
    which, cause, correction = (f"finish_{name}_{order_id}" for name in ("which", "cause", "correction"))
    job, why, what = int(st.session_state[which]), value(cause), value(correction)
    save(
        order_id,
        lambda work: finish_job(work, order_id, job_id=job, cause=why, correction=what),
        t("The job is finished."),
        which,
        cause,
        correction,
    )


def _reason(reason: HoldReason) -> Safe:
    return Safe(f":material/{reason.icon}: {t(reason.label)}")
