"""Clarifying questions by kind of symptom (问诊): what to ask, what may be answered, and how answers are read.

Answers are kept as codes, `{symptom: {question: [codes]}}`, so that everybody reads them in their own language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from services.normalize import clean_text
from services.refusals import Refusal
from services.symptom_table import SYMPTOMS, Question, Symptom

Answers = Mapping[str, Mapping[str, Sequence[str]]]
Checked = dict[str, dict[str, list[str]]]


class UnknownAnswer(Refusal):
    """This answer is not one of the answers offered. Open the booking anew."""


@dataclass(frozen=True)
class Told:
    """A symptom with what was answered, as English source texts; `said` pairs a question with its answers."""

    symptom: Symptom
    said: list[tuple[str, list[str]]]


def suggested(concern: str) -> list[str]:
    """The symptoms whose words occur in the concern, the one with most of them first. Nobody has to follow."""
    text = clean_text(concern).casefold()
    hits = {code: len(set(_words(code).findall(text))) for code in SYMPTOMS}
    return sorted((code for code in hits if hits[code]), key=lambda code: -hits[code])


def checked_answers(answers: Answers | None) -> Checked | None:
    """The answers as they are kept, in the order of the questions; None when nothing was tapped.

    A symptom without answers stays: it was named. Refuses with UnknownAnswer.
    """
    kept = {code: _checked(_known(code), given) for code, given in (answers or {}).items()}
    return kept or None


def read_answers(answers: Answers | None) -> list[Told]:
    """The answers for reading. What the table no longer knows is left out."""
    named = ((SYMPTOMS[code], given) for code, given in (answers or {}).items() if code in SYMPTOMS)
    return [Told(symptom, [_said(one, given[one.code]) for one in symptom.questions if given.get(one.code)])
            for symptom, given in named]  # fmt: skip


@cache
def _words(code: str) -> re.Pattern[str]:
    """English words from their beginning, Chinese ones anywhere."""
    words = (rf"\b{re.escape(word)}" if word.isascii() else re.escape(word) for word in SYMPTOMS[code].words)
    return re.compile("|".join(words))


def _known(code: str) -> Symptom:
    if code not in SYMPTOMS:
        raise UnknownAnswer
    return SYMPTOMS[code]


def _checked(symptom: Symptom, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    questions = {one.code: one for one in symptom.questions}
    if not set(given) <= set(questions):
        raise UnknownAnswer
    for code, chosen in given.items():
        if not set(chosen) <= set(questions[code].choices) or (len(chosen) > 1 and not questions[code].several):
            raise UnknownAnswer
    return {
        code: [answer for answer in one.choices if answer in given[code]]
        for code, one in questions.items()
        if given.get(code)
    }


def _said(question: Question, chosen: Sequence[str]) -> tuple[str, list[str]]:
    return question.label, [label for code, label in question.choices.items() if code in chosen]
