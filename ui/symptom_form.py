"""Clarifying questions by kind of symptom, asked by taps; and their answers for whoever reads them later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from services.symptom_table import SYMPTOMS, Question, Symptom
from services.symptoms import Answers, read_answers, suggested
from ui.text import Safe, joined, language, t


@dataclass(frozen=True)
class SymptomForm:
    """The answers as they stand, and what a tap does. `key` begins the keys of the choices, `answers_key` those of the answers."""

    key: str
    answers_key: str
    concern: str
    answers: Answers
    named: Callable[[Sequence[str], Sequence[str]], None]  # symptoms that were tapped, and those taken off
    answered: Callable[[str, str, list[str]], None]  # symptom, question, all its answers

    @property
    def open_key(self) -> str:
        """Where the symptom asked about now is kept."""
        return f"{self.key}_symptom_open"


def symptom_form(form: SymptomForm) -> None:
    """The kinds of symptom, those the concern hints at first; questions appear for those that are tapped."""
    hints = suggested(form.concern)
    codes, key = [*hints, *(code for code in SYMPTOMS if code not in hints)], f"{form.key}_symptoms"
    st.session_state[key] = [code for code in codes if code in form.answers]
    st.pills(
        t("Kind of symptom"), codes, selection_mode="multi", key=key, on_change=_named, args=(form,), wrap=True,
        format_func=lambda code: _name(SYMPTOMS[code], hinted=code in hints),
        label_visibility="collapsed",
    )  # fmt: skip
    if form.answers:
        _named_ones(form)


def _named_ones(form: SymptomForm) -> None:
    """The questions of one symptom at a time; of the others what was answered."""
    named = [code for code in form.answers if code in SYMPTOMS]
    if not named:
        return
    shown = st.session_state.get(form.open_key)
    shown = st.session_state[form.open_key] = shown if shown in named else named[-1]
    if len(named) > 1:
        st.segmented_control(t("Kind of symptom"), named, key=form.open_key, required=True, label_visibility="collapsed",
                             format_func=lambda code: t(SYMPTOMS[code].label))  # fmt: skip
    _questions(form, SYMPTOMS[shown], titled=len(named) == 1)
    answer_lines({code: given for code, given in form.answers.items() if code != shown and any(given.values())})


def _name(symptom: Symptom, *, hinted: bool = False) -> Safe:
    """A lamp marks what the concern hints at; the choice stays with the advisor."""
    icon = Safe(":material/lightbulb:") if hinted else Safe(f":material/{symptom.icon}:")
    return joined(icon, t(symptom.label), by=" ")


def _named(form: SymptomForm) -> None:
    """What was answered for a symptom goes with it. The one named last is asked about."""
    tapped = st.session_state[f"{form.key}_symptoms"] or []
    new = [code for code in tapped if code not in form.answers]
    form.named(new, [code for code in form.answers if code not in tapped])
    if new:
        st.session_state[form.open_key] = new[-1]


def _questions(form: SymptomForm, symptom: Symptom, *, titled: bool) -> None:
    with st.container(border=True, gap="xsmall", key=f"symptom_{symptom.code}"):
        if titled:
            st.markdown(Safe(f"**{_name(symptom)}**"))
        for question in symptom.questions:
            words, answers = st.columns([1, 4], vertical_alignment="center")
            words.markdown(t(question.label))
            with answers:
                _answers(form, symptom, question)


def _answers(form: SymptomForm, symptom: Symptom, question: Question) -> None:
    key, given = f"{form.answers_key}_{symptom.code}_{question.code}", form.answers[symptom.code].get(question.code, [])
    st.session_state[key] = list(given) if question.several else given[0] if given else None
    st.pills(
        t(question.label), list(question.choices), selection_mode="multi" if question.several else "single", key=key,
        format_func=lambda code: t(question.choices[code]), label_visibility="collapsed", wrap=True, on_change=_answered,
        args=(form, symptom.code, question.code, key),
    )  # fmt: skip


def _answered(form: SymptomForm, symptom: str, question: str, key: str) -> None:
    tapped = st.session_state[key]
    form.answered(symptom, question, tapped if isinstance(tapped, list) else [tapped] if tapped else [])


def answer_lines(answers: Answers | None) -> None:
    """The answers, a symptom a line, in the reader's language."""
    for told in read_answers(answers):
        said = (
            t("{question}: {answers}", question=t(question), answers=_listed(chosen)) for question, chosen in told.said
        )
        name = Safe(f"**{t(told.symptom.label)}**")
        st.markdown(joined(Safe(f":material/{told.symptom.icon}: {name}"), *said))


def _listed(answers: list[str]) -> Safe:
    return joined(*(t(one) for one in answers), by="、" if language() == "zh_CN" else ", ")
