"""What cured similar symptoms on this model before; a tap puts the job on the estimate."""

from zoneinfo import ZoneInfo

import streamlit as st

from services import orders
from services.cures import Cure
from services.order_facts import OrderFacts
from services.similar_cases import similar_cases
from ui.act import act
from ui.here import look, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import full_date


def known_cures(facts: OrderFacts, place: str) -> None:
    """The cures, the likest first; nothing when nothing like it was cured before."""
    with look() as work:
        found = similar_cases(work, facts.order)
    if not found:
        return
    st.markdown(Safe(f"**:material/history: {t('On this model before')}**"))
    for cure in found:
        _cure(facts, cure, place)


def _cure(facts: OrderFacts, cure: Cure, place: str) -> None:
    case, key = cure.case, f"{facts.order.id}_{cure.case.order_id}_{cure.case.job_id or 0}"
    row = st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"cure_{key}")
    with row.container(gap=None, width="stretch"):
        st.markdown(joined(Safe(f"**{md(case.title)}**"), *held_marks(cure), by=" "))
        st.caption(joined(Safe(f"{t('Cause')}: {md(case.cause)}"), _done(case.correction)))
        said = t("“{words}”", words=_short(case.complaint))
        st.caption(joined(said, full_date(case.left_at.astimezone(ZoneInfo(zone())).date())))
    there = any(case.job_id == job.job_id if case.job_id else case.title == job.title for job in facts.jobs)
    if there:
        row.markdown(badge("green", "check", t("on the order")), width="content")
    elif cure.offered:
        row.button(t("Put on the estimate"), key=f"take_{key}", icon=":material/add:", on_click=_take,
                   args=(facts.order.id, cure, place))  # fmt: skip


def _done(correction: str) -> Safe | None:
    return Safe(f"{t('Correction')}: {md(correction)}") if correction else None


def held_marks(cure: Cure) -> list[Safe]:
    """How often a cure was made, and how often it held."""
    times = badge("gray", "repeat", t("{n}×", n=cure.times))
    if not cure.known:
        return [times, badge("gray", "hourglass_top", t("too soon to say whether it held"))]
    color = "green" if cure.held == cure.known else "orange" if cure.held else "red"
    return [times, badge(color, "verified", t("held {n} of {all}", n=cure.held, all=cure.known))]


def _short(words: str, most: int = 120) -> str:
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def _take(order_id: int, cure: Cure, place: str) -> None:
    case = cure.case
    if case.job_id:
        act(lambda work: orders.add_job(work, order_id, job_id=case.job_id), done=t("Added to the order"), at=place)
    else:
        act(lambda work: orders.add_job(work, order_id, title=case.title, minutes=case.minutes), done=t("Added to the order"),
            at=place)  # fmt: skip
