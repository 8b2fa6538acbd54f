"""The three lists of reception: who stands here, who is expected, who is being received. They redraw when something happened."""

from datetime import timedelta

import streamlit as st

from db.enums import AppointmentStatus, OrderStatus
from services.arrivals import arrive, greet
from services.boards import BookingCard, OrderCard, booking_cards, local_day
from services.boards import order_cards as load_cards
from ui.act import act, notices
from ui.cards import flags, order_cards
from ui.here import here, look, show_record, zone
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.text import badge, joined, md, t
from ui.when import clock, left, span
from web.live_feed import board as feed

AT_DESK = (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_DISPATCH)
TICK = "10s"  # the greeting standard is a minute, so the timer moves six times in it


@st.fragment
def reception_lists() -> None:
    """The lists side by side, as they are now."""
    seen = feed.version
    with look() as work:
        cards = load_cards(work, AT_DESK)
        booked = booking_cards(work, *local_day(work), (AppointmentStatus.CONFIRMED,))
        greeting_seconds = work.garage.greeting_seconds
    waiting = [card for card in cards if card.order.greeted_at is None]
    received = [card for card in cards if card.order.greeted_at is not None and not _handed(card)]
    notices("reception_lists")
    order_task_rows("reception")
    columns = st.columns(3, gap="small")
    with columns[0]:
        st.markdown(f"##### {t('Arrived')} · {len(waiting)}")
        arrived(waiting, greeting_seconds)
    with columns[1]:
        st.markdown(f"##### {t('Expected today')} · {len(booked)}")
        expected(booked)
    with columns[2]:
        st.markdown(f"##### {t('Being received')} · {len(received)}")
        order_cards(received, "reception", t("Nobody is being received. Greet who has arrived, or take a walk-in."))
    live("reception_feed", seen=seen)


def _handed(card: OrderCard) -> bool:
    return card.status == OrderStatus.AWAITING_DISPATCH and card.order.handed_at is not None


def arrived(cards: list[OrderCard], greeting_seconds: int) -> None:
    """Customers who wait to be greeted, the longest first; the timer runs only while somebody waits."""
    if not cards:
        st.caption(t("Nobody is waiting to be greeted."))
        return
    st.fragment(_waiting, run_every=TICK)(sorted(cards, key=lambda card: card.order.arrived_at), greeting_seconds)


def _waiting(cards: list[OrderCard], greeting_seconds: int) -> None:
    for card in cards:
        with st.container(border=True, gap="xsmall", key=f"card_arrived_{card.id}"):
            _face(card)
            flags(card)
            _timer(card, greeting_seconds)
            if st.button(t("Greet"), icon=":material/waving_hand:", type="primary", key=f"greet_{card.id}", width="stretch",
                         on_click=_greet, args=(card.id,)):  # fmt: skip
                st.rerun()


def _timer(card: OrderCard, greeting_seconds: int) -> None:
    waited = here().clock() - card.order.arrived_at
    late = waited > timedelta(seconds=greeting_seconds)
    seconds = int(waited.total_seconds())
    words = t("waiting {n} s", n=seconds) if seconds < 120 else t("waiting {span}", span=span(seconds // 60))
    st.markdown(badge("red" if late else "green", "timer", joined(words, t("greet now") if late else None)))


def _face(card: OrderCard | BookingCard) -> None:
    st.markdown(f"#### {md(card.vehicle.plate)}")
    st.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name)))
    if card.what:
        st.markdown(md(card.what))


def expected(cards: list[BookingCard]) -> None:
    """Today's bookings that have not come yet, by time."""
    if not cards:
        st.caption(t("Nobody else is booked for today."))
    for card in cards:
        with st.container(border=True, gap="xsmall", key=f"card_expected_{card.appointment.id}"):
            _face(card)
            _booked_time(card)
            st.button(t("Arrived"), icon=":material/directions_car:", type="primary", key=f"arrive_{card.appointment.id}",
                      width="stretch", on_click=_arrive, args=(card.appointment.id,))  # fmt: skip


def _booked_time(card: BookingCard) -> None:
    starts, now = card.appointment.starts_at, here().clock()
    if starts is None:
        return
    late = starts < now
    words = joined(clock(starts, zone()), left(starts, now) if late else None)
    marks = badge("orange" if late else "blue", "event", words)
    waits = badge("blue", "chair", t("waits here")) if card.appointment.waits else None
    st.markdown(joined(marks, waits, by=" "))


def _arrive(appointment_id: int) -> None:
    act(
        lambda work: arrive(work, appointment_id),
        done=t("Arrived: please greet the customer"),
        at="reception_lists",
    )


def _greet(order_id: int) -> None:
    if act(lambda work: greet(work, order_id), at="reception"):
        show_record("order", order_id)
