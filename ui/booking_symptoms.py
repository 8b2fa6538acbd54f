"""Clarifying questions by kind of symptom, asked by taps; and their answers for whoever reads them later."""

import streamlit as st

from services.symptom_table import SYMPTOMS, Question, Symptom
from services.symptoms import Answers, read_answers, suggested
from ui.booking_draft import Draft, draft, typed
from ui.text import Safe, joined, language, t

OPEN = "booking_symptom_open"  # the symptom asked about now


def symptoms(current: Draft) -> None:
    """The kinds of symptom, those the concern hints at first; questions appear for those that are tapped."""
    hints = suggested(typed(current, "booking_concern"))
    codes = [*hints, *(code for code in SYMPTOMS if code not in hints)]
    st.session_state["booking_symptoms"] = [code for code in codes if code in current.answers]
    st.pills(
        t("Kind of symptom"), codes, selection_mode="multi", key="booking_symptoms", on_change=_named, wrap=True,
        format_func=lambda code: _name(SYMPTOMS[code], hinted=code in hints),
        label_visibility="collapsed",
    )  # fmt: skip
    if current.answers:
        _named_ones(current)


def _named_ones(current: Draft) -> None:
    """The questions of one symptom at a time; of the others what was answered."""
    named = list(current.answers)
    shown = st.session_state.get(OPEN)
    shown = st.session_state[OPEN] = shown if shown in named else named[-1]
    if len(named) > 1:
        st.segmented_control(t("Kind of symptom"), named, key=OPEN, required=True, label_visibility="collapsed",
                             format_func=lambda code: t(SYMPTOMS[code].label))  # fmt: skip
    _questions(SYMPTOMS[shown], current.answers[shown], titled=len(named) == 1)
    answer_lines({code: given for code, given in current.answers.items() if code != shown and any(given.values())})


def _name(symptom: Symptom, *, hinted: bool = False) -> Safe:
    """A lamp marks what the concern hints at; the choice stays with the advisor."""
    icon = Safe(":material/lightbulb:") if hinted else Safe(f":material/{symptom.icon}:")
    return joined(icon, t(symptom.label), by=" ")


def _named() -> None:
    """What was answered for a symptom goes with it. The one named last is asked about."""
    current, tapped = draft(), st.session_state["booking_symptoms"] or []
    if current:
        new = [code for code in tapped if code not in current.answers]
        named = [code for code in current.answers if code in tapped] + new
        current.answers = {code: current.answers.get(code, {}) for code in named}
        if new:
            st.session_state[OPEN] = new[-1]


def _questions(symptom: Symptom, given: dict[str, list[str]], *, titled: bool) -> None:
    with st.container(border=True, gap="xsmall", key=f"symptom_{symptom.code}"):
        if titled:
            st.markdown(Safe(f"**{_name(symptom)}**"))
        for question in symptom.questions:
            words, answers = st.columns([1, 4], vertical_alignment="center")
            words.markdown(t(question.label))
            with answers:
                _answers(symptom, question, given.get(question.code, []))


def _answers(symptom: Symptom, question: Question, given: list[str]) -> None:
    key = f"answer_{symptom.code}_{question.code}"
    st.session_state[key] = given if question.several else given[0] if given else None
    st.pills(
        t(question.label), list(question.choices), selection_mode="multi" if question.several else "single", key=key,
        format_func=lambda code: t(question.choices[code]), label_visibility="collapsed", wrap=True, on_change=_answered,
        args=(symptom.code, question.code, key),
    )  # fmt: skip


def _answered(symptom: str, question: str, key: str) -> None:
    current, tapped = draft(), st.session_state[key]
    if current and symptom in current.answers:
        codes = tapped if isinstance(tapped, list) else [tapped] if tapped else []
        answered = current.answers[symptom] | {question: codes}
        current.answers = current.answers | {symptom: answered}  # a new one: the draft is compared with what it was


def answer_lines(answers: Answers | None) -> None:
    """The answers of a booking, a symptom a line, in the reader's language."""
    for told in read_answers(answers):
        said = (
            t("{question}: {answers}", question=t(question), answers=_listed(chosen)) for question, chosen in told.said
        )
        name = Safe(f"**{t(told.symptom.label)}**")
        st.markdown(joined(Safe(f":material/{told.symptom.icon}: {name}"), *said))


def _listed(answers: list[str]) -> Safe:
    return joined(*(t(one) for one in answers), by="、" if language() == "zh_CN" else ", ")
