"""Starting points of an estimate, a tap each: packages, what this car had before, what others of its model had."""

import streamlit as st

from services.car_call import car_call
from services.i18n import N_
from services.order_facts import OrderFacts
from services.packages import Package, packages
from services.past_estimates import PastJob, PastVisit, add_package, copy_job, earlier_visits, on_this_model
from ui.act import act
from ui.booking_car import Fact, offers
from ui.estimate_words import PLACE
from ui.here import look
from ui.text import Safe, joined, md, t
from ui.when import full_date, span

SOURCES = {"packages": N_("Packages"), "car": N_("This car before"), "model": N_("This model before"), "due": N_("Due")}


def start_from(facts: OrderFacts) -> None:
    """Loaded when opened; what is on the order already is not offered again."""
    key = facts.order.id
    with st.popover(
        t("Start from"), icon=":material/history:", key=f"start_{key}", on_change="rerun", width="content"
    ) as box:
        if not box.open:
            return
        source = st.segmented_control(t("Start from"), list(SOURCES), default="packages", required=True, key=f"source_{key}",
                                      format_func=lambda one: t(SOURCES[one]), label_visibility="collapsed")  # fmt: skip
        there = [job.title for job in facts.jobs]
        if source == "packages":
            with look() as work:
                offered = packages(work)
            _packages(offered, facts)
        elif source == "car":
            with look() as work:
                visits = earlier_visits(work, facts.order)
            _visits(visits, there, key)
        elif source == "model":
            with look() as work:
                jobs = on_this_model(work, facts.order, there)
            _jobs(jobs, key, counted=True)
        else:
            with look() as work:
                call = car_call(work, facts.order.vehicle_id)
            _due([one for one in offers(call) if one.jobs], facts)


def _packages(offered: list[Package], facts: OrderFacts) -> None:
    there = {job.job_id for job in facts.jobs}
    left = [one for one in offered if not set(one.job_ids) <= there]
    if not left:
        st.caption(t("Nothing more to add."))
    for one in left:
        st.button(joined(md(one.name), span(one.minutes)), icon=":material/package_2:", key=f"package_{facts.order.id}_{one.id}",
                  width="stretch", on_click=_package, args=(facts.order.id, tuple(one.job_ids)))  # fmt: skip


def _due(offered: list[Fact], facts: OrderFacts) -> None:
    there = {job.job_id for job in facts.jobs}
    left = [one for one in offered if not set(one.jobs) <= there]
    if not left:
        st.caption(t("Nothing more to add."))
    for number, one in enumerate(left):
        st.button(one.says, icon=f":material/{one.icon}:", key=f"due_{facts.order.id}_{number}", width="stretch",
                  on_click=_package, args=(facts.order.id, one.jobs))  # fmt: skip


def _visits(visits: list[PastVisit], there: list[str], key: int) -> None:
    if not visits:
        st.caption(t("This car has not been here before."))
    for visit in visits:
        st.caption(joined(full_date(visit.at.date()), md(visit.number)))
        _jobs([job for job in visit.jobs if job.title not in there], key)


def _jobs(jobs: list[PastJob], key: int, *, counted: bool = False) -> None:
    if not jobs:
        st.caption(t("Nothing more to add."))
    for job in jobs:
        times: Safe | None = t("{n} times", n=job.times) if counted else None
        st.button(joined(md(job.title), span(job.minutes), times), icon=":material/add:", key=f"past_{key}_{job.order_job_id}",
                  width="stretch", on_click=_again, args=(key, job.order_job_id))  # fmt: skip


def _package(order_id: int, job_ids: tuple[int, ...]) -> None:
    act(lambda work: add_package(work, order_id, job_ids=job_ids), at=PLACE, done=t("Added to the order"))


def _again(order_id: int, source_id: int) -> None:
    act(lambda work: copy_job(work, order_id, source_id=source_id), at=PLACE, done=t("Added to the order"))
