"""More damage than was assessed: put to the insurer, from reception or from the workshop, and answered."""

from decimal import Decimal

import streamlit as st

from db.models import ClaimSupplement
from services import permissions as may
from services.claim_supplements import answer_more, ask_more
from services.money import Sum
from services.order_facts import OrderFacts
from ui.act import act, spend, token
from ui.claim_look import PLACE, Shown
from ui.here import person
from ui.sums import sum_input, sum_typed_in
from ui.text import badge, joined, md, t


def draw(shown: Shown) -> None:
    """What was asked so far with its answers, and a new one until the statement is issued."""
    for one in shown.more:
        _asked(shown, one)
    if shown.facts.billed is None:
        _ask(shown.facts, PLACE)


def form(facts: OrderFacts) -> None:
    """A new one alone: on the record, also for the workshop."""
    _ask(facts, f"order_{facts.order.id}")


def _asked(shown: Shown, one: ClaimSupplement) -> None:
    currency = shown.garage.currency
    with st.container(border=True, gap="xsmall", key=f"supplement_{one.id}"):
        st.markdown(joined(md(one.reason), t("asked: {sum}", sum=Sum(one.amount, currency))))
        if one.answered_at:
            color, icon = ("green", "check") if one.agreed_sum else ("red", "close")
            agreed = Sum(one.agreed_sum or Decimal(0), currency)
            st.markdown(badge(color, icon, joined(t("agreed: {sum}", sum=agreed), md(one.answered_by))))
            return
        if not person().has(*may.HANDLES_CLAIMS):
            st.markdown(badge("orange", "hourglass_top", t("waits for the insurer")))
            return
        row = st.columns([2, 3], gap="small", vertical_alignment="bottom")
        with row[0]:
            sum_input(t("Agreed sum"), f"more_agreed_{one.id}", currency, one.amount)
        row[1].text_input(t("Who answered"), value=shown.claim.assessor, key=f"more_name_{one.id}", max_chars=140)
        taps = st.container(horizontal=True, gap="small")
        for refused, label, icon in ((False, t("Agreed"), "check"), (True, t("Refused"), "close")):
            taps.button(label, icon=f":material/{icon}:", key=f"more_{icon}_{one.id}", on_click=_answer,
                        args=(shown.order_id, one.id, refused))  # fmt: skip


def _ask(facts: OrderFacts, place: str) -> None:
    key = facts.order.id
    left, right = st.columns([3, 1], gap="small", vertical_alignment="bottom")
    left.text_input(t("What more was found"), key=f"more_reason_{key}", max_chars=600)
    with right:
        sum_input(t("Amount"), f"more_amount_{key}", facts.currency)
    st.button(t("Ask the insurer"), icon=":material/add_alert:", key=f"more_ask_{key}", on_click=_put,
              args=(key, place))  # fmt: skip


def _put(order_id: int, place: str) -> None:
    keys = f"more_reason_{order_id}", f"more_amount_{order_id}"
    reason, amount = str(st.session_state.get(keys[0]) or ""), sum_typed_in(keys[1])
    name = f"more_{order_id}"
    if act(lambda work: ask_more(work, order_id, reason=reason, amount=amount), done=t("The insurer is asked"), at=place,
           once=token(name)):  # fmt: skip
        for key in keys:
            st.session_state.pop(key, None)
        st.session_state.pop(f"step:{order_id}", None)
    spend(name)


def _answer(order_id: int, supplement_id: int, refused: bool) -> None:
    agreed = Decimal(0) if refused else sum_typed_in(f"more_agreed_{supplement_id}")
    name = str(st.session_state.get(f"more_name_{supplement_id}") or "")
    act(lambda work: answer_more(work, order_id, supplement_id=supplement_id, agreed=agreed, name=name), at=PLACE)
