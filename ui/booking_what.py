"""Second step: the concern in the customer's words, the likely jobs, and what they take and cost."""

import streamlit as st

from services.booking import CONCERN
from services.catalogue import Estimate, Offered, estimate, find_jobs, groups
from services.money import show
from services.refusals import NotFound
from services.work import Work
from ui.act import refuse
from ui.booking_draft import Draft, draft, go, typed
from ui.here import look
from ui.text import Safe, badge, joined, language, md, plain, t
from ui.when import span

PLACE = "booking_new"


def what(current: Draft) -> None:
    """Concern, jobs by group or by search, and the sum of the chosen ones."""
    left, right = st.columns([3, 2])
    left.text_area(t("Concern, in the customer's own words"), key="booking_concern", height=90, max_chars=CONCERN)
    right.text_area(t("Your clarification"), key="booking_note", height=90, max_chars=CONCERN)
    with look() as work:
        names, currency = groups(work), work.garage.currency
        group = st.session_state.get("booking_group") if st.session_state.get("booking_group") in names else None
        words = typed(current, "booking_find_job")
        offered = (
            find_jobs(work, typed=words) if words else find_jobs(work, group=group or (names[0] if names else None))
        )
        told = told_for(work, current)
    left, right = st.columns([3, 2])
    with left:
        _choice(current, names, group or (names[0] if names else None), offered, currency)
    with right:
        estimate_lines(told, currency)


def _choice(current: Draft, names: list[str], group: str | None, offered: list[Offered], currency: str) -> None:
    """Jobs by search, or group by group."""
    st.text_input(
        t("Find a job"), key="booking_find_job", placeholder=plain("Find a job"), icon=":material/search:",
        label_visibility="collapsed", max_chars=60,
    )  # fmt: skip
    if group and not typed(current, "booking_find_job"):
        st.session_state["booking_group"] = group
        st.pills(t("Group"), names, key="booking_group", format_func=md, label_visibility="collapsed", required=True,
                 wrap=True)  # fmt: skip
    _jobs(current, offered, currency)


def told_for(work: Work, current: Draft) -> Estimate | None:
    """What the chosen jobs come to; jobs no longer offered fall out of the draft."""
    try:
        return estimate(work, current.jobs) if current.jobs else None
    except NotFound:
        current.jobs = []
        return None


def _jobs(current: Draft, offered: list[Offered], currency: str) -> None:
    if not offered:
        st.caption(t("No job of the catalogue fits. Search with fewer letters."))
    names = {one.job.id: _job_name(one, currency) for one in offered}
    key = "booking_jobs_" + "_".join(
        str(job) for job in names
    )  # other jobs: another widget, with what is chosen of them
    with st.container(key="booking_jobs"):
        st.pills(
            t("Jobs"), list(names), selection_mode="multi", default=[job for job in names if job in current.jobs],
            format_func=lambda job: names[job], key=key, on_change=_chosen, args=(key, list(names)),
            label_visibility="collapsed", wrap=True,
        )  # fmt: skip


def _job_name(one: Offered, currency: str) -> Safe:
    return joined(md(one.job.name), span(one.job.minutes), md(show(one.price, currency, language())))


def _chosen(key: str, shown: list[int]) -> None:
    """Jobs of other groups stay chosen."""
    current = draft()
    if current:
        chosen = st.session_state.get(key) or []
        current.jobs = [job for job in current.jobs if job not in shown or job in chosen]
        current.jobs += [job for job in chosen if job not in current.jobs]
        current.starts_at = None


def estimate_lines(told: Estimate | None, currency: str) -> None:
    """The chosen jobs with stock, then time and price as told to the customer."""
    with st.container(border=True, gap="xsmall"):
        if told is None:
            st.caption(t("Choose the likely jobs: time, price and stock appear here."))
            return
        for one in told.offered:
            st.markdown(joined(_job_name(one, currency), _stock(one), by="  "))
        total = md(show(told.price, currency, language()))
        st.markdown(Safe(f"**{t('About {span}, {price}', span=span(told.minutes), price=total)}**"))


def _stock(one: Offered) -> Safe | None:
    if one.short:
        return badge(
            "violet", "inventory_2", t("not enough: {parts}", parts=", ".join(part.name for part in one.short))
        )
    return badge("green", "check", t("parts in stock")) if one.parts else None


def what_done() -> None:
    """On to the times, when there is a concern and a job."""
    current = draft()
    if current is None:
        return
    if not typed(current, "booking_concern").strip():
        refuse(t("Please fill in: {field}.", field=t("Concern")), PLACE)
    elif not current.jobs:
        refuse(t("Please fill in: {field}.", field=t("Jobs")), PLACE)
    else:
        go(2)
