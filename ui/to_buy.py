"""What has to be bought: to order, ordered, and what came in these days."""

from decimal import Decimal

import streamlit as st

from db.enums_desk import PurchaseStatus
from services import permissions as may
from services.purchases import ToBuy, plan, purchase_list
from ui.act import act, spend, token
from ui.here import here, look, person, zone
from ui.purchase_row import purchase_row
from ui.text import Safe, joined, md, t
from ui.when import moment


def to_buy(place: str, waiting: list[ToBuy]) -> None:
    """The plan by step, the earliest booking first, and a form for what the shelf needs."""
    with look() as work:
        came = purchase_list(work, (PurchaseStatus.ARRIVED,))
    if person().has(*may.ISSUES_PARTS, *may.BOOKS):
        add_form(place)
    if not waiting and not came:
        st.caption(t("Nothing to buy. Parts that bookings wait for appear here by themselves."))
    for status in (PurchaseStatus.PLANNED, PurchaseStatus.ORDERED):
        group(status, [one for one in waiting if one.line.status == status], place)
    group(PurchaseStatus.ARRIVED, came, place)


def group(status: PurchaseStatus, lines: list[ToBuy], place: str) -> None:
    """The lines of one step, with their number."""
    if lines:
        st.markdown(Safe(f"**{t(status.label)} · {len(lines):d}**"))
    for one in lines:
        amount = Safe(f"× {md(f'{one.line.quantity.normalize():f} {one.unit}')}")
        purchase_row(one.line, place, *_for_whom(one), amount=joined(amount, md(one.place)))


def _for_whom(one: ToBuy) -> tuple[Safe | None, ...]:
    if not one.plate:
        return (t("for the shelf"),)
    booked = moment(one.starts_at, here().clock(), zone()) if one.starts_at else None
    return md(one.plate), md(one.customer), booked


def add_form(place: str) -> None:
    """What the shelf needs, in words."""
    with st.popover(t("Plan a purchase"), icon=":material/add_shopping_cart:", key="plan_form"):
        st.text_input(t("Part"), key="plan_what", max_chars=200)
        st.number_input(t("Quantity"), value=1.0, step=1.0, format="%g", key="plan_quantity")
        st.button(t("Add"), key="plan", type="primary", icon=":material/add:", on_click=_add, args=(place,))


def _add(place: str) -> None:
    what, quantity = st.session_state["plan_what"], Decimal(str(st.session_state["plan_quantity"] or 0))
    if act(lambda work: plan(work, what=what, quantity=quantity), at=place, done=t("Noted."), once=token("plan")):
        spend("plan")
        st.session_state.pop("plan_what")
