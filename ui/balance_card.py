"""One customer with money open: how much, how long overdue, on which cars, what was promised; and the taps for it."""

from typing import Literal

import streamlit as st

from db.enums import Channel
from services import permissions as may
from services.balances import OpenCustomer, OpenOrder
from services.money_reminders import remind
from services.normalize import phone_shown
from ui.act import act
from ui.balance_call import call_form
from ui.balance_pay import pay_form
from ui.here import here, person, show_record, zone
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import day, full_date, moment

WORDS = 540  # pixels: beside the plate also on an upright tablet
FORM = "balance_form"  # (customer, "pay" or "call"): one form is open at a time


def balance_card(one: OpenCustomer, currency: str, place: str, *, due: bool) -> None:
    """Draw it; what came of a tap is told at `place`. `due`: to be reminded today."""
    key = one.customer.id
    with st.container(border=True, gap="small", key=f"balance_{key}"):
        top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        with top.container(gap=None, width="content"):
            st.markdown(joined(Safe(f"**{md(one.customer.name)}**"), _state(one), by=" "))
        words = (
            money(one.owed, currency) if one.owed else t("{sum} to give back", sum=money(one.to_give_back, currency))
        )
        top.subheader(words, anchor=False, width="content")
        for order in one.orders:
            _order(order, currency)
        _buttons(one, place, due=due)
        if st.session_state.get(FORM) == (key, "call"):
            call_form(one, currency, place)
        elif st.session_state.get(FORM) == (key, "pay"):
            pay_form(one, currency, place)


def _state(one: OpenCustomer) -> Safe | None:
    if not one.owing:
        return badge("red", "undo", t("to give back"))
    oldest = max(one.owing, key=lambda order: order.days)
    if oldest.days <= 0:
        return badge("gray", "schedule", t("not due"))
    words = t("1 day overdue") if oldest.days == 1 else t("{n} days overdue", n=oldest.days)
    return badge(oldest.age.color, oldest.age.icon, words)


def _order(order: OpenOrder, currency: str) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.button(md(order.vehicle.plate), key=f"balance_open_{order.order.id}", icon=":material/open_in_full:",
               on_click=show_record, args=("order", order.order.id))  # fmt: skip
    owed = Safe(f"**{money(order.owed, currency)}**")
    until = t("due {day}", day=full_date(order.due_on)) if order.owed > 0 else None
    with row.container(gap=None, width=WORDS):
        st.markdown(joined(owed, md(order.order.number), until))
        if said := _reminded(order):
            st.caption(said)


def _reminded(order: OpenOrder) -> Safe | None:
    """The newest reminder, and what was promised."""
    last = order.last
    if last is None:
        return None
    now = here().clock()
    said = t("reminder {n}", n=order.level)
    promised = t("promised for {day}", day=day(last.promised_on, now.date())) if last.promised_on else None
    return joined(joined(said, t(last.channel.label), moment(last.at, now, zone()), by=" "), promised, md(last.note))


def _buttons(one: OpenCustomer, place: str, *, due: bool) -> None:
    key, row = one.customer.id, st.container(horizontal=True, gap="small")
    first: Literal["primary", "secondary"] = "primary" if due else "secondary"
    if one.overdue and person().has(*may.REMINDS):
        if one.customer.phone:
            row.link_button(md(phone_shown(one.customer.phone)), f"tel:{one.customer.phone}", icon=":material/call:",
                            key=f"balance_tel_{key}")  # fmt: skip
        row.button(t("Note the call"), key=f"balance_call_{key}", icon=":material/phone_in_talk:", type=first, on_click=_open,
                   args=(key, "call"))  # fmt: skip
        row.button(t("Send a reminder"), key=f"balance_message_{key}", icon=":material/sms:", on_click=_message,
                   args=(key, place))  # fmt: skip
    if one.owing and person().has(*may.TAKES_MONEY):
        row.button(
            t("Take payment"), key=f"balance_pay_{key}", icon=":material/payments:", on_click=_open, args=(key, "pay")
        )


def _open(key: int, form: str) -> None:
    """A second tap closes it."""
    now = (key, form)
    st.session_state[FORM] = None if st.session_state.get(FORM) == now else now


def _message(key: int, place: str) -> None:
    act(lambda work: remind(work, key, channel=Channel.SMS), at=place, done=t("The reminder goes out."))
