"""What the customer takes along: check-in sheet and work order in one tap, the copy by message, the private link as a code."""

from functools import partial

import streamlit as st

from db.enums_desk import LinkPurpose
from db.models import Customer, PrivateLink, WorkOrder
from services import order_copies
from services import permissions as may
from services.addresses import link_path, order_path
from services.check_in_paper import check_in_sheet_pdf
from services.i18n import LANGUAGES
from services.links import link_for
from services.normalize import phone_shown
from services.order_links import end_order_link, order_link
from services.order_words import next_word
from services.work_order_paper import work_order_pdf
from ui.act import act, notices, spend, token
from ui.addresses import address
from ui.here import here, look, person, zone
from ui.papers import paper
from ui.qr import qr
from ui.text import Safe, badge, joined, language, md, t
from ui.when import moment

PAPERS = ((work_order_pdf, "work-order"), (check_in_sheet_pdf, "check-in"))


@st.fragment
def order_papers(order_id: int) -> None:
    """The papers in the customer's language, or the one chosen; who receives cars also sends and shows the link."""
    with look() as work:
        order = work.get(WorkOrder, order_id)
        customer = work.get(Customer, order.customer_id)
        way, sent = order_copies.way_to(work, customer), order_copies.last_copy(work, order_id)
        link = link_for(work, LinkPurpose.ORDER, order_id)
        advice = next_word(work, order, customer, language())
    notices(f"papers_{order_id}")
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"papers_row_{order_id}")
    lang = row.segmented_control(
        t("Language of the papers"), list(LANGUAGES), default=customer.language or language(), key=f"papers_in_{order_id}",
        format_func=lambda code: md(LANGUAGES[code]), required=True, label_visibility="collapsed",
    )  # fmt: skip
    with row:
        _papers(order, str(lang))
    if person().has(*may.RECEIVES):
        label = t("Send copy again") if sent else t("Send copy")
        row.button(label, icon=f":material/{way.icon if way else 'send'}:", key=f"send_copy_{order_id}", on_click=_send,
                   args=(order_id,))  # fmt: skip
        row.button(t("Link for the customer"), icon=":material/qr_code_2:", key=f"order_link_{order_id}", on_click=_show,
                   args=(order_id,))  # fmt: skip
    if link and st.session_state.get(f"link_shown_{order_id}"):
        _link(order_id, link)
    if sent:
        at = moment(sent.created_at, here().clock(), zone())
        st.markdown(
            badge(
                "green", sent.channel.icon, t("copy sent {at} to {address}", at=at, address=phone_shown(sent.address))
            )
        )
    if advice:
        st.caption(Safe(f":material/record_voice_over: {md(advice)}"))


def _papers(order: WorkOrder, lang: str) -> None:
    titles = (t("Work order"), t("Check-in sheet"))
    code = address(order_path(order.id))
    for title, (make, name) in zip(titles, PAPERS, strict=True):
        made = partial(make, order_id=order.id, language=lang, code=code)
        paper(title, made, f"{order.number}-{name}-{lang}.pdf")


def _link(order_id: int, link: PrivateLink) -> None:
    """To scan with the customer's own phone: no consent is needed for that."""
    shown = address(link_path(link)) or link_path(link)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium", key=f"link_{order_id}"):
        st.image(qr(shown), width=240, alt=t("QR code of this address"))
        with st.container(width="stretch"):
            st.code(shown, language=None, wrap_lines=True)
            st.button(t("End"), icon=":material/link_off:", key=f"end_link_{order_id}", on_click=_end, args=(order_id,))


def _send(order_id: int) -> None:
    name = f"copy_{order_id}"
    done = joined(Safe(":material/send:"), t("The copy is on its way"), by=" ")
    if act(lambda work: order_copies.send_copy(work, order_id), at=f"papers_{order_id}", done=done, once=token(name)):
        spend(name)


def _show(order_id: int) -> None:
    """The code comes and goes by the same button; it is made when it is first wanted."""
    name = f"link_shown_{order_id}"
    if st.session_state.pop(name, False):
        return
    st.session_state[name] = act(lambda work: order_link(work, order_id), at=f"papers_{order_id}") is not None


def _end(order_id: int) -> None:
    act(lambda work: end_order_link(work, order_id), at=f"papers_{order_id}", done=t("The link opens nothing any more"))
