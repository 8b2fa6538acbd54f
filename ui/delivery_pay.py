"""Taking money: what is owed large, the ways to pay below it, one tap for all of them; and deposits before the statement."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import streamlit as st

from services.drawer_rows import current
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.pay_methods import methods_taken, pictures
from services.payments import deposit_all, deposit_most, pay_all, payments
from services.work import Work
from services.workflow import facts_of
from ui.delivery_form import save_button, step
from ui.drawer_gate import drawer_closed
from ui.here import look
from ui.pay_parts import Fields, Till, pay_rows
from ui.payments_list import payments_list
from ui.sums import money
from ui.text import Safe, t

Take = Callable[..., object]


def pay_form(facts: OrderFacts) -> None:
    """What is owed, what came in already, and the next payment."""
    _draw("pay", facts.order.id)


def deposit_form(facts: OrderFacts) -> None:
    """What can be taken before the statement, and how much of it the customer leaves."""
    _draw("deposit", facts.order.id)


@st.fragment
def _draw(action: str, key: int) -> None:
    if st.session_state.pop(f"paid:{key}", False):
        st.rerun()  # the next step is another one
    with look() as work:
        facts = facts_of(work, ORDERS, key)
        order = facts.order
        made, drawer = payments(work, key), current(work)
        before = action == "deposit"
        most = deposit_most(work, facts) if before else facts.owed
        till = Till(key, facts.currency, most, len(made), methods_taken(work), order.payment_method, pictures(work),
                    whole=not before)  # fmt: skip
    if not ORDERS.move(action).fits(facts, order.status):
        st.rerun()  # another tablet was faster
    words = t("{sum} at most", sum=money(most, facts.currency)) if before else None
    st.subheader(words or t("{sum} is owed", sum=money(most, facts.currency)), anchor=False)
    payments_list(made, facts.currency)
    if most <= 0:
        st.caption(t("There is nothing to take."))
        return
    if drawer is None:
        drawer_closed()
    else:
        rows, total = pay_rows(till)
        label = t("Take {sum}", sum=money(total, facts.currency)) if total > 0 else None
        save_button(action, facts, partial(_take, deposit_all if before else pay_all, action, rows), label)
    if not before and facts.has_account and not facts.trusted:
        st.button(
            t("On account"), icon=":material/contract:", key=f"to_account_{key}", on_click=_to_account, args=(key,)
        )


def _take(verb: Take, action: str, rows: list[Fields], facts: OrderFacts) -> None:
    key, parts = facts.order.id, [row.typed() for row in rows]
    total = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    said: Safe = t("{sum} received", sum=money(total, facts.currency))

    def run(work: Work) -> object:
        return verb(work, key, parts)

    if step(run, facts, action, said):
        st.session_state[f"paid:{key}"] = True
        show_money(key)


def show_money(order_id: int) -> None:
    """After money moved: the section with the receipts."""
    st.session_state[f"section_{order_id}"] = "money"


def _to_account(key: int) -> None:
    st.session_state[f"step:{key}"], st.session_state[f"paid:{key}"] = "on_account", True
