"""One ready car in the list of the day: when it is picked up, which car, how far it is, who hands it over, the next step."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from db.enums_money import PickUpAnswer
from services import permissions as may
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.day_deliveries import clash
from services.delivery import hand_to
from services.front_desk import FrontDesk
from services.order_conditions import delivery_checked
from ui.act import act, notices
from ui.cards import buttons, flags, money
from ui.delivery_tell import free_badge
from ui.here import here, look, person, zone
from ui.parking import place_badge
from ui.steps import take
from ui.text import Safe, badge, joined, md, t
from ui.when import clock, day, left, urgency

PLACE = "ready"


@st.fragment
def delivery_row(card: OrderCard, desk: FrontDesk, answers: Mapping[int, PickUpAnswer]) -> None:
    """The row of one car. A tap redraws this alone."""
    with st.container(border=True, gap="xsmall", key=f"card_{PLACE}_{card.id}"):
        if st.session_state.pop(f"stale:{card.id}", False):
            with look() as work:
                card = load_card(work, card.id) or card
        row = st.container(horizontal=True, gap="medium", vertical_alignment="center")
        with row.container(width=130, gap=None):
            _time(card)
        with row.container(width="stretch", gap="xsmall"):
            _car(card, answers.get(card.id), clash(desk, card.order))
        with row.container(width=300, gap="xsmall", horizontal_alignment="right"):
            _who(card, desk)
            buttons(card, f"{PLACE}_{card.id}")
        notices(f"{PLACE}_{card.id}")


def _time(card: OrderCard) -> None:
    """The time agreed, large, with what is left of it; a tap agrees another."""
    at, now = card.order.pick_up_at, here().clock()
    if at is None:
        st.markdown(badge("gray", "event_busy", t("no time yet")))
    else:
        st.markdown(f"### {clock(at, zone())}")
        local, today = (one.astimezone(ZoneInfo(zone())).date() for one in (at, now))
        words = left(at, now) if local == today else day(local, today)
        st.markdown(badge(urgency(at, now), "event", words))
    if card.order.told_at and person().has(*may.DELIVERS):
        st.button(t("Change") if at else t("Agree a time"), key=f"agree_time_{PLACE}_{card.id}", icon=":material/edit_calendar:",
                  type="tertiary", on_click=take, args=("agree_time", card.id, PLACE))  # fmt: skip


def _car(card: OrderCard, answer: PickUpAnswer | None, against: str) -> None:
    place = place_badge(card.order.place) if card.order.place else None
    st.markdown(joined(Safe(f"#### {md(card.vehicle.plate)}"), place, by=" "))
    st.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name), md(card.what)))
    warning = badge("orange", "warning", t(against)) if against else None
    st.markdown(joined(*_state(card, answer), warning, by=" "))
    flags(card)


def _state(card: OrderCard, answer: PickUpAnswer | None) -> list[Safe | None]:
    """What is done of what comes before the handover."""
    order = card.order
    checked = delivery_checked(card.facts) is None
    told = (
        badge("green", "call", t("the customer knows")) if order.told_at else badge("orange", "call", t("to be told"))
    )
    said = (
        badge(answer.color, answer.icon, t(answer.label)) if answer and order.told_at and not order.pick_up_at else None
    )
    return [
        badge("green", "checklist", t("checked")) if checked else badge("orange", "checklist", t("to be checked")),
        said or told if checked else None,
        money(card.facts),
        badge("green", "output", t("exit pass")) if card.facts.exit_pass else None,
    ]


def _who(card: OrderCard, desk: FrontDesk) -> None:
    """Who hands it over; a tap gives it to somebody else."""
    name = desk.people.get(card.order.advisor_id or 0)
    words = Safe(f":material/person: {md(name) if name else t('nobody yet')}")
    if not person().has(*may.DELIVERS):
        st.markdown(words)
        return
    with st.popover(words, key=f"who_{card.id}", width="stretch", on_change="rerun") as people:
        if people.open:
            _people(card, desk)


def _people(card: OrderCard, desk: FrontDesk) -> None:
    at = card.order.pick_up_at or here().clock()
    for staff_id, name in desk.people.items():
        mine = staff_id == card.order.advisor_id
        st.markdown(free_badge(desk, staff_id, at))
        st.button(md(name), key=f"give_{card.id}_{staff_id}", icon=":material/check:" if mine else ":material/person:",
                  width="stretch", disabled=mine, on_click=_give, args=(card.id, staff_id))  # fmt: skip


def _give(order_id: int, staff_id: int) -> None:
    st.session_state[f"stale:{order_id}"] = True
    act(lambda work: hand_to(work, order_id, staff_id=staff_id), at=f"{PLACE}_{order_id}", done=t("Noted"))
