"""A call about money: reached or not, and the day it was promised for, each by a tap."""

from datetime import date, timedelta

import streamlit as st

from db.enums import Channel
from services.balances import OpenCustomer
from services.money_reminders import remind
from ui.act import act, notices, said, spend, token
from ui.here import here
from ui.sums import money
from ui.text import Safe, phone, t
from ui.when import full_day

AHEAD = (1, 3, 7, 14, 30)  # days a promise may lie ahead


def call_form(one: OpenCustomer, currency: str, place: str) -> None:
    """The number large, what it is about, and what the customer said."""
    key = one.customer.id
    st.subheader(Safe(f":material/call: {phone(one.customer.phone) or t('no phone number')}"), anchor=False)
    st.markdown(t("{sum} overdue", sum=money(one.overdue, currency)))
    if one.customer.call_when:
        st.caption(t("A call suits: {when}", when=one.customer.call_when))
    reached = st.segmented_control(t("Reached"), (True, False), default=True, key=f"money_reached_{key}", required=True,
                                   format_func=lambda yes: t("Reached") if yes else t("Not reached"))  # fmt: skip
    if reached:
        today = here().clock().date()
        st.pills(t("Promised to pay by"), [today + timedelta(days=ahead) for ahead in AHEAD], format_func=full_day,
                 key=f"money_promised_{key}")  # fmt: skip
    st.text_input(t("Note"), key=f"money_note_{key}", max_chars=300)
    notices(f"money_call_{key}")
    st.button(
        t("Save"), key=f"money_call_{key}", icon=":material/check:", type="primary", on_click=_save, args=(key, place)
    )


def _save(key: int, place: str) -> None:
    reached = bool(st.session_state[f"money_reached_{key}"])
    promised: date | None = st.session_state.get(f"money_promised_{key}") if reached else None
    note, name = str(st.session_state.get(f"money_note_{key}") or ""), f"money_call_{key}"
    done = t("Noted.") if reached else t("The try is noted")
    result = act(lambda work: remind(work, key, channel=Channel.PHONE, reached=reached, promised_on=promised, note=note),
                 at=name, once=token(name))  # fmt: skip
    if result is not None:
        spend(name)
        st.session_state[f"money_note_{key}"] = ""
        st.session_state["balance_form"] = None
        said(done, place)
