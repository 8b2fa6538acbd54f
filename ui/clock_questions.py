"""Clocks that ran past the shift: when did the person stop? One tap for the end of the shift, two for another time."""

from datetime import datetime, time

import streamlit as st

from services.clock_corrections import REASONS, correct
from services.forgotten_clocks import Forgotten, forgotten, still_working
from services.permissions import REPAIRS
from ui.act import act, notices
from ui.clock_times import end_after
from ui.here import here, look, person, zone
from ui.text import Safe, joined, md, t
from ui.when import clock, moment

PLACE = "clock_questions"


def clock_questions() -> None:
    """One row for each clock to ask about; nothing when there is none. Inside a fragment."""
    if not person().has(*REPAIRS):
        return
    with look() as work:
        found = forgotten(work)
    notices(PLACE)
    others = [one for one in found if one.clock.staff_id != person().id]
    for one in found:
        if one not in others:
            _question(one)
    if others:  # the supervisor's board stays in sight
        with st.expander(
            t("Clocks to set right · {n}", n=len(others)), icon=":material/timer_off:", key="clocks_of_others"
        ):
            for one in others:
                _question(one)


def _question(one: Forgotten) -> None:
    key = one.clock.id
    with st.container(border=True, gap="small", key=f"clock_question_{key}"):
        ask = Safe(f":orange[:material/timer_off:] **{t('When did the work stop?')}**")
        whose = None if one.clock.staff_id == person().id else Safe(f":material/person: {md(one.name)}")
        st.markdown(joined(ask, whose, Safe(f"**{md(one.plate)}**"), md(one.job), _ran(one)))
        row = st.container(horizontal=True, gap="small")
        if one.planned:
            end = joined(clock(one.shift_end, zone()), t("End of the shift"))
            row.button(end, key=f"big_stopped_{key}", icon=":material/bedtime:", type="primary", on_click=_stopped,
                       args=(one, one.shift_end))  # fmt: skip
        if one.today and one.clock.ended_at is None:
            row.button(t("Still working"), key=f"big_still_{key}", icon=":material/build:", on_click=_still,
                       args=(key,))  # fmt: skip
        with row.popover(t("Another time"), icon=":material/schedule:", key=f"big_other_{key}"):
            _another_time(one)


def _ran(one: Forgotten) -> Safe:
    now, ended = here().clock(), one.clock.ended_at
    since = moment(one.clock.started_at, now, zone())
    return (
        t("ran from {at} to {end}", at=since, end=moment(ended, now, zone()))
        if ended
        else t("runs since {at}", at=since)
    )


def _another_time(one: Forgotten) -> None:
    key = one.clock.id
    near = one.shift_end if one.planned else one.clock.started_at.astimezone(one.shift_end.tzinfo)
    st.time_input(t("Stopped at"), near.time(), key=f"stopped_at_{key}", step=300)
    st.pills(
        t("Reason"), REASONS, wrap=True, format_func=t, default=REASONS[0], required=True, key=f"stopped_why_{key}"
    )
    st.button(t("Save"), key=f"stopped_save_{key}", icon=":material/save:", type="primary", on_click=_other,
              args=(one,))  # fmt: skip


def _still(clock_id: int) -> None:
    act(lambda work: still_working(work, clock_id), done=t("The clock runs on."), at=PLACE)


def _other(one: Forgotten) -> None:
    typed: time = st.session_state[f"stopped_at_{one.clock.id}"]
    _stopped(one, end_after(one.clock.started_at, typed), str(st.session_state[f"stopped_why_{one.clock.id}"]))


def _stopped(one: Forgotten, at: datetime, reason: str = REASONS[0]) -> None:
    seen = (one.clock.started_at, one.clock.ended_at)
    act(
        lambda work: correct(work, one.clock.id, ended_at=at, reason=reason, seen=seen),
        done=t("The clock is set right."),
        at=PLACE,
    )
