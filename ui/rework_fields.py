"""Why a car goes back, on which job and to whom: the likely answer is chosen already, another is one tap away."""

from collections.abc import Sequence
from typing import TypedDict

import streamlit as st

from db.enums_workshop import ReworkCause
from services.order_facts import OrderFacts
from services.rework import likely_cause, likely_job, who_did, who_repairs
from ui.here import look
from ui.text import Safe, md, t


class Chosen(TypedDict):
    """What the screen has to say about a rework, as `checks.fail_check` takes it."""

    cause: ReworkCause | None
    order_job_id: int | None
    staff_id: int | None


def rework_fields(facts: OrderFacts, failed: Sequence[str]) -> None:
    """Cause, job (where there are several) and person. `failed` are the keys of the points not in order."""
    key = facts.order.id
    with look() as work:
        staff = {one.id: md(one.name) for one in who_repairs(work)}
    cause = likely_cause(failed)
    st.pills(t("Cause of the rework"), list(ReworkCause), default=cause, format_func=_cause, required=True, wrap=True,
             key=_cause_key(key, failed))  # fmt: skip
    jobs, likely = {job.id: md(job.title) for job in facts.agreed_jobs}, likely_job(facts)
    if len(jobs) > 1 and likely:
        st.pills(t("Job"), list(jobs), default=likely.id, format_func=jobs.__getitem__, required=True, wrap=True,
                 key=_job_key(key))  # fmt: skip
    job = _job(facts)
    did = who_did(facts, job)
    st.pills(t("Who does it again"), list(staff), default=did if did in staff else None, format_func=staff.__getitem__,
             wrap=True, key=_who_key(key, job))  # fmt: skip


def chosen_rework(facts: OrderFacts, failed: Sequence[str]) -> Chosen:
    """What was chosen in these fields; None for what was left open."""
    key, job, state = facts.order.id, _job(facts), st.session_state
    cause = state.get(_cause_key(key, failed))
    return {"cause": cause, "order_job_id": job, "staff_id": state.get(_who_key(key, job))}


def _job(facts: OrderFacts) -> int | None:
    likely = likely_job(facts)
    jobs = [job.id for job in facts.agreed_jobs]
    chosen = st.session_state.get(_job_key(facts.order.id))
    return chosen if chosen in jobs else likely.id if likely else None


def _cause_key(order_id: int, failed: Sequence[str]) -> str:
    """The likely cause follows the first point that is not in order; each keeps its own choice."""
    return f"rework_cause_{order_id}_{failed[0] if failed else ''}"


def _job_key(order_id: int) -> str:
    return f"rework_job_{order_id}"


def _who_key(order_id: int, job: int | None) -> str:
    return f"rework_who_{order_id}_{job}"


def _cause(cause: ReworkCause) -> Safe:
    return Safe(f":material/{cause.icon}: {t(cause.label)}")
