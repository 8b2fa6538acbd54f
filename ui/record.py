"""One car's record: who and what, the next step with what blocks it, and everything known in sections."""

import streamlit as st

from services import health
from services.boards import OPEN, OrderCard
from services.boards import order_card as load_card
from services.forecast import Forecast
from services.my_work import on_it
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.workflow import Move, allowed, next_of
from services.workshop_board import forecast_of
from ui.act import notices
from ui.cards import flags, promise, why_not
from ui.handover import hand_over
from ui.here import asked, look, person, show_record
from ui.history import history
from ui.order_answers import order_answers
from ui.record_live import follow, newest_act
from ui.steps import FORMS, SECTIONS, open_form, take, usable
from ui.text import Safe, badge, joined, md, phone, t

OrderMove = Move[OrderFacts]


def order_record() -> None:
    """Draw the record asked for by `?order=` and stop the page; does nothing when none is asked for."""
    key = asked("order")
    if key is None:
        return
    with look() as work:
        card = load_card(work, key)
        checked = health.is_checked(work, key)
        newest = newest_act(work, key) if card and card.order.handed_at else 0
        forecast = forecast_of(work, card) if card else None
    if card is None:
        st.warning(
            t("There is no work order with this number. It may have been typed wrongly."), icon=":material/search_off:"
        )
        st.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("order", None), key="back")
        st.stop()
    hand_over(card)
    _header(card, forecast)
    notices(f"order_{card.id}")
    if newest and card.status in OPEN:
        follow(card.id, newest)
    order_answers(card.facts)
    _next_step(card)
    _sections(card, (*(() if checked else ("health",)), *(() if card.facts.claim else ("claim",))))
    st.stop()


def _header(card: OrderCard, forecast: Forecast | None) -> None:
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Back"), icon=":material/arrow_back:", on_click=_back, args=(card.id,), key="back")
    top.markdown(f"## {md(card.vehicle.plate)}", width="content")
    top.markdown(badge(card.status.color, card.status.icon, t(card.status.label)), width="content")
    with top.container(width="content"):
        promise(card, forecast)
    with top.container(width="content"):
        flags(card, beside_status=True)
    car = md(f"{card.vehicle.make} {card.vehicle.model}")
    st.caption(joined(car, md(card.customer.name), phone(card.customer.phone), md(card.order.number)))


def _back(order_id: int) -> None:
    st.session_state.pop(f"step:{order_id}", None)
    show_record("order", None)


def _next_step(card: OrderCard) -> None:
    """The form of the chosen step, or of the next one; what blocks it as sentences; the other moves under a menu."""
    moves = [m for m in ORDERS.possible(card.facts, card.status) if usable(m)]
    chosen = st.session_state.get(f"step:{card.id}")
    step = next((m for m in moves if m.action == chosen), None) or _first(card)
    with st.container(border=True, key="next_step"):
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        row.markdown(
            Safe(f"**:material/{step.icon}: {t(step.label)}**") if step else t("Nothing more to do here."),
            width="content",
        )
        _menu(row, card, [m for m in moves if m is not step])
        if step:
            _form(step, card)
        notices(f"form_{card.id}")  # of a form that is gone, because another tablet was faster


def _first(card: OrderCard) -> OrderMove | None:
    step = next_of(ORDERS.possible(card.facts, card.status), card.facts, person())
    return step if step and usable(step) else None


def _form(step: OrderMove, card: OrderCard) -> None:
    if not allowed(step, person()):
        st.caption(t("This step is for: {role}.", role=step.roles[0].label))
        return
    reasons = why_not(step, card.facts)
    if step.action in FORMS:
        FORMS[step.action](card.facts)
        return
    st.button(
        t(step.label),
        key=f"{step.action}_{card.id}",
        icon=f":material/{step.icon}:",
        type="primary",
        disabled=bool(reasons),
        on_click=take,
        args=(step.action, card.id, f"order_{card.id}"),
    )
    for reason in reasons:
        st.caption(Safe(f":material/block: {reason}"))


def _menu(row: st.delta_generator.DeltaGenerator, card: OrderCard, moves: list[OrderMove]) -> None:
    mine = [m for m in moves if allowed(m, person())]
    if mine:
        row.menu_button(
            t("More"),
            [m.action for m in mine],
            format_func=lambda action: t(ORDERS.move(action).label),
            key=f"more_{card.id}",
            icon=":material/more_horiz:",
            on_click=_picked,
            args=(card.id,),
        )


def _picked(order_id: int) -> None:
    action = st.session_state[f"more_{order_id}"]
    if action in FORMS:
        open_form(action, order_id)
    else:
        take(action, order_id, f"order_{order_id}")


def _sections(card: OrderCard, hidden: tuple[str, ...]) -> None:
    labels = {
        "car": t("Car"),
        "health": t("Health check"),
        "claim": t("Claim"),
        "diagnosis": t("Diagnosis"),
        "estimate": t("Estimate"),
        "work": t("Work"),
        "checks": t("Checks"),
        "known": t("Known cases"),
        "money": t("Delivery"),
        "history": t("History"),
    }
    names = [name for name in labels if (name in SECTIONS or name == "history") and name not in hidden]
    shown = st.segmented_control(
        t("Sections"),
        names,
        default="work" if on_it(card.facts, person().id) else names[0],
        format_func=lambda name: labels[name],
        key=f"section_{card.id}",
        label_visibility="collapsed",
        required=True,
        width="content",
    )
    if shown == "history":
        history(card.order)
    elif shown:
        SECTIONS[shown](card.facts)
