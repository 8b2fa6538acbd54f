"""What the forms of delivery share: the one button that saves, with what stands in its way, and what a success leaves behind."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from ui.act import act, notices, said, spend, token
from ui.text import Safe, language, md, t

T = TypeVar("T")


def save_button(
    action: str, facts: OrderFacts, on_click: Callable[[OrderFacts], None], label: Safe | None = None
) -> None:
    """The primary button of a step; greyed with the reasons below while something stands in the way.

    A refusal is shown right above it: the head of the record may be scrolled away.
    """
    notices(f"form_{facts.order.id}")
    move = ORDERS.move(action)
    reasons = [md(refusal.say(language())) for refusal in move.blockers(facts)]
    st.button(
        label or t(move.label),
        key=f"{action}_{facts.order.id}",
        icon=f":material/{move.icon}:",
        type="primary",
        disabled=bool(reasons),
        on_click=on_click,
        args=(facts,),
    )
    for reason in reasons:
        st.caption(Safe(f":material/block: {reason}"))


def step(verb: Callable[[Work], T], facts: OrderFacts, action: str, done: Safe, *fields: str) -> T | None:
    """Run a step of an order from a callback. After success its typed text `fields` are emptied and the form closes.

    A field is emptied by writing to it: taking its key away would leave the words in the browser.
    """
    order_id = facts.order.id
    name = f"{action}_{order_id}"
    result = act(verb, at=f"form_{order_id}", once=token(name))
    if result is not None:
        spend(name)
        said(done, f"order_{order_id}")
        st.session_state.pop(f"step:{order_id}", None)
        for key in fields:
            st.session_state[key] = ""
    return result


def typed_in(key: str) -> str:
    """What stands in a text field."""
    return str(st.session_state.get(key) or "")
