"""What the workshop's forms share."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from db.models import OrderJob
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from ui.act import act, said, spend
from ui.text import Safe, language, md, t

T = TypeVar("T")


def save(
    order_id: int,
    verb: Callable[[Work], T],
    done: Safe | Callable[[T], Safe],
    *typed: str,
    once: str | None = None,
    name: str = "",
) -> bool:
    """Run a form's verb and say that it is `done`, in words that may depend on its result.

    After success the form closes and what was typed (the widget keys) is forgotten; a refusal keeps it.
    """
    result = act(verb, at=f"order_{order_id}", once=once)
    if result is None:
        return False
    said(done(result) if callable(done) else done, f"order_{order_id}")
    for key in (*typed, f"step:{order_id}"):
        st.session_state.pop(key, None)
    if name:
        spend(name)
    return True


def value(key: str) -> str:
    """What was typed into a field."""
    return str(st.session_state.get(key) or "")


def blockers(facts: OrderFacts, action: str) -> list[Safe]:
    """Write down what stands in the way of a step, and give it."""
    reasons = [md(refusal.say(language())) for refusal in ORDERS.move(action).blockers(facts)]
    for reason in reasons:
        st.caption(Safe(f":material/block: {reason}"))
    return reasons


def choose_job(jobs: list[OrderJob], key: str) -> None:
    """Which job is meant: to choose when there are several, only said when there is one."""
    names = {job.id: md(job.title) for job in jobs}
    if st.session_state.get(key) not in names:
        st.session_state[key] = jobs[0].id
    if len(jobs) > 1:
        st.pills(t("Job"), list(names), format_func=lambda job: names[job], required=True, wrap=True, key=key)
    else:
        st.markdown(md(jobs[0].title))
