"""How the answer comes: the explanations confirmed, signed here or said by phone, by whom, and the pad."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from db.enums import ConsentMethod
from services import begun_answers
from services.begun_answers import Begun
from services.boards import OrderCard
from services.consents import GIVEN
from services.safety_warnings import EXPLAINED
from ui.act import act
from ui.agreement_sums import declined_unsafely
from ui.signature import Signed, signature
from ui.text import Safe, t

PLACE = "agreement"


def warnings_read(card: OrderCard, now: Begun) -> None:
    """A sentence for every job declined that concerns safety, confirmed with a tap."""
    for job in declined_unsafely(card, now):
        with st.container(border=True, gap="small", key=f"warning_{job.id}"):
            st.markdown(Safe(f"#### :orange[:material/warning:] {t(EXPLAINED, job=job.title)}"))
            key = f"warned_{job.id}"
            st.session_state[key] = job.id in now.warned
            here_now = now.method == ConsentMethod.SIGNED
            st.toggle(t("I have understood this") if here_now else t("The customer was told"), key=key, on_change=_warned,
                      args=(card, job.id))  # fmt: skip


def who_and_how(card: OrderCard, now: Begun) -> None:
    """Signed here, by phone or by message; who answered; a note when nobody signs."""
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    how, who, note = f"consent_{card.id}", f"answered_by_{card.id}", f"consent_note_{card.id}"
    st.session_state[how] = now.method
    left.segmented_control(t("How"), list(GIVEN), format_func=_method, width="stretch", key=how, required=True,
                           on_change=_how, args=(card, "method", how))  # fmt: skip
    st.session_state.setdefault(who, card.customer.name if now.person is None else now.person)
    right.text_input(t("Who answered"), key=who, on_change=_how, args=(card, "person", who))
    if now.method != ConsentMethod.SIGNED:
        st.session_state.setdefault(note, now.note)
        st.text_input(t("Note"), key=note, on_change=_how, args=(card, "note", note))


def pad(card: OrderCard, on_signed: Callable[[Signed, int], None]) -> None:
    """The pad to sign on; a new one after each refused signature."""
    turn = st.session_state.get(f"sign_turn_{card.id}", 0)
    with st.container(key=f"sign_{card.id}"):
        signature(f"pad_{card.id}_{turn}", label=t("Signature"), accept=t("Sign the order"), clear=t("Clear"),
                  on_signed=lambda signed: on_signed(signed, turn))  # fmt: skip


def _how(card: OrderCard, name: str, key: str) -> None:
    value: Any = st.session_state[key]
    version = card.order.estimate_version
    act(lambda work: begun_answers.how(work, card.id, version, **{name: value}), at=PLACE)
    st.session_state[f"agree_turned:{card.id}"] = name == "method"  # the button below depends on it


def _warned(card: OrderCard, job_id: int) -> None:
    said, version = bool(st.session_state[f"warned_{job_id}"]), card.order.estimate_version
    act(lambda work: begun_answers.warn(work, card.id, version, job_id, said), at=PLACE)


def _method(method: ConsentMethod) -> Safe:
    return t(method.label)
