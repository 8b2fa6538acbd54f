"""A job's standard time, what was clocked and what is left, in words and as a bar."""

from collections.abc import Mapping

import streamlit as st

from services.my_work import JobTime
from ui.text import Safe, badge, joined, md, t
from ui.when import span


def time_words(one: JobTime, staff: Mapping[int, str]) -> Safe:
    """Standard, clocked by whom, and what is left of it."""
    said = (
        joined(
            Safe(f":material/{'timer' if who in one.running else 'person'}:"),
            md(staff.get(who, "")),
            span(minutes),
            by=" ",
        )
        for who, minutes in one.spent.items()
    )
    return joined(t("standard {span}", span=span(one.job.minutes)), *said)


def sum_words(one: JobTime) -> Safe:
    """Standard, and what all of them clocked together."""
    clocked = t("clocked {span}", span=span(one.clocked)) if one.clocked else None
    return joined(t("standard {span}", span=span(one.job.minutes)), clocked)


def left_mark(one: JobTime) -> Safe | None:
    """What is left of the standard time, or by how much it is overrun; nothing before anybody worked on it."""
    if not one.open or not one.job.minutes or not (one.clocked or one.running):
        return None
    if one.left < 0:
        return badge("red", "more_time", t("{span} over", span=span(-one.left)))
    return badge(
        "green" if one.left > one.job.minutes // 5 else "orange", "timelapse", t("{span} left", span=span(one.left))
    )


def time_bar(one: JobTime) -> None:
    """How much of the standard time is used up."""
    if one.job.minutes and one.clocked:
        st.progress(min(one.clocked / one.job.minutes, 1.0))
