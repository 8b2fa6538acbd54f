"""Before the customer comes: the advisor's check, back to the workshop, telling the customer."""

import streamlit as st

from db.enums import Channel, CheckLevel
from db.models import ContactAttempt, Customer
from services.checks import TEMPLATES
from services.delivery import WRITTEN, attempts, check_delivery, send_back, tell
from services.order_facts import OrderFacts
from ui.delivery_form import save_button, step, typed_in
from ui.here import here, look, zone
from ui.moments import moment_input, moment_picked, next_quarter
from ui.rework_fields import chosen_rework, rework_fields
from ui.text import Safe, joined, md, phone, t
from ui.ticks import forget_ticks, ticked, ticks
from ui.when import moment

POINTS = dict(TEMPLATES[CheckLevel.DELIVERY])
CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.SMS)


def check_form(facts: OrderFacts) -> None:
    """The points to check on the car."""
    order_id = facts.order.id
    ticks(list(POINTS), [t(POINTS[key]) for key in POINTS], f"before_{order_id}")
    st.text_input(t("Note"), key=f"check_note_{order_id}", max_chars=1000)
    save_button("check_delivery", facts, _check)


def send_back_form(facts: OrderFacts) -> None:
    """What the workshop has to put right, why, and who does it."""
    rework_fields(facts, ())
    st.text_area(t("What has to be put right"), key=f"back_reason_{facts.order.id}", max_chars=300)
    save_button("send_back", facts, _send_back)


def tell_form(facts: OrderFacts) -> None:
    """The phone number large, how the customer was told, and when they come."""
    key = facts.order.id
    with look() as work:
        customer = work.get(Customer, facts.order.customer_id)
        tries = attempts(work, key)
    st.subheader(f":material/call: {phone(customer.phone) or t('no phone number')}", anchor=False)
    st.caption(joined(md(customer.name), md(customer.call_when)))
    tries_list(tries)
    st.segmented_control(
        t("How"), CHANNELS, default=Channel.PHONE, format_func=_channel, key=f"tell_channel_{key}", required=True
    )
    if not _written(key):
        st.segmented_control(
            t("Reached"), (True, False), default=True, format_func=_reached, key=f"tell_reached_{key}", required=True
        )
    if _knows(key):
        moment_input(t("Comes to pick up"), f"tell_at_{key}", next_quarter(here().clock()))
    st.text_input(t("Note"), key=f"tell_note_{key}", max_chars=500)
    save_button("tell", facts, _tell, t("Save"))


def tries_list(tries: list[ContactAttempt]) -> None:
    """Every try to tell the customer."""
    now = here().clock()
    for tried in tries:
        what = t("reached") if tried.reached else t("not reached")
        at = moment(tried.at, now, zone())
        st.caption(joined(Safe(f":material/history: {at}"), t(tried.channel.label), what, md(tried.note)))


def _written(key: int) -> bool:
    return st.session_state.get(f"tell_channel_{key}") in WRITTEN


def _knows(key: int) -> bool:
    """Whether the customer knows after this: a message counts, a call only when somebody answered."""
    return _written(key) or bool(st.session_state.get(f"tell_reached_{key}", True))


def _channel(channel: Channel) -> Safe:
    label = t("Message") if channel in WRITTEN else t(channel.label)
    return Safe(f":material/{channel.icon}: {label}")


def _reached(reached: bool) -> Safe:
    return t("Reached") if reached else t("Not reached")


def _check(facts: OrderFacts) -> None:
    key = facts.order.id
    items, note = ticked(f"before_{key}"), typed_in(f"check_note_{key}")
    done = step(lambda work: check_delivery(work, key, items=items, note=note), facts, "check_delivery",
                t("The car is checked"), f"check_note_{key}")  # fmt: skip
    if done:
        forget_ticks(f"before_{key}")


def _send_back(facts: OrderFacts) -> None:
    key = facts.order.id
    reason, items, chosen = typed_in(f"back_reason_{key}"), ticked(f"before_{key}"), chosen_rework(facts, ())
    done = step(lambda work: send_back(work, key, reason=reason, items=items, **chosen), facts, "send_back",
                t("Back in the workshop"), f"back_reason_{key}")  # fmt: skip
    if done:
        forget_ticks(f"before_{key}")


def _tell(facts: OrderFacts) -> None:
    key = facts.order.id
    reached = _knows(key)
    channel = Channel(st.session_state[f"tell_channel_{key}"])
    at, note = moment_picked(f"tell_at_{key}") if reached else None, typed_in(f"tell_note_{key}")
    said = t("The customer knows") if reached else t("The try is noted")
    step(lambda work: tell(work, key, channel=channel, reached=reached, pick_up_at=at, note=note), facts, "tell", said,
         f"tell_note_{key}")  # fmt: skip
