"""Telling the customer a new time: whom to call, what is proposed, and one tap for what they say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from db.enums import Channel
from db.enums_workshop import DelayAnswer
from db.models import Customer, Delay
from services.delays import answer
from services.order_facts import OrderFacts
from ui.act import act
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.text import Safe, joined, md, phone, t
from ui.when import moment

CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.SMS, Channel.WECHAT)


def tell_form(facts: OrderFacts, delay: Delay, customer: Customer) -> None:
    """The number, the new time instead of the old, the way, and the four things a customer can say."""
    now, key = here().clock(), delay.id
    was = moment(delay.promised_was, now, zone()) if delay.promised_was else None
    st.markdown(Safe(f"### :material/call: {joined(md(customer.name), phone(customer.phone))}"))
    if was:
        new = moment(delay.proposed_at, now, zone())
        st.markdown(Safe(f"### :material/schedule: {t('Ready {at} instead of {was}', at=new, was=was)}"))
    if delay.answer == DelayAnswer.NOT_REACHED:
        st.caption(t(delay.answer.label))
    _time(delay, customer)
    with st.grid(4, min_column_width=240, gap="small"):
        for said in DelayAnswer:
            st.button(t(said.label), icon=f":material/{said.icon}:", key=f"delay_said_{said.value}_{key}", width="stretch",
                      type="primary" if said == DelayAnswer.AGREES else "secondary", on_click=_save,
                      args=(facts.order.id, delay, said))  # fmt: skip


def _time(delay: Delay, customer: Customer) -> None:
    """How and who; the time that is promised with a yes: as proposed, or as it was agreed in the talk."""
    local, key = delay.proposed_at.astimezone(ZoneInfo(zone())), delay.id
    row = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    row.segmented_control(t("How"), CHANNELS, default=Channel.PHONE, format_func=_word, key=f"delay_how_{key}", required=True,
                          width=360)  # fmt: skip
    row.text_input(t("Who answered"), value=customer.name, key=f"delay_who_{key}", width=230)
    row.date_input(t("Promised day"), value=local.date(), key=f"delay_day_{key}", format=day_format(), width=160)
    row.time_input(t("Promised time"), value=local.time(), key=f"delay_time_{key}", step=900, width=120)
    st.text_input(t("Note"), key=f"delay_said_note_{key}", max_chars=500)


def _typed(delay: Delay) -> datetime | None:
    chosen, clock = st.session_state.get(f"delay_day_{delay.id}"), st.session_state.get(f"delay_time_{delay.id}")
    return datetime.combine(chosen, clock, ZoneInfo(zone())) if chosen and clock else None


def _save(order_id: int, delay: Delay, said: DelayAnswer) -> None:
    typed, words = _typed(delay), str(st.session_state.get(f"delay_said_note_{delay.id}") or "")
    if said != DelayAnswer.AGREES and typed == delay.proposed_at:
        typed = None  # nobody agreed to that
    how = Channel(st.session_state.get(f"delay_how_{delay.id}") or Channel.PHONE)
    who = str(st.session_state.get(f"delay_who_{delay.id}") or "")
    act(
        lambda work: answer(work, delay.id, answer=said, channel=how, person=who, agreed_at=typed, note=words),
        done=t("The answer is kept."),
        at=f"order_{order_id}",
    )


def _word(channel: Channel) -> Safe:
    return t(channel.label)
