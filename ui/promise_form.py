"""The fifth moment: when the car will be ready, and what the customer wishes. Also the two forms on the record."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from services import orders
from services.boards import OrderCard
from services.order_facts import OrderFacts
from services.promises import set_promise, suggest_promise
from services.work import Work
from ui.act import act
from ui.booking_draft import day_format
from ui.here import here, look, zone
from ui.text import Safe, t
from ui.when import moment, span
from ui.wish_form import wish_inputs


def draw(card: OrderCard) -> None:
    """The promised time beside the wishes."""
    left, right = st.columns(2, gap="medium")
    with left.container(border=True):
        promise_inputs(card.facts)
    with right.container(border=True):
        wish_inputs(card.id)


def save_and_ask(card: OrderCard) -> Callable[[Work], object]:
    """Write both down and put the estimate to the customer, all or nothing."""
    promised_at = typed_promise(card.id)
    facts = card.facts

    def write(work: Work) -> object:
        if promised_at != facts.order.promised_at or (promised_at and promised_at <= work.now):
            set_promise(work, facts.order.id, promised_at=promised_at)
        return orders.request_approval(work, facts.order.id)

    return write


def promise_inputs(facts: OrderFacts) -> None:
    """Day and time, on the suggestion while nothing is promised; the suggestion can be taken with a tap."""
    key, now = facts.order.id, here().clock()
    with look() as work:
        suggested = suggest_promise(work, facts)
    at = facts.order.promised_at or suggested
    local = at.astimezone(ZoneInfo(zone()))
    st.caption(t("Work on the order: {span}", span=span(facts.minutes_left)))
    st.button(
        t("Ready at the earliest: {at}", at=moment(suggested, now, zone())), icon=":material/auto_awesome:",
        key=f"suggested_{key}", on_click=_take, args=(key, suggested), width="stretch",
    )  # fmt: skip
    _seed(key, local)
    st.date_input(t("Promised day"), key=f"promise_day_{key}", format=day_format())
    st.time_input(t("Promised time"), key=f"promise_time_{key}", step=900)


def promise_form(facts: OrderFacts) -> None:
    """A new promised time, on the record."""
    promise_inputs(facts)
    st.button(
        t("Save"), type="primary", key=f"save_promise_{facts.order.id}", on_click=_save_promise, args=(facts.order.id,)
    )


def typed_promise(order_id: int) -> datetime | None:
    """The instant typed; None when a part is missing."""
    day: date | None = st.session_state.get(f"promise_day_{order_id}")
    clock: time | None = st.session_state.get(f"promise_time_{order_id}")
    return datetime.combine(day, clock, ZoneInfo(zone())) if day and clock else None


def _seed(order_id: int, local: datetime) -> None:
    st.session_state.setdefault(f"promise_day_{order_id}", local.date())
    st.session_state.setdefault(f"promise_time_{order_id}", local.time().replace(second=0, microsecond=0))


def _take(order_id: int, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(zone()))
    st.session_state[f"promise_day_{order_id}"] = local.date()
    st.session_state[f"promise_time_{order_id}"] = local.time().replace(second=0, microsecond=0)


def _save_promise(order_id: int) -> None:
    at = typed_promise(order_id)
    if act(
        lambda work: set_promise(work, order_id, promised_at=at),
        done=t("Promised time changed"),
        at=f"order_{order_id}",
    ):
        st.session_state.pop(f"step:{order_id}", None)
