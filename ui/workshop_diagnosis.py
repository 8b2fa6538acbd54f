"""The diagnosis of a job: what the car does, why, and what was done; mostly tapped, the rest typed, with photos."""

import streamlit as st

from db.models import OrderJob
from services.diagnosis import diagnose
from services.i18n import N_
from services.order_facts import OrderFacts
from services.verification import add_finding, findings
from ui.here import look
from ui.photos import photo, photo_input
from ui.text import t
from ui.workshop_parts import choose_job, save, value
from ui.workshop_take_over import chosen_and_typed

CAUSES = (
    N_("Worn out"),
    N_("Leaking"),
    N_("Broken"),
    N_("Loose"),
    N_("Corroded"),
    N_("Dirty"),
    N_("Faulty wiring"),
    N_("Faulty software"),
)
CORRECTIONS = (
    N_("Renewed"),
    N_("Repaired"),
    N_("Adjusted"),
    N_("Cleaned"),
    N_("Tightened"),
    N_("Software updated"),
    N_("Fault memory cleared"),
)
PICTURE = N_("What was found")


def diagnose_form(facts: OrderFacts) -> None:
    """The job, its three parts, photos of what was found."""
    key = facts.order.id
    jobs = sorted(facts.agreed_jobs or facts.jobs, key=lambda job: job.done_at is not None)
    if not jobs:
        st.caption(t("No job on this order yet. The advisor adds them in reception."))
        return
    choose_job(jobs, f"diagnose_which_{key}")
    job = next(job for job in jobs if job.id == st.session_state[f"diagnose_which_{key}"])
    with look() as work:
        pictures = findings(work, [job]).get(job.id, [])
    st.text_area(t("What the car does"), job.complaint or job.reason or facts.order.concern, height=80, max_chars=1000,
                 key=f"complaint_{job.id}")  # fmt: skip
    cause_and_correction(job)
    photo_input(f"finding_{job.id}", lambda work, data: add_finding(work, job.id, data), N_("Photos"), several=True)
    with st.container(horizontal=True, gap="small"):
        for picture in pictures:
            photo(picture, PICTURE, 150)
    st.button(t("Save"), key=f"diagnose_{key}", icon=":material/save:", type="primary", on_click=_save,
              args=(key, job.id, (job.complaint, job.cause, job.correction)))  # fmt: skip


def cause_and_correction(job: OrderJob) -> None:
    """Both of a job: words to tap, and room for others."""
    left, right = st.columns(2)
    left.pills(t("Cause"), CAUSES, selection_mode="multi", wrap=True, format_func=t, key=f"cause_taps_{job.id}")
    left.text_area(t("Cause in other words"), job.cause, key=f"cause_{job.id}", height=80, max_chars=900)
    right.pills(
        t("Correction"), CORRECTIONS, selection_mode="multi", wrap=True, format_func=t, key=f"correction_taps_{job.id}"
    )
    right.text_area(
        t("Correction in other words"), job.correction, key=f"correction_{job.id}", height=80, max_chars=900
    )


def written(job_id: int) -> tuple[str, str]:
    """Cause and correction as they were tapped and typed."""
    cause = chosen_and_typed(f"cause_taps_{job_id}", f"cause_{job_id}")
    return cause, chosen_and_typed(f"correction_taps_{job_id}", f"correction_{job_id}")


def typed_keys(job_id: int) -> tuple[str, ...]:
    """The keys of its fields, to forget them once kept."""
    names = ("complaint", "cause", "cause_taps", "correction", "correction_taps")
    return tuple(f"{name}_{job_id}" for name in names)


def _save(order_id: int, job_id: int, seen: tuple[str, str, str]) -> None:
    complaint, (cause, correction) = value(f"complaint_{job_id}"), written(job_id)
    save(
        order_id,
        lambda work: diagnose(
            work, order_id, job_id, complaint=complaint, cause=cause, correction=correction, seen=seen
        ),
        t("The diagnosis is kept."),
        *typed_keys(job_id),
    )
