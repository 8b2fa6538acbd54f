"""Telling the customer that the car is ready: by call, at the desk or by message, with the answer and the time agreed."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from db.enums import Channel
from db.enums_money import PickUpAnswer
from db.models import ContactAttempt, Customer, WorkOrder
from services.addresses import public_url
from services.delivery import TIMED, WRITTEN, NoMessage, agree_time, attempts, hand_to, tell
from services.front_desk import FrontDesk, front_desk
from services.messages import channel_for, consents
from services.order_facts import OrderFacts
from services.pick_up_times import PickUpTime, is_large, pick_up_times
from services.work import Work
from ui.delivery_form import save_button, step, typed_in
from ui.here import here, look, zone
from ui.pick_up_tiles import AT_ONCE, forget_time, pick_up_tiles, time_chosen
from ui.text import Safe, badge, joined, language, md, phone, t
from ui.when import moment

CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.SMS)
SPOKEN = (Channel.PHONE, Channel.WALK_IN)


@st.fragment
def tell_form(facts: OrderFacts) -> None:
    """The number large, how the customer was told, what they said, and when they come."""
    key = facts.order.id
    with look() as work:
        customer, tries, times = _known(work, facts.order)
        way = channel_for(customer, consents(work, customer.id))
    _who(facts.order, customer)
    tries_list(tries)
    row = st.container(horizontal=True, gap="medium", vertical_alignment="bottom")
    row.segmented_control(t("How"), CHANNELS, default=Channel.PHONE, format_func=_channel, key=f"tell_channel_{key}",
                          required=True)  # fmt: skip
    if _how(key) == Channel.PHONE:
        row.segmented_control(t("Reached"), (True, False), default=True, format_func=_reached, key=f"tell_reached_{key}",
                              required=True)  # fmt: skip
    if _how(key) in WRITTEN:
        st.markdown(_sent_to(way))
        if not public_url():
            pick_up_tiles(f"tell_{key}", times, large=is_large(facts), at_once=False)
    elif _spoke(key):
        _answer(facts, "tell", times)
    st.text_input(t("Note"), key=f"tell_note_{key}", max_chars=500)
    save_button("tell", facts, _tell, t("Send") if _how(key) in WRITTEN else t("Save"))


@st.fragment
def time_form(facts: OrderFacts) -> None:
    """The same for a customer who knows: another time, or another word."""
    key = facts.order.id
    with look() as work:
        customer, tries, times = _known(work, facts.order)
    _who(facts.order, customer)
    tries_list(tries)
    st.segmented_control(t("How"), SPOKEN, default=Channel.PHONE, format_func=_channel, key=f"tell_channel_{key}",
                         required=True)  # fmt: skip
    _answer(facts, "agree", times)
    st.text_input(t("Note"), key=f"tell_note_{key}", max_chars=500)
    st.session_state[f"tries_{key}"] = len(tries)
    save_button("agree_time", facts, _agree, t("Save"))


@st.fragment
def hand_to_form(facts: OrderFacts) -> None:
    """Everybody who hands over, with whether they are free then; a tap gives the car to them."""
    with look() as work:
        desk = front_desk(work, without=facts.order.id)
    at = facts.order.pick_up_at or here().clock()
    save_to = facts.order.id
    for staff_id, name in desk.people.items():
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
        row.markdown(joined(Safe(f"**{md(name)}**"), free_badge(desk, staff_id, at), by=" "), width="content")
        mine = staff_id == facts.order.advisor_id
        row.button(t("Hands over"), key=f"hand_to_{save_to}_{staff_id}", disabled=mine,
                   icon=":material/check:" if mine else ":material/person:", on_click=_hand_to, args=(facts, staff_id))  # fmt: skip


def free_badge(desk: FrontDesk, staff_id: int, at: datetime) -> Safe:
    """Whether somebody can hand over then."""
    if not desk.there(staff_id, at):
        return badge("gray", "person_off", t("not here then"))
    free = staff_id in desk.free(at)
    return badge("green", "person", t("free")) if free else badge("orange", "groups", t("has another car then"))


def tries_list(tries: Sequence[ContactAttempt]) -> None:
    """Every try to tell the customer, with what they said."""
    now = here().clock()
    for tried in tries:
        what = t("reached") if tried.reached else t("not reached")
        said = badge(tried.answer.color, tried.answer.icon, t(tried.answer.label)) if tried.answer else None
        at = moment(tried.at, now, zone())
        st.caption(joined(Safe(f":material/history: {at}"), t(tried.channel.label), what, said, md(tried.note)))


def _known(work: Work, order: WorkOrder) -> tuple[Customer, list[ContactAttempt], list[PickUpTime]]:
    """Who is told, what was tried before, and the times that could be offered."""
    return work.get(Customer, order.customer_id), attempts(work, order.id), pick_up_times(work, order.id)


def _who(order: WorkOrder, customer: Customer) -> None:
    """Whom to call, large; the number and the way wished for this visit count."""
    number = order.reach_at or customer.phone
    wished = badge("blue", order.reach_by.icon, t(order.reach_by.label)) if order.reach_by else None
    st.markdown(joined(Safe(f"### {md(customer.name)} · {phone(number)}"), wished, by=" "))


def _answer(facts: OrderFacts, form: str, times: Sequence[PickUpTime]) -> None:
    key = facts.order.id
    answer = st.pills(t("The customer"), list(PickUpAnswer), default=PickUpAnswer.COMES, format_func=_said, required=True,
                      key=f"answer_{form}_{key}")  # fmt: skip
    if answer in TIMED:
        here_now = facts.order.waits or _how(key) == Channel.WALK_IN
        pick_up_tiles(f"{form}_{key}", times, large=is_large(facts), at_once=here_now)


def _sent_to(way: tuple[Channel, str] | None) -> Safe:
    if way is None:
        return badge("red", "speaker_notes_off", md(NoMessage().say(language())))
    return badge("green", way[0].icon, joined(t(way[0].label), phone(way[1])))


def _how(key: int) -> Channel:
    return Channel(st.session_state.get(f"tell_channel_{key}") or Channel.PHONE)


def _spoke(key: int) -> bool:
    return _how(key) == Channel.WALK_IN or bool(st.session_state.get(f"tell_reached_{key}", True))


def _channel(channel: Channel) -> Safe:
    label = t("Message") if channel in WRITTEN else t(channel.label)
    return Safe(f":material/{channel.icon}: {label}")


def _reached(reached: bool) -> Safe:
    return t("Reached") if reached else t("Not reached")


def _said(answer: PickUpAnswer) -> Safe:
    return Safe(f":material/{answer.icon}: {t(answer.label)}")


def _picked(work: Work, chosen: datetime | str | None) -> datetime | None:
    return work.now if chosen == AT_ONCE else chosen if isinstance(chosen, datetime) else None


def _tell(facts: OrderFacts) -> None:
    key, channel = facts.order.id, _how(facts.order.id)
    reached = channel in WRITTEN or _spoke(key)
    answer = st.session_state.get(f"answer_tell_{key}") if channel in SPOKEN and reached else None
    timed = answer in TIMED or (channel in WRITTEN and not public_url())
    chosen, note = time_chosen(f"tell_{key}") if timed else None, typed_in(f"tell_note_{key}")
    said = t("The customer knows") if reached else t("The try is noted")
    done = step(
        lambda work: tell(work, key, channel=channel, reached=reached, pick_up_at=_picked(work, chosen), answer=answer, note=note),
        facts, "tell", said, f"tell_note_{key}",
    )  # fmt: skip
    _over(done, f"tell_{key}")


def _agree(facts: OrderFacts) -> None:
    key, channel = facts.order.id, _how(facts.order.id)
    answer = PickUpAnswer(st.session_state[f"answer_agree_{key}"])
    chosen, note = time_chosen(f"agree_{key}") if answer in TIMED else None, typed_in(f"tell_note_{key}")
    seen = st.session_state.get(f"tries_{key}")
    done = step(
        lambda work: agree_time(work, key, pick_up_at=_picked(work, chosen), answer=answer, channel=channel, note=note, seen=seen),
        facts, "agree_time", t("Noted"), f"tell_note_{key}",
    )  # fmt: skip
    _over(done, f"agree_{key}")


def _hand_to(facts: OrderFacts, staff_id: int) -> None:
    _over(step(lambda work: hand_to(work, facts.order.id, staff_id=staff_id), facts, "hand_to", t("Noted")), "")


def _over(done: object, name: str) -> None:
    """After a success the whole record is drawn anew; after a refusal everything stays as it was tapped."""
    if done is not None:
        forget_time(name)
        st.rerun()
