"""The form that advises something for later: a job of the catalogue or own words, how soon, by when."""

from datetime import date

import streamlit as st

from db.enums import Urgency
from db.models import Job
from services.catalogue import find_jobs
from services.due_dates import months_on
from services.order_facts import OrderFacts
from services.recommendations import recommend
from ui.act import token
from ui.here import look
from ui.recommendations import advice_list
from ui.text import Safe, plain, t
from ui.workshop_parts import save

LATER = (Urgency.SOON, Urgency.LATER)  # what cannot wait is extra work now
MONTHS = (1, 3, 6, 12)
KM = (5_000, 10_000, 20_000)


def recommend_form(facts: OrderFacts) -> None:
    """What is advised already, then what, how soon and by when: all of it by taps, the words by choice."""
    key = facts.order.id
    advice_list(facts)
    with look() as work:
        jobs = {one.job.name: one.job for one in find_jobs(work, limit=500)}
        today = work.local(work.now).date()
    st.selectbox(t("What"), list(jobs), index=None, accept_new_options=True, key=f"advise_what_{key}",
                 placeholder=plain("Choose or type"))  # fmt: skip
    left, right = st.columns(2)
    left.pills(t("How soon"), LATER, default=Urgency.LATER, required=True, format_func=_soon, key=f"advise_soon_{key}")
    left.toggle(t("Concerns safety"), key=f"advise_safety_{key}")
    right.pills(t("Within"), MONTHS, format_func=_months, key=f"advise_months_{key}", wrap=True)
    read = facts.inspection.odometer_km if facts.inspection else None
    if read is not None:
        right.pills(t("At, km"), [read + more for more in KM], format_func=_km, key=f"advise_km_{key}", wrap=True)
    st.button(t("Recommend"), key=f"recommend_{key}", icon=":material/event_upcoming:", type="primary", on_click=_save,
              args=(key, jobs, today, token(f"advise_{key}")))  # fmt: skip


def _save(order_id: int, jobs: dict[str, Job], today: date, once: str) -> None:
    keys = {name: f"advise_{name}_{order_id}" for name in ("what", "soon", "safety", "months", "km")}
    typed = {name: st.session_state.get(key) for name, key in keys.items()}
    job, months = jobs.get(typed["what"] or ""), typed["months"]
    save(
        order_id,
        lambda work: recommend(
            work, order_id, text=typed["what"] or "", urgency=typed["soon"] or Urgency.LATER, job_id=job.id if job else None,
            due_on=months_on(today, months) if months else None, due_km=typed["km"], safety=bool(typed["safety"]),
        ),
        t("Recommended for later."),
        *keys.values(),
        once=once,
        name=f"advise_{order_id}",
    )  # fmt: skip


def _soon(urgency: Urgency) -> Safe:
    return Safe(f":material/{urgency.icon}: {t(urgency.label)}")


def _months(months: int) -> Safe:
    return t("1 month") if months == 1 else t("{n} months", n=months)


def _km(km: int) -> Safe:
    return t("{km} km", km=f"{km:,}")
