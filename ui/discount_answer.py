"""Yes or no to a discount that waits for it, and the row that asks for it on the screens of those who may say so."""

import streamlit as st

from services.discount_approvals import Request, answerable, approve, refuse, requests
from services.discounts import EVERYTHING
from ui.act import act, notices
from ui.here import here, look, show_record, zone
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

PLACE = "discount_requests"


def discount_requests() -> None:
    """What waits for a yes of the person at this tablet; nothing when there is none. Inside a fragment that hears of events."""
    with look() as work:
        mine = answerable(work, requests(work))
    notices(PLACE)
    for one in mine:
        _row(one)


def answer_buttons(request: Request, place: str) -> None:
    """One tap for yes; no with a word why, if one likes."""
    key = f"{place}_{request.discount.id}"
    st.button(t("Approve"), key=f"approve_{key}", icon=":material/check:", type="primary", on_click=_approve,
              args=(request.discount.id, place))  # fmt: skip
    with st.popover(t("Refuse"), icon=":material/close:", key=f"refuse_{key}", on_change="rerun") as opened:
        if opened.open:
            st.text_input(t("Why not"), key=f"refuse_why_{key}", max_chars=300)
            st.button(t("Refuse"), key=f"refused_{key}", icon=":material/close:", on_click=_refuse,
                      args=(request.discount.id, place, f"refuse_why_{key}"))  # fmt: skip


def request_words(one: Request) -> Safe:
    """How much less, tax in it as in the sums beside it, and what the customer pays then."""
    sums = joined(Safe(f"~~{money(one.before, one.currency)}~~"), money(one.after, one.currency), by=" → ")
    return joined(Safe(f"**{money(one.after - one.before, one.currency)}**"), Safe(f"{one.percent} %"), sums)


def _row(one: Request) -> None:
    row = st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"discount_request_{one.discount.id}",
    )
    found = one.discount
    title = t(EVERYTHING) if found.title == EVERYTHING else md(found.title)
    with row.container(gap=None, width="stretch"):
        head = badge("orange", "sell", t("Discount"))
        st.markdown(joined(joined(head, Safe(f"**{md(one.vehicle.plate)}**"), by=" "), request_words(one)))
        st.caption(joined(title, t(found.reason.label), md(found.note), md(one.customer.name), md(one.asked_by),
                          moment(found.asked_at, here().clock(), zone())))  # fmt: skip
    with row.container(horizontal=True, gap="small", width="content"):
        answer_buttons(one, PLACE)
        if st.button(":material/open_in_full:", key=f"discount_open_{found.id}", help=t("Open"), on_click=show_record,
                     args=("order", one.order.id)):  # fmt: skip
            st.rerun()


def _approve(discount_id: int, place: str) -> None:
    act(lambda work: approve(work, discount_id), at=place, done=t("Approved"))


def _refuse(discount_id: int, place: str, field: str) -> None:
    why = str(st.session_state.get(field) or "")
    act(lambda work: refuse(work, discount_id, why), at=place, done=t("Refused"))
