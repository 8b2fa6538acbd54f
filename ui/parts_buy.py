"""To buy: what is missing and planned by nobody, what is to be ordered from whom, what is on its way."""

import streamlit as st

from db.enums_desk import PurchaseStatus
from services import permissions as may
from services.i18n import N_
from services.purchase_plan import proposals
from services.purchase_screen import on_the_way, to_order
from services.purchases import purchase_list
from services.suppliers import suppliers
from ui.act import notices
from ui.here import look, person
from ui.live_feed import live
from ui.parts_coming import coming
from ui.parts_orders import orders
from ui.parts_proposed import proposed
from ui.text import Safe, t
from ui.to_buy import add_form, group
from web.live_feed import board as feed

PLACE = "parts_buy"
STEPS = {"propose": N_("Missing"), "order": N_("To order"), "coming": N_("On the way"), "came": N_("Has arrived")}


@st.fragment
def buying() -> None:
    """One step at a time, each with how much there is to do; drawn again when something happened anywhere in the garage."""
    if "order" in st.query_params:
        st.rerun()  # a record was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        lacking, planned, on_way = proposals(work), to_order(work), on_the_way(work)
        came, sellers, currency = purchase_list(work, (PurchaseStatus.ARRIVED,)), suppliers(work), work.garage.currency
    counts = {
        "propose": len(lacking),
        "order": sum(len(one.lines) for one in planned),
        "coming": sum(len(one.lines) for one in on_way),
        "came": len(came),
    }
    first = next((name for name, many in counts.items() if many), "propose")
    st.session_state.setdefault("buy_step", first)
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    step = top.segmented_control(
        t("Step"), list(STEPS), required=True, key="buy_step", label_visibility="collapsed",
        format_func=lambda name: Safe(f"{t(STEPS[name])} · {counts[name]:d}"), persist_state="session",
    )  # fmt: skip
    if person().has(*may.ISSUES_PARTS):
        with top:
            add_form(PLACE)
    notices(PLACE)
    if step == "propose":
        proposed(lacking, currency)
    elif step == "order":
        orders(planned, sellers, currency)
    elif step == "coming":
        coming(on_way, currency)
    elif came:
        group(PurchaseStatus.ARRIVED, came, PLACE)
    else:
        st.caption(t("Nothing came in these days."))
    live("parts_buy_feed", seen=seen)
