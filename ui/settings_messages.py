"""Settings: messages that wait, failed, or went out; to read out, copy, or send by hand."""

import streamlit as st

from db.enums import MessageState
from services.messages import Outgoing, mark_by_hand, outbox, send_again
from ui.act import act, notices
from ui.here import here, look, zone
from ui.text import Safe, joined, md, t
from ui.when import moment

_STATES = (MessageState.QUEUED, MessageState.FAILED, MessageState.SENT, MessageState.BY_HAND)


@st.fragment
def messages() -> None:
    """The messages of one state, newest first."""
    notices("outbox")
    state = st.segmented_control(
        t("State"), _STATES, format_func=lambda state: t(state.label), default=MessageState.QUEUED, required=True,
        key="outbox_state", label_visibility="collapsed",
    )  # fmt: skip
    with look() as work:
        rows = outbox(work, [state or MessageState.QUEUED])
    if not rows:
        st.caption(t("No messages here."))
    for row in rows:
        _message(row)


def _message(row: Outgoing) -> None:
    with st.container(border=True):
        when = moment(row.sent_at or row.due_at, here().clock(), zone())
        channel = Safe(f":material/{row.channel.icon}: {t(row.channel.label)}")
        head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        head.markdown(joined(Safe(f"**{md(row.customer)}**"), channel, md(row.address), when), width="content")
        if row.state in (MessageState.QUEUED, MessageState.FAILED):
            buttons = head.container(horizontal=True, width="content")
            if row.state is MessageState.FAILED:
                buttons.button(
                    t("Send again"), key=f"again_{row.id}", on_click=_again, args=(row.id,), icon=":material/refresh:"
                )
            buttons.button(
                t("Sent by hand"),
                key=f"by_hand_{row.id}",
                on_click=_by_hand,
                args=(row.id,),
                icon=":material/front_hand:",
            )
        st.code(row.text, language=None, wrap_lines=True)
        if row.error:
            st.caption(Safe(f":red[{t('Try {n}: {error}', n=row.tries, error=row.error)}]"))


def _by_hand(message_id: int) -> None:
    act(lambda work: mark_by_hand(work, message_id), done=t("Noted as sent."), at="outbox")


def _again(message_id: int) -> None:
    act(lambda work: send_again(work, message_id), done=t("It goes out again."), at="outbox")
