"""The taps of the agreement: each answer is kept at once, so that a reload or another tablet loses none."""

from collections.abc import Iterable

import streamlit as st

from db.enums import Answer
from db.models import OrderLine
from services import begun_answers
from services.boards import OrderCard
from ui.act import act
from ui.text import Safe, t

PLACE = "agreement"
ANSWERS = (Answer.AGREED, Answer.DECLINED)


def answer_control(key: str, card: OrderCard, lines: list[OrderLine], now: Answer | None) -> None:
    """Agreed or declined for these lines; empty when they differ."""
    st.session_state[key] = now
    st.segmented_control(t("Answer"), ANSWERS, format_func=_word, key=key, label_visibility="collapsed", required=False,
                         width="stretch", on_change=_tapped, args=(key, card, [line.id for line in lines]))  # fmt: skip


def same_answer(lines: Iterable[OrderLine], given: dict[int, Answer]) -> Answer | None:
    """The answer all these lines have in common."""
    found = {given.get(line.id) for line in lines}
    return found.pop() if len(found) == 1 else None


def keep(card: OrderCard, answers: dict[int, Answer | None]) -> None:
    """Note answers by line id, from a callback."""
    version = card.order.estimate_version
    act(lambda work: begun_answers.answer(work, card.id, version, answers), at=PLACE)


def _tapped(key: str, card: OrderCard, lines: list[int]) -> None:
    keep(card, dict.fromkeys(lines, st.session_state[key]))


def _word(answer: Answer) -> Safe:
    return t(answer.label)
