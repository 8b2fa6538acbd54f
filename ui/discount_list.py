"""The discounts of an order: how much, why, by whom, approved by whom; withdrawn by a tap, or answered right here with a PIN."""

import streamlit as st

from db.enums_money import DiscountState
from db.models import Discount, Staff
from services.discount_approvals import Request, approvers, may_answer, requests
from services.discounts import EVERYTHING, STANDING, of_order, withdraw
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.workflow import allowed
from ui.act import act, notices
from ui.approve_here import approve_here
from ui.discount_answer import answer_buttons
from ui.handover_parts import customer_reads
from ui.here import here, look, person, zone
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def discount_list(facts: OrderFacts) -> None:
    """Nothing while there is none."""
    key = facts.order.id
    with look() as work:
        rows = of_order(work, key)
        if not rows:
            return
        staff = names(work)
        asked = {one.discount.id: (one, may_answer(work, one), approvers(work, one)) for one in requests(work, key)}
    notices(f"discount_{key}")
    move = ORDERS.move("discount")
    open_yet = move.fits(facts, facts.order.status) and allowed(move, person())
    for row in [row for row in rows if row.state != DiscountState.WITHDRAWN]:
        with st.container(border=True, gap="xsmall", key=f"discount_row_{row.id}"):
            _words(row, facts, staff)
            with st.container(horizontal=True, gap="small"):
                if row.id in asked:
                    _answer(*asked[row.id])
                if open_yet and row.state in STANDING:
                    st.button(t("Withdraw"), key=f"withdraw_{row.id}", icon=":material/undo:", on_click=_withdraw,
                              args=(row.id, key))  # fmt: skip


def discounts_said(facts: OrderFacts) -> None:
    """The same to read: how much, why, by whom and approved by whom."""
    with look() as work:
        rows = of_order(work, facts.order.id)
        staff = names(work) if rows else {}
    for row in rows:
        _words(row, facts, staff)


def discount_button(facts: OrderFacts) -> None:
    """The way to another one."""
    move = ORDERS.move("discount")
    if move.fits(facts, facts.order.status) and allowed(move, person()):
        st.button(t("Discount"), key=f"open_discount_{facts.order.id}", icon=f":material/{move.icon}:", on_click=_open,
                  args=(facts.order.id,))  # fmt: skip


def discount_words(row: Discount) -> Safe:
    """What it is on, and why; what was noted with it only where no customer reads along."""
    note = None if customer_reads() else md(row.note)
    return joined(t(EVERYTHING) if row.title == EVERYTHING else md(row.title), t(row.reason.label), note)


def _words(row: Discount, facts: OrderFacts, staff: dict[int, str]) -> None:
    now = here().clock()
    state = badge(row.state.color, row.state.icon, t(row.state.label))
    percent = Safe(f"{row.percent.normalize():f} %") if row.percent is not None else None
    amount = Safe(f"**{money(-row.amount, facts.currency)}**")
    st.markdown(joined(joined(state, amount, by=" "), percent, discount_words(row)))
    asked = joined(md(staff.get(row.asked_by_id or 0, "")), moment(row.asked_at, now, zone()), by=" ")
    answered = None
    if row.answered_at and row.approver_id != row.asked_by_id:
        who = md(staff.get(row.approver_id or 0, ""))
        given = (
            t("approved by {name}", name=who)
            if row.state != DiscountState.REFUSED
            else t("refused by {name}", name=who)
        )
        answered = joined(given, moment(row.answered_at, now, zone()), by=" ")
    st.caption(joined(asked, answered, None if customer_reads() else md(row.answer)))


def _answer(request: Request, mine: bool, who: list[Staff]) -> None:
    if mine:
        answer_buttons(request, f"discount_{request.order.id}")
    else:
        approve_here(request, who, f"discount_{request.order.id}")


def _open(order_id: int) -> None:
    st.session_state[f"step:{order_id}"] = "discount"


def _withdraw(discount_id: int, order_id: int) -> None:
    act(lambda work: withdraw(work, discount_id), at=f"discount_{order_id}", done=t("Withdrawn"))
