"""Jobs of the catalogue chosen by taps: by search, or group by group. What is chosen outside of what is shown stays."""

from collections.abc import Callable, Sequence

import streamlit as st

from services.catalogue import Offered, find_jobs, groups
from services.money import show
from ui.here import look
from ui.text import Safe, joined, language, md, plain, t
from ui.when import span

Put = Callable[[list[int]], None]


def job_choice(chosen: Sequence[int], key: str, put: Put) -> None:
    """Draw the search, the groups and the jobs; `put` gets all chosen jobs after a tap. `key` begins the widgets' keys."""
    words = st.text_input(
        t("Find a job"), key=f"{key}_find_job", placeholder=plain("Find a job"), icon=":material/search:",
        label_visibility="collapsed", max_chars=60, live=True,
    )  # fmt: skip
    with look() as work:
        names, currency = groups(work), work.garage.currency
        group = _group(names, f"{key}_group")
        offered = find_jobs(work, typed=words) if words else find_jobs(work, group=group)
    if group and not words:
        st.session_state[f"{key}_group"] = group
        st.pills(t("Group"), names, key=f"{key}_group", format_func=md, label_visibility="collapsed", required=True,
                 wrap=True)  # fmt: skip
    if not offered:
        st.caption(t("No job of the catalogue fits. Search with fewer letters."))
        return
    _pills({one.job.id: job_name(one, currency) for one in offered}, chosen, key, put)


def _group(names: Sequence[str], key: str) -> str | None:
    kept = st.session_state.get(key)
    return kept if kept in names else names[0] if names else None


def _pills(names: dict[int, Safe], chosen: Sequence[int], key: str, put: Put) -> None:
    """Other jobs are another widget, so that no choice of the jobs before is left in it."""
    widget = f"{key}_jobs_" + "_".join(str(job) for job in names)
    st.session_state[widget] = [job for job in names if job in chosen]
    with st.container(key=f"{key}_jobs"):
        st.pills(
            t("Jobs"), list(names), selection_mode="multi", format_func=lambda job: md(names[job]), key=widget,
            on_change=_tapped, args=(widget, list(names), list(chosen), put), label_visibility="collapsed", wrap=True,
        )  # fmt: skip


def _tapped(widget: str, shown: list[int], before: list[int], put: Put) -> None:
    now = st.session_state.get(widget) or []
    put([job for job in before if job not in shown or job in now] + [job for job in now if job not in before])


def chosen_jobs(names: dict[int, Safe], key: str, put: Put) -> None:
    """The jobs chosen so far, in their order; a tap takes one out. `put` gets those that are left."""
    if names:
        st.session_state[key] = list(names)
        st.pills(t("Chosen jobs"), list(names), selection_mode="multi", key=key, format_func=lambda job: md(names[job]), wrap=True,
                 on_change=_left, args=(list(names), key, put), label_visibility="collapsed")  # fmt: skip


def _left(before: list[int], key: str, put: Put) -> None:
    left = st.session_state[key] or []
    put([job for job in before if job in left])


def job_name(one: Offered, currency: str) -> Safe:
    """A job with its time and price."""
    return joined(md(one.job.name), span(one.job.minutes), md(show(one.price, currency, language())))
