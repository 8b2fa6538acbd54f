"""What the program proposes to buy, with the reasons; one tap plans one part, or all of them."""

from functools import partial

import streamlit as st

from services import permissions as may
from services.papers import quantity_words
from services.part_demand import Want
from services.purchase_plan import Proposal, plan_proposed
from ui.act import act
from ui.here import here, person, zone
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment, urgency

PLACE = "parts_buy"
SHOWN = 3  # cars named in a row; the others are counted


def proposed(found: list[Proposal], currency: str) -> None:
    """The parts, the one needed first on top."""
    if not found:
        st.caption(t("Nothing is missing: cars here, bookings of the next two weeks and minimum stock are covered."))
        return
    buys = person().has(*may.ISSUES_PARTS)
    if buys:
        st.button(t("Plan all {n}", n=len(found)), key="plan_all", type="primary", icon=":material/playlist_add_check:",
                  on_click=_plan, args=([one.part.id for one in found],))  # fmt: skip
    for one in found:
        _row(one, currency, buys)


def _row(one: Proposal, currency: str, buys: bool) -> None:
    part = one.part
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"proposed_{part.id}"
    ):
        words = st.container(gap=None, width="stretch")
        words.markdown(joined(Safe(f"**{md(quantity_words(one.quantity, part.unit))}**"), Safe(f"**{md(part.name)}**"),
                              md(part.brand), md(part.code)))  # fmt: skip
        words.caption(_why(one))
        if one.needed_at:
            when = moment(one.needed_at, here().clock(), zone())
            st.markdown(badge(urgency(one.needed_at, here().clock()), "schedule", when), width="content")
        if one.source:
            cost = money(one.source.cost, currency) if one.source.cost is not None else None
            st.markdown(joined(md(one.source.supplier.name), cost), width="content")
        if buys:
            st.button(t("Plan purchase"), key=f"plan_{part.id}", icon=":material/add_shopping_cart:", on_click=_plan,
                      args=([part.id],))  # fmt: skip


def _why(one: Proposal) -> Safe:
    """For which cars, and what of the minimum is missing."""
    said = [_for_car(want, one.part.unit) for want in one.wants[:SHOWN]]
    more = len(one.wants) - SHOWN
    if more > 0:
        said.append(t("{n} more", n=more))
    if one.shelf:
        said.append(t("{n} up to the minimum stock of {minimum}", n=quantity_words(one.shelf, one.part.unit),
                      minimum=quantity_words(one.part.minimum, one.part.unit)))  # fmt: skip
    return joined(*said)


def _for_car(want: Want, unit: str) -> Safe:
    here_now = t("in the shop") if want.order_id else t("booked")
    return Safe(f"{md(quantity_words(want.quantity, unit))} → {md(want.plate)} ({here_now})")


def _plan(part_ids: list[int]) -> None:
    act(partial(plan_proposed, part_ids=part_ids), at=PLACE, done=t("On the purchase plan."))
