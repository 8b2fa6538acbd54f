"""The questions of a call: every answer is saved as it is tapped, so a call can be left and taken up again."""

import streamlit as st

from db.enums import ComplaintKind
from services.calls import CallRecord
from services.care_moves import FOLLOW_UPS, QUESTIONS
from services.follow_ups import answer, complain, satisfied
from services.i18n import N_
from services.refusals import Refusal
from ui.act import act
from ui.text import Safe, language, md, t

SCORES = {1: N_("bad"), 2: N_("poor"), 3: N_("fair"), 4: N_("good"), 5: N_("very good")}


def questions(record: CallRecord) -> None:
    """Five questions from 1 to 5, one from 0 to 10, own words, and how the call ended."""
    key, scores = record.card.follow_up.id, record.facts.scores
    for question in QUESTIONS:
        st.segmented_control(
            t(QUESTIONS[question]), list(SCORES), default=scores.get(question), format_func=_score, key=f"{question}_{key}",
            on_change=_scored, args=(key, question), width="stretch", required=True,
        )  # fmt: skip
    st.pills(
        t("Would they recommend us? 0 not at all, 10 certainly"), list(range(11)), default=record.card.follow_up.recommend,
        key=f"recommend_{key}", format_func=_number, on_change=_recommended, args=(key,), wrap=True, required=True,
    )  # fmt: skip
    st.text_area(
        t("In their own words"),
        record.card.follow_up.comment,
        key=f"comment_{key}",
        max_chars=2000,
        on_change=_commented,
        args=(key,),
    )
    _results(record)


def _results(record: CallRecord) -> None:
    key, move = record.card.follow_up.id, FOLLOW_UPS.move("satisfied")
    reasons: list[Refusal] = move.blockers(record.facts)
    st.button(t("Satisfied"), key=f"satisfied_{key}", icon=":material/sentiment_satisfied:", width="stretch",
              type="secondary" if reasons else "primary", disabled=bool(reasons), on_click=_satisfied, args=(key,))  # fmt: skip
    for reason in reasons:
        st.caption(Safe(f":material/block: {md(reason.say(language()))}"))
    with st.container(border=True, key=f"wrong_{key}"):
        st.pills(t("What is it about?"), list(ComplaintKind), format_func=_kind, key=f"kind_{key}")
        st.text_area(t("What is wrong"), key=f"wrong_words_{key}", max_chars=2000)
        st.button(t("Open a complaint"), key=f"complain_{key}", icon=":material/report:", width="stretch",
                  type="primary" if record.facts.bad else "secondary", on_click=_complain, args=(key,))  # fmt: skip


def _score(score: int) -> Safe:
    return Safe(f"{score:d} {t(SCORES[score])}")


def _number(number: int) -> Safe:
    return Safe(f"{number:d}")


def _kind(kind: ComplaintKind) -> Safe:
    return t(kind.label)


def _scored(key: int, question: str) -> None:
    score = st.session_state[f"{question}_{key}"]
    act(lambda work: answer(work, key, scores={question: score}), at="call")


def _recommended(key: int) -> None:
    value = st.session_state[f"recommend_{key}"]
    act(lambda work: answer(work, key, scores={}, recommend=value), at="call")


def _commented(key: int) -> None:
    words = st.session_state[f"comment_{key}"]
    act(lambda work: answer(work, key, scores={}, comment=words), at="call")


def _satisfied(key: int) -> None:
    act(lambda work: satisfied(work, key), done=t("The call is closed"), at="call")


def _complain(key: int) -> None:
    words = str(st.session_state.get(f"wrong_words_{key}") or st.session_state.get(f"comment_{key}") or "")
    kind = st.session_state.get(f"kind_{key}")
    act(lambda work: complain(work, key, words=words, kind=kind), done=t("The complaint is open"), at="call")
