"""Warranty on each job: what the terms say and why, accepted by a tap or decided otherwise with a reason."""

from collections.abc import Callable

import streamlit as st

from db.enums_reception import Cover
from services import permissions as may
from services.boards import OPEN, OrderCard
from services.i18n import N_
from services.order_facts import OrderFacts
from services.warranty import DECIDES, JobCover, covers, decide, send_undecided
from services.work import Work
from ui.act import act
from ui.here import look, person
from ui.text import Safe, badge, joined, language, md, t

ACCEPTS = {
    Cover.INSIDE: N_("Warranty pays"),
    Cover.OUTSIDE: N_("Customer pays"),
    Cover.UNDECIDED: N_("Ask the warranty clerk"),
}


def job_warranty(facts: OrderFacts, place: str, *, open_only: bool = False) -> None:
    """The jobs about whose warranty there is something to say, or (`open_only`) nothing was said yet; what came of a tap is told
    at `place`."""
    with look() as work:
        found = [one for one in covers(work, facts) if one.calls and not (open_only and one.job.cover)]
    here_yet = facts.order.status in OPEN and facts.billed is None
    for one in found:
        if here_yet or one.job.cover:
            _row(one, place, here_yet or one.waits)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Who goes on without a word leaves what the terms cannot decide to the warranty clerk."""
    return lambda work: send_undecided(work, card.id)


def clerk_decides(facts: OrderFacts, order_job_id: int | None) -> None:
    """The warranty clerk's answer: inside or outside, with the reason."""
    with look() as work:
        one = next((one for one in covers(work, facts) if one.job.id == order_job_id), None)
    if one is None:
        return
    place, key = f"order_{facts.order.id}", f"clerk_{order_job_id}"
    st.caption(md(one.judged.say(language())))
    st.text_input(t("Reason"), key=f"{key}_reason", max_chars=300)
    row = st.container(horizontal=True, gap="small")
    for cover in (Cover.INSIDE, Cover.OUTSIDE):
        row.button(t(cover.label), key=f"{key}_{cover.value}", icon=f":material/{cover.icon}:", on_click=_decide,
                   args=(one, cover, place, f"{key}_reason"))  # fmt: skip


def _row(one: JobCover, place: str, may_decide: bool) -> None:
    job, cover = one.job, one.job.cover or one.judged.cover
    row = st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"warranty_{job.id}")
    with row.container(gap=None, width="stretch"):
        mark = badge(cover.color, cover.icon, t(cover.label))
        st.markdown(joined(mark, Safe(f"**{md(job.title)}**"), by=" "))
        st.caption(md(job.cover_reason if job.cover else one.judged.say(language())))
    if may_decide and person().has(*(may.DECIDES_WARRANTY if one.task else DECIDES)):
        _buttons(row, one, place)


def _buttons(row: st.delta_generator.DeltaGenerator, one: JobCover, place: str) -> None:
    job, cover = one.job, one.judged.cover
    if job.cover is None:
        row.button(t(ACCEPTS[cover]), key=f"cover_{job.id}", icon=f":material/{cover.icon}:", type="primary",
                   on_click=_decide, args=(one, cover, place))  # fmt: skip
    now = job.cover or cover
    others = [other for other in Cover if other != now and not (other == Cover.UNDECIDED and one.task)]
    with row.popover(t("Decide otherwise"), key=f"cover_other_{job.id}"):
        st.text_input(t("Reason"), key=f"cover_reason_{job.id}", max_chars=300)
        for other in others:
            st.button(t(ACCEPTS[other]), key=f"cover_{other.value}_{job.id}", icon=f":material/{other.icon}:", width="stretch",
                      on_click=_decide, args=(one, other, place, f"cover_reason_{job.id}"))  # fmt: skip


def _decide(one: JobCover, cover: Cover, place: str, typed: str = "") -> None:
    reason, job = str(st.session_state.get(typed) or "") if typed else "", one.job

    def write(work: Work) -> object:
        return decide(work, job.order_id, order_job_id=job.id, cover=cover, seen=job.cover, reason=reason)

    if act(write, done=t("Noted."), at=place) and typed:
        st.session_state.pop(typed, None)
