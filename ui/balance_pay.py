"""Taking money for several orders of one customer at once: which of them, in what ways; the receipt to print after it."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from services.balances import OpenCustomer, OpenOrder
from services.open_payments import pay_orders
from services.pay_methods import methods_taken, pictures
from services.receipts import receipt_of
from ui.act import act, notices, said, spend, token
from ui.drawer_gate import drawer_closed
from ui.here import look
from ui.pay_parts import Fields, Till, pay_rows
from ui.payments_list import payments_list
from ui.sums import money
from ui.text import Safe, joined, md, t

_MADE = "balance_made"  # a payment of the receipt just made


def pay_form(one: OpenCustomer, currency: str, place: str) -> None:
    """Everything the customer owes is chosen at first."""
    key = one.customer.id
    names = {order.order.id: _name(order, currency) for order in one.owing}
    chosen = st.pills(t("Pays for"), list(names), selection_mode="multi", default=list(names), format_func=names.__getitem__,
                      key=f"balance_orders_{key}_{len(names)}")  # fmt: skip
    orders = [order for order in one.owing if order.order.id in chosen]
    if not orders:
        st.caption(t("Choose what is paid for."))
        return
    if drawer_closed():
        return
    with look() as work:
        methods, codes = methods_taken(work), pictures(work)
    most = sum((order.owed for order in orders), Decimal(0))
    # the fields go by the customer, as those of a record go by its order; another choice fills them in anew
    till = Till(-key, currency, most, sum(order.order.id for order in orders), methods, None, codes)
    rows, total = pay_rows(till)
    notices(f"balance_pay_{key}")
    st.button(t("Take {sum}", sum=money(total, currency)), key=f"balance_take_{key}", icon=":material/payments:", type="primary",
              on_click=partial(_take, key, orders, rows, place))  # fmt: skip


def receipt_made(currency: str) -> None:
    """The receipt of the payment just taken, to print; until the next one."""
    payment_id = st.session_state.get(_MADE)
    if payment_id is None:
        return
    with look() as work:
        made = receipt_of(work, payment_id)
    with st.container(border=True, key="balance_receipt"):
        payments_list(made, currency, papers=True)


def _name(order: OpenOrder, currency: str) -> Safe:
    return joined(md(order.vehicle.plate), money(order.owed, currency), by=" ")


def _take(key: int, orders: Sequence[OpenOrder], rows: Sequence[Fields], place: str) -> None:
    name, parts = f"balance_pay_{key}", [row.typed() for row in rows]
    ids = [order.order.id for order in orders]
    made = act(lambda work: pay_orders(work, key, ids, parts), at=name, once=token(name))
    if made:
        spend(name)
        st.session_state[_MADE] = made[0].id
        st.session_state["balance_form"] = None
        said(t("Payment received"), place)
