"""When the car will be ready, and what the customer wishes: the moment of check-in, and the form on the record."""

from collections.abc import Callable

import streamlit as st

from services import orders
from services.boards import OrderCard
from services.order_facts import OrderFacts
from services.promises import BEGUN
from services.work import Work
from ui.promise_inputs import keep_promise, promise_inputs
from ui.wish_form import wish_inputs
from ui.workshop_delay import delay_form


def draw(card: OrderCard) -> None:
    """The promised time beside the wishes."""
    left, right = st.columns([2, 3], gap="medium")
    with left.container(border=True):
        promise_inputs(card.id)
    with right.container(border=True):
        wish_inputs(card.id)


def save_and_ask(card: OrderCard) -> Callable[[Work], object]:
    """Promise what stands there and put the estimate to the customer, both or neither."""

    def write(work: Work) -> object:
        keep_promise(work, card.id)
        return orders.request_approval(work, card.id)

    return write


def promise_form(facts: OrderFacts) -> None:
    """A new promised time, on the record; once work has begun a delay that the customer has to be told of."""
    if facts.order.status in BEGUN and facts.order.promised_at:
        delay_form(facts)
    else:
        promise_inputs(facts.order.id)
