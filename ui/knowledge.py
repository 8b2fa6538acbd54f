"""What the garage already knows: earlier cases, by what is typed, by a kind of symptom, or for the car at hand."""

from zoneinfo import ZoneInfo

import streamlit as st

from services.case_search import known_cases, latest_cases, search_cases
from services.cures import Case, Cure
from services.order_facts import OrderFacts
from services.symptom_table import SYMPTOMS
from ui.here import look, show_record, zone
from ui.interview_known import held_marks
from ui.text import Safe, joined, md, plain, t
from ui.when import full_date

MORE = 6  # further cases of a cure that are listed


@st.fragment
def knowledge(typed: str) -> None:
    """The search over all cases: what was typed above, a kind of symptom by a tap, or both."""
    symptom = st.pills(
        t("Symptom"),
        list(SYMPTOMS),
        format_func=lambda code: f":material/{SYMPTOMS[code].icon}: {t(SYMPTOMS[code].label)}",
        key="knowledge_symptom",
        label_visibility="collapsed",
    )
    asked = typed or symptom
    with look() as work:
        found = search_cases(work, typed, symptom=symptom or "") if asked else latest_cases(work)
    if found and not asked:
        st.markdown(Safe(f"**:material/history: {t('Latest cases')}**"))
    if not found:
        st.info(t("No earlier case like this."), icon=":material/search_off:")
    for cure in found:
        _cure(cure, "all")


@st.fragment
def knowledge_section(facts: OrderFacts) -> None:
    """What cured the concern of this car before, on its model and on others; other words may be searched for."""
    order = facts.order
    asked = st.text_input(
        t("Search"),
        placeholder=plain("Symptom, part, code"),
        key=f"knowledge_{order.id}",
        label_visibility="collapsed",
        icon=":material/search:",
    )
    with look() as work:
        known = known_cases(work, order, asked or order.concern)
    if not (known.same or known.others):
        st.info(t("No earlier case like this."), icon=":material/search_off:")
    for heading, found in ((t("On this model before"), known.same), (t("On other cars"), known.others)):
        if found:
            st.markdown(Safe(f"**:material/history: {heading}**"))
        for cure in found:
            _cure(cure, str(order.id))


def _cure(cure: Cure, place: str) -> None:
    case = cure.case
    with st.container(border=True, gap="xsmall", key=f"known_{place}_{case.id}"):
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        row.markdown(joined(Safe(f"**{md(case.title)}**"), *held_marks(cure), by=" "), width="content")
        _open(case, place, row)
        _told(case)
        if cure.times > 1:
            with st.expander(t("Further cases: {n}", n=cure.times - 1)):
                for other in cure.cases[1 : MORE + 1]:
                    line = st.container(horizontal=True, vertical_alignment="center", gap="small")
                    with line.container(gap=None, width="stretch"):
                        _told(other)
                    _open(other, place, line)


def _told(case: Case) -> None:
    if case.complaint:
        st.caption(t("“{words}”", words=case.complaint))
    for label, words in ((t("Cause"), case.cause), (t("Correction"), case.correction)):
        if words:
            st.markdown(Safe(f":gray[{label}:] {md(words)}"))
    left = full_date(case.left_at.astimezone(ZoneInfo(zone())).date())
    st.caption(joined(md(f"{case.make} {case.model}"), left, md(case.number)))


def _open(case: Case, place: str, row: st.delta_generator.DeltaGenerator) -> None:
    if row.button(t("Open"), key=f"known_open_{place}_{case.id}", icon=":material/open_in_full:"):
        show_record("order", case.order_id)
        st.rerun()
