"""Statement, payment and exit pass while the customer stands here, whoever of the garage takes the money."""

import streamlit as st

from db.models import Handover
from services.boards import OrderCard
from services.issued import standing_issued
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.payments import payments
from services.workflow import Move, allowed
from ui.cards import why_not
from ui.delivery_bill import statement_view
from ui.delivery_section import money_state
from ui.exit_pass import exit_pass
from ui.here import look, person
from ui.payments_list import payments_list
from ui.record_live import follow, newest_act
from ui.statement_sign import statement_signature
from ui.steps import DIRECT, FORMS, open_form, take, usable
from ui.text import Safe, t

MONEY = (
    "bill",
    "discount",
    "charge_less",
    "deposit",
    "pay",
    "refund",
    "on_account",
    "credit",
    "reverse_payment",
    "credit_note",
    "pass_out",
)


def draw(card: OrderCard, _row: Handover | None) -> None:
    """What is charged and owed, and the one next step; anything else under a menu."""
    with look() as work:
        found, made, newest = standing_issued(work, card.id), payments(work, card.id), newest_act(work, card.id)
    moves = [move for move in ORDERS.possible(card.facts, card.status) if move.action in MONEY and usable(move)]
    chosen = st.session_state.get(f"step:{card.id}")
    step = next((m for m in moves if m.action == chosen), None) or next(
        (m for m in moves if m.primary and not (m.optional and m.optional(card.facts))), None
    )
    if found is not None:
        statement_view(found)
        statement_signature(found)
        payments_list(made, card.facts.currency)
        money_state(card.facts)
    exit_pass(card.facts)
    with st.container(border=bool(step), key=f"money_step_{card.id}"):
        if step:
            st.markdown(Safe(f"**:material/{step.icon}: {t(step.label)}**"))
            _form(step, card)
        _menu(card, [m for m in moves if m is not step and allowed(m, person())])
    follow(card.id, newest)


def _form(step: Move[OrderFacts], card: OrderCard) -> None:
    if not allowed(step, person()):
        st.caption(t("This step is for: {role}.", role=step.roles[0].label))
    elif step.action in FORMS:
        FORMS[step.action](card.facts)
    else:
        reasons = why_not(step, card.facts)
        st.button(t(step.label), key=f"{step.action}_{card.id}", icon=f":material/{step.icon}:", type="primary",
                  disabled=bool(reasons), on_click=take, args=(step.action, card.id, f"order_{card.id}"))  # fmt: skip
        for reason in reasons:
            st.caption(Safe(f":material/block: {reason}"))


def _menu(card: OrderCard, moves: list[Move[OrderFacts]]) -> None:
    if moves:
        st.menu_button(t("More"), [m.action for m in moves], key=f"money_more_{card.id}", icon=":material/more_horiz:",
                       format_func=lambda action: t(ORDERS.move(action).label), on_click=_picked, args=(card.id,))  # fmt: skip


def _picked(order_id: int) -> None:
    action = str(st.session_state[f"money_more_{order_id}"])
    if action in DIRECT:
        take(action, order_id, f"order_{order_id}")
    else:
        open_form(action, order_id)
