"""Open recalls and campaigns, told to the customer at each visit: a yes, or a no with its reason."""

from dataclasses import replace

import streamlit as st

from services import recalls
from services.boards import OrderCard
from services.campaigns import REASONS as REASONS_TO_CALL
from services.car_call import CarCall
from services.recalls import REASONS, OpenRecall
from ui.act import act
from ui.here import look
from ui.text import Safe, badge, joined, md, plain, t

PLACE = "check_in"


def draw(card: OrderCard) -> None:
    """One line for each, recalls first; nothing when none is open."""
    with look() as work:
        found = recalls.recalls_of(work, card.id)
    for one in found:
        _line(card.id, one)


def without(call: CarCall) -> CarCall:
    """What else matters about the car: recalls are told here and not once more among what is due."""
    return replace(call, due=[due for due in call.due if due.reason not in REASONS_TO_CALL])


def _line(order_id: int, one: OpenRecall) -> None:
    row = one.campaign
    with st.container(border=True, gap="xsmall", key=f"recall_{row.id}"):
        line = st.container(horizontal=True, vertical_alignment="center", gap="small")
        kind = badge(row.kind.color, row.kind.icon, t(row.kind.label))
        line.markdown(joined(joined(kind, Safe(f"**{md(row.title)}**"), by=" "), md(row.code)), width="stretch")
        if one.answer:
            line.markdown(_answer(one), width="content")
        if one.answer is None or not one.answer.accepted:
            line.button(t("Accept"), icon=":material/check:", key=f"recall_yes_{row.id}", on_click=_accept,
                        args=(order_id, row.id))  # fmt: skip
        with line.popover(t("Decline"), icon=":material/close:", key=f"recall_no_{row.id}"):
            _why(order_id, row.id)
        if row.text:
            st.caption(md(row.text))
        if one.before and one.answer is None:
            st.markdown(badge("orange", "history", t("declined last time: {reason}", reason=_said(one.before.reason))))


def _answer(one: OpenRecall) -> Safe:
    assert one.answer
    if one.answer.accepted:
        return badge("green", "check", t("accepted, the maker pays") if one.recall else t("accepted"))
    return badge("orange", "close", t("declined: {reason}", reason=_said(one.answer.reason)))


def _said(reason: str) -> Safe:
    """A reason tapped is told in the reader's language, one typed as it was typed."""
    return t(reason) if reason in REASONS else md(reason)


def _why(order_id: int, campaign_id: int) -> None:
    for number, reason in enumerate(REASONS):
        st.button(t(reason), key=f"recall_why_{campaign_id}_{number}", width="stretch", on_click=_decline,
                  args=(order_id, campaign_id, reason))  # fmt: skip
    key = f"recall_other_{campaign_id}"
    st.text_input(t("Another reason"), key=key, max_chars=400, on_change=_other, args=(order_id, campaign_id, key),
                  placeholder=plain("Another reason"), label_visibility="collapsed")  # fmt: skip


def _accept(order_id: int, campaign_id: int) -> None:
    act(lambda work: recalls.accept(work, order_id, campaign_id=campaign_id), done=t("Added to the order"), at=PLACE)


def _decline(order_id: int, campaign_id: int, reason: str) -> None:
    act(
        lambda work: recalls.decline(work, order_id, campaign_id=campaign_id, reason=reason), done=t("Noted."), at=PLACE
    )


def _other(order_id: int, campaign_id: int, key: str) -> None:
    if reason := str(st.session_state[key]).strip():
        _decline(order_id, campaign_id, reason)
