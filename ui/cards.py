"""A car's card: plate, who, what, until when, where, flags, and the one next step."""

import streamlit as st

from db.enums import OrderStatus
from db.enums_workshop import Risk
from db.models import WorkOrder
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.forecast import Forecast, Outlook
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.workflow import Move, allowed, next_of
from ui.act import notices
from ui.here import here, look, person, show_record
from ui.here import zone as zone_here
from ui.steps import take, usable
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, left, moment, span, urgency

BESIDE = ("accept", "ask_back")  # steps a tap away on the card, beside the next one


def order_cards(cards: list[OrderCard], place: str, empty: Safe) -> None:
    """Cards one below the other; a sentence when there are none."""
    if not cards:
        st.caption(empty)
    for card in cards:
        order_card(card, place)


@st.fragment
def order_card(card: OrderCard, place: str, outlook: Outlook | None = None) -> None:
    """One car's card. A tap redraws this card alone. With an `outlook` its promise is judged by the work that is left."""
    with st.container(border=True, gap="xsmall", key=f"card_{place}_{card.id}"):
        if st.session_state.pop(f"stale:{card.id}", False):
            with look() as work:
                card = load_card(work, card.id) or card
        _face(card, outlook.of(card.facts, here().clock()) if outlook else None)
        buttons(card, f"{place}_{card.id}")
        notices(f"{place}_{card.id}")


def _face(card: OrderCard, forecast: Forecast | None) -> None:
    st.markdown(f"#### {md(card.vehicle.plate)}")
    st.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name)))
    if card.what:
        st.markdown(md(card.what))
    promise(card, forecast)
    where = joined(md(card.bay), md(card.technician))
    if card.status == OrderStatus.READY and card.order.place:
        st.caption(Safe(f":material/local_parking: {md(card.order.place)}"))
    elif where:
        st.caption(Safe(f":material/garage: {where}"))
    flags(card)
    handed(card.order)
    if owed := money(card.facts):
        st.markdown(owed)


def handed(order: WorkOrder) -> None:
    """What came with a car that waits to be given out: the key's tag, and what the customer asked for."""
    if order.status == OrderStatus.AWAITING_DISPATCH and order.handed_at:
        taken = badge("green", "check", t("accepted")) if order.accepted_at else None
        st.markdown(joined(badge("gray", "key", md(order.key_tag)), taken, by=" "))
        if order.requests:
            st.markdown(badge("orange", "priority_high", md(order.requests)))


def money(facts: OrderFacts) -> Safe | None:
    """What is owed on the statement, or that it is paid; nothing before there is one."""
    if facts.owed > 0:
        return badge("orange", "payments", t("{sum} owed", sum=Sum(facts.owed, facts.currency)))
    return badge("green", "check", t("paid")) if facts.billed is not None else None


def promise(card: OrderCard, forecast: Forecast | None = None) -> None:
    """The promised time with what is left of it, in colour and words; once ready, when it will be picked up. With a forecast the
    colour tells of the work that is left, which stands beside it with the time it will be done."""
    order, now, zone = card.order, here().clock(), zone_here()
    if order.delivered_at:
        st.markdown(badge("gray", "key", t("handed over {at}", at=moment(order.delivered_at, now, zone))))
    elif order.told_at and order.pick_up_at:
        late = left(order.pick_up_at, now) if order.pick_up_at < now else None
        words = joined(t("comes at {at}", at=moment(order.pick_up_at, now, zone)), late)
        st.markdown(badge(urgency(order.pick_up_at, now), "event", words))
    elif order.told_at:
        st.markdown(badge("green", "event", t("the customer knows")))
    elif order.promised_at:
        words = joined(moment(order.promised_at, now, zone), left(order.promised_at, now))
        color = forecast.risk.color if forecast and forecast.ends_at else urgency(order.promised_at, now)
        st.markdown(joined(badge(color, "schedule", words), _to_do(forecast), by=" "))
    elif order.greeted_at is None:
        st.markdown(badge("orange", "hourglass_top", t("arrived {at}", at=clock(order.arrived_at, zone))))


def _to_do(forecast: Forecast | None) -> Safe | None:
    """The labour that is left, and when the car will be ready by it; on another day in two badges, or a lane would cut it off."""
    if forecast is None or forecast.ends_at is None:
        return None
    now, zone = here().clock(), zone_here()
    at = moment(forecast.ends_at, now, zone)
    ready = t("ready about {time}", time=at)
    labour = span(forecast.left_minutes) if forecast.left_minutes else None
    color, icon = (
        (forecast.risk.color, forecast.risk.icon) if forecast.risk != Risk.ON_TIME else ("gray", "construction")
    )
    if at != clock(forecast.ends_at, zone):
        return joined(badge(color, icon, labour) if labour else None, badge(color, "event", ready), by=" ")
    return badge(color, icon, joined(labour, ready))


def flags(card: OrderCard, *, beside_status: bool = False) -> None:
    """What everyone must know about this car, as badges with words; `beside_status` without what the status says already."""
    said = card.status.icon if beside_status else None
    marks = joined(*(badge(color, icon, t(text)) for text, color, icon in card.flags if icon != said), by=" ")
    if marks:
        st.markdown(marks)


def buttons(card: OrderCard, place: str) -> None:
    """The next step, steps beside it, and the record."""
    row = st.container(horizontal=True, gap="small", vertical_alignment="center")
    moves = ORDERS.possible(card.facts, card.status)
    step = next_of(moves, card.facts, person())
    if step and usable(step):
        _next(row, step, card.facts, place)
    for move in moves:
        if move.action in BESIDE and usable(move) and allowed(move, person()) and not move.blockers(card.facts):
            row.button(t(move.label), key=f"{move.action}_{place}", icon=f":material/{move.icon}:", on_click=take,
                       args=(move.action, card.id, place))  # fmt: skip
    row.button(t("Open"), key=f"open_{place}", icon=":material/open_in_full:", on_click=_open, args=(card.id,))


def _open(order_id: int) -> None:
    show_record("order", order_id)
    st.rerun()


def _next(row: st.delta_generator.DeltaGenerator, step: Move[OrderFacts], facts: OrderFacts, place: str) -> None:
    reasons = why_not(step, facts)
    row.button(
        t(step.label),
        key=f"{step.action}_{place}",
        icon=f":material/{step.icon}:",
        type="secondary" if reasons else "primary",
        width="stretch",
        disabled=not allowed(step, person()),
        help=reasons[0] if reasons else None,
        on_click=take,
        args=(step.action, facts.order.id, place),
    )


def why_not(step: Move[OrderFacts], facts: OrderFacts) -> list[Safe]:
    """What stands in the way of a step, as sentences."""
    blockers: list[Refusal] = step.blockers(facts)
    return [md(refusal.say(language())) for refusal in blockers]
