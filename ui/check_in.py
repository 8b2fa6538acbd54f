"""Guided check-in: one moment a screen, saved at each step, left and taken up again at any time."""

import streamlit as st

from db.enums import OrderStatus
from services import orders
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.order_moves import ORDERS
from services.workflow import allowed
from ui.act import act, notices
from ui.cards import flags
from ui.check_in_moments import MOMENTS, PLACE, Moment
from ui.here import asked, look, person, show_record
from ui.text import Safe, joined, md, read_in, t


def check_in() -> None:
    """Draw the check-in of the car asked for by `?order=` and stop; nothing when it is not being received, or not by you."""
    key = asked("order")
    if key is None:
        st.session_state.pop("record_of", None)
    if key is None or st.session_state.get("record_of") == key:
        return
    with look() as work:
        card = load_card(work, key)
    if card is None or not _receiving(card):
        return
    moments = [moment for moment in MOMENTS if moment.shown(card)]
    now = _now(card, moments)
    with read_in(now.reads(card)):
        _header(card, moments, now)
        notices(PLACE)
        with st.container(key=f"moment_{now.key}"):
            now.draw(card)
        _bottom(card, moments, now)
    st.stop()


def _receiving(card: OrderCard) -> bool:
    here_now = any(moment.status == card.status and moment.shown(card) for moment in MOMENTS)
    return allowed(ORDERS.move("estimate"), person()) and here_now and card.order.greeted_at is not None


def _now(card: OrderCard, moments: list[Moment]) -> Moment:
    """The moment in the address; without one, where the check-in was left."""
    here_now = [moment for moment in moments if moment.status == card.status]
    wanted = (st.query_params.get("step"), card.order.moment)
    return next((moment for key in wanted for moment in here_now if moment.key == key), here_now[0])


def _header(card: OrderCard, moments: list[Moment], now: Moment) -> None:
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Reception"), icon=":material/arrow_back:", on_click=leave, key="leave_check_in")
    top.markdown(f"### {md(card.vehicle.plate)}", width="content")
    car = md(f"{card.vehicle.make} {card.vehicle.model}")
    top.caption(joined(car, md(card.customer.name)), width="content")
    top.space("stretch")
    if not now.for_customer:
        _inner(top, card)
    st.markdown(f"#### {t(now.label)} &nbsp; {_progress(moments.index(now) + 1, len(moments))}")


def _inner(top: st.delta_generator.DeltaGenerator, card: OrderCard) -> None:
    with top.container(width="content"):
        flags(card)
    top.button(t("Record"), icon=":material/article:", on_click=_open_record, args=(card.id,), key="full_record")


def _progress(at: int, of: int) -> Safe:
    dots = " ".join(":primary[●]" if n < at else ":gray[○]" for n in range(of))
    return Safe(f"{dots} &nbsp; :gray[{at} / {of}]")


def _bottom(card: OrderCard, moments: list[Moment], now: Moment) -> None:
    """Back and Next in reach of the thumb; a signature is accepted on the pad itself.

    Each moment has buttons of its own, so a double tap cannot skip one.
    """
    at = moments.index(now)
    with st.bottom, st.container(horizontal=True, gap="small", key="check_in_bottom"):
        with st.container(key="step_back"):
            back = moments[at - 1] if at and now.goes_back else None
            st.button(t("Back"), icon=":material/arrow_back:", key=f"back_{now.key}", width="stretch", disabled=back is None,
                      on_click=_go_back, args=(card, now, back))  # fmt: skip
        if now.signs(card):
            return
        after = moments[at + 1] if at + 1 < len(moments) else None
        with st.container(key="step_next"):
            st.button(t(now.next), icon=":material/arrow_forward:", icon_position="right", type="primary", key=f"next_{now.key}",
                      width="stretch", on_click=_go_on, args=(card, now, after))  # fmt: skip


def _go_on(card: OrderCard, now: Moment, after: Moment | None) -> None:
    verb = now.save(card)
    if verb is not None and act(verb, done=t(now.done) if now.done else None, at=PLACE) is None:
        return
    go(card, after.key if after else None)


def go(card: OrderCard, to: str | None) -> None:
    """On to another moment, which is kept with the order; with None check-in is over."""
    if to is None:
        leave()
        return
    act(lambda work: orders.reached(work, card.id, to), at=PLACE)
    show_record("step", to)


def _go_back(card: OrderCard, now: Moment, back: Moment | None) -> None:
    revises = now.status == OrderStatus.AWAITING_APPROVAL
    if back is None or (revises and act(lambda work: orders.revise(work, card.id), at=PLACE) is None):
        return
    go(card, back.key)


def leave() -> None:
    """Back to the lists; what was saved stays."""
    show_record("step", None)
    show_record("order", None)


def _open_record(order_id: int) -> None:
    st.session_state["record_of"] = order_id
