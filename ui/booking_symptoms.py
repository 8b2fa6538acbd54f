"""Clarifying questions while a booking is made: the draft keeps the answers."""

from collections.abc import Sequence

from ui.booking_draft import Draft, draft, typed
from ui.symptom_form import SymptomForm, symptom_form


def symptoms(current: Draft) -> None:
    """The kinds of symptom with their questions."""
    symptom_form(
        SymptomForm("booking", "answer", typed(current, "booking_concern"), current.answers, _named, _answered)
    )


def _named(new: Sequence[str], gone: Sequence[str]) -> None:
    current = draft()
    if current:
        kept = {code: given for code, given in current.answers.items() if code not in gone}
        current.answers = kept | {code: {} for code in new if code not in kept}


def _answered(symptom: str, question: str, codes: list[str]) -> None:
    current = draft()
    if current and symptom in current.answers:
        answered = current.answers[symptom] | {question: codes}
        current.answers = current.answers | {symptom: answered}  # a new one: the draft is compared with what it was
