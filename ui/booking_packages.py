"""Packages of jobs as taps: a package adds its jobs, a second tap takes them away again."""

from collections.abc import Sequence

import streamlit as st

from services.money import show
from services.packages import Package
from ui.job_choice import Put
from ui.text import Safe, joined, language, md, t
from ui.when import span

KEY = "booking_packages"


def package_choice(offered: Sequence[Package], chosen: Sequence[int], currency: str, put: Put) -> None:
    """Each package with its time and price; those whose jobs are all chosen are marked. `put` gets all jobs after a tap."""
    if not offered:
        return
    names = {one.id: _name(one, currency) for one in offered}
    jobs = {one.id: one.job_ids for one in offered}
    marked = [key for key in names if set(jobs[key]) <= set(chosen)]
    st.session_state[KEY] = marked
    st.pills(
        t("Packages"), list(names), selection_mode="multi", key=KEY, format_func=lambda key: names[key], wrap=True,
        on_change=_tapped, args=(jobs, marked, list(chosen), put), label_visibility="collapsed",
    )  # fmt: skip


def _name(one: Package, currency: str) -> Safe:
    return joined(
        Safe(f":material/package_2: {md(one.name)}"), span(one.minutes), md(show(one.price, currency, language()))
    )


def _tapped(jobs: dict[int, list[int]], before: list[int], chosen: list[int], put: Put) -> None:
    now = st.session_state.get(KEY) or []
    gone = {job for key in before if key not in now for job in jobs[key]}
    still = {job for key in now for job in jobs[key]}
    new = [job for key in now if key not in before for job in jobs[key]]
    put(list(dict.fromkeys([job for job in chosen if job not in gone - still] + new)))
