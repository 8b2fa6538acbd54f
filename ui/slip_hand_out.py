"""Giving the parts of a slip out: who takes them, and the signature."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from services.consents import Signature
from services.counter import Waiting
from services.requisitions import hand_out
from ui.act import act
from ui.signature import Signed, signature
from ui.text import md, t

OPEN = "slip_in_hand"  # the slip that is being handed out at this tablet


def hand_out_form(one: Waiting, place: str, people: Mapping[int, str]) -> None:
    """Who takes the parts, and the signature. What is short goes out only with a reason."""
    key = one.slip.row.id
    usual = next((who for who in (one.slip.row.asked_by_id, one.slip.order.technician_id) if who in people), None)
    st.pills(t("Taken by"), list(people), default=usual, format_func=lambda who: md(people[who]), key=f"slip_who_{key}",
             required=usual is not None)  # fmt: skip
    if one.short:
        st.text_input(t("Reason, if stock is short"), key=f"slip_reason_{key}")
    signature(f"slip_sign_{key}", label=t("Signature"), accept=t("Hand out"), clear=t("Clear"),
              on_signed=partial(_signed, key, place))  # fmt: skip
    st.button(t("Back"), key=f"slip_not_now_{key}", icon=":material/arrow_back:", on_click=_close)


def _signed(key: int, place: str, signed: Signed) -> None:
    who, reason = st.session_state.get(f"slip_who_{key}") or 0, str(st.session_state.get(f"slip_reason_{key}") or "")
    drawn = Signature(signed.png, signed.strokes)
    done = act(
        lambda work: hand_out(work, key, taken_by_id=who, signature=drawn, reason=reason), at=place, done=t("Issued.")
    )
    if done:
        _close()


def _close() -> None:
    st.session_state.pop(OPEN, None)
