"""The question about extra work on its way to the customer: by message in one tap, or the private page as a code."""

import streamlit as st

from db.models import Message
from services.addresses import link_path
from services.normalize import phone_shown
from services.order_copies import ASKED, last_copy, send_question
from services.order_links import order_link
from ui.act import act, notices, spend, token
from ui.addresses import address
from ui.here import here, look, zone
from ui.qr import qr
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


@st.fragment
def extra_link(order_id: int) -> None:
    """Sending it, and the code to read with the customer's own telephone; when it was sent last."""
    with look() as work:
        sent = last_copy(work, order_id, ASKED)
    place = f"extra_link_{order_id}"
    notices(place)
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=place)
    row.button(t("Send the question"), icon=":material/send:", key=f"send_question_{order_id}", on_click=_send,
               args=(order_id, place))  # fmt: skip
    row.button(t("Link for the customer"), icon=":material/qr_code_2:", key=f"question_link_{order_id}", on_click=_show,
               args=(order_id, place))  # fmt: skip
    if sent:
        row.markdown(_sent(sent), width="content")
    if shown := st.session_state.get(f"question_code_{order_id}"):
        full = address(shown) or shown
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium"):
            st.image(qr(full), width=220, alt=t("QR code of this address"))
            st.code(full, language=None, wrap_lines=True)


def _sent(message: Message) -> Safe:
    at = moment(message.created_at, here().clock(), zone())
    words = t("sent {at} to {address}", at=at, address=phone_shown(message.address))
    return badge("green", message.channel.icon, words)


def _send(order_id: int, place: str) -> None:
    done = joined(Safe(":material/send:"), t("The question is on its way"), by=" ")
    if act(lambda work: send_question(work, order_id), at=place, done=md(done), once=token(place)):
        spend(place)


def _show(order_id: int, place: str) -> None:
    """The code comes and goes by the same button."""
    name = f"question_code_{order_id}"
    if st.session_state.pop(name, None) is None:
        link = act(lambda work: order_link(work, order_id), at=place)
        st.session_state[name] = link_path(link) if link else None
