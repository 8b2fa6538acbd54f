"""The counter: what to pick now, what lies ready, what waits for stock, what went out today."""

import streamlit as st

from db.enums_workshop import RequisitionStatus
from services import permissions as may
from services.counter import Waiting, issued_today, open_slips
from services.people import people_with
from ui.act import notices
from ui.here import look
from ui.live_feed import live
from ui.slip_card import slip_card
from ui.text import Safe, t
from web.live_feed import board as feed

PLACE = "parts_counter"


@st.fragment
def counter() -> None:
    """All slips of the store; it redraws when something happened anywhere in the garage."""
    if "order" in st.query_params:
        st.rerun()  # a car's record was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        waiting, out = open_slips(work), issued_today(work)
        people = {one.id: one.name for one in people_with(work, may.REPAIRS)}
    notices(PLACE)
    ready = [one for one in waiting if one.slip.row.status == RequisitionStatus.PICKED]
    asked = [one for one in waiting if one.slip.row.status == RequisitionStatus.ASKED]
    left, right = st.columns(2)
    with left:
        now = [one for one in asked if one.can_pick]
        nothing = t("Nothing to pick. What the workshop asks for appears here.")
        _group(Safe(f":material/shopping_basket: {t('To pick')}"), now, people, nothing)
        later = [one for one in asked if not one.can_pick]
        _group(Safe(f":material/hourglass_empty: {t('Waits for stock')}"), later, people)
    with right:
        _group(Safe(f":material/inventory: {t('Ready at the counter')}"), ready, people, t("Nothing lies ready."))
        _group(Safe(f":material/outbox: {t('Issued today')}"), out, people)
    live("parts_counter_feed", seen=seen)


def _group(name: Safe, slips: list[Waiting], people: dict[int, str], nothing: Safe | None = None) -> None:
    if slips or nothing:
        st.markdown(Safe(f"**{name} · {len(slips):d}**"))
    if nothing and not slips:
        st.caption(nothing)
    for one in slips:
        slip_card(one, PLACE, people)
