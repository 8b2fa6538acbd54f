"""The lists of reception: who stands here, who is expected, who is being received. They redraw when something happened."""

import streamlit as st

from db.enums import AppointmentStatus, OrderStatus
from services.boards import OrderCard, booking_cards, local_day
from services.boards import order_cards as load_cards
from services.greeting import Greeted, going_out, greeted_today
from services.people import names
from ui.act import notices
from ui.arrival_cards import PLACE, arrived, expected
from ui.here import asked, look
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.receiving_cards import receiving
from ui.reception_find import find_anybody
from ui.text import Safe, t
from web.live_feed import board as feed

STATUSES = (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_DISPATCH)


@st.fragment
def reception_lists() -> None:
    """The search, and the lists side by side, as they are now."""
    if asked("order") is not None or asked("walk_in") is not None:
        st.rerun()  # a car was opened: that is for the whole page
    seen = feed.version
    notices(PLACE)
    if not find_anybody():
        order_task_rows("reception")
        _lists()
    live("reception_feed", seen=seen)


def _lists() -> None:
    with look() as work:
        cards = load_cards(work, STATUSES)
        booked = booking_cards(work, *local_day(work), (AppointmentStatus.CONFIRMED,))
        going = going_out(work, [card.appointment for card in booked])
        greeted, standard, people = greeted_today(work), work.garage.greeting_seconds, names(work)
    waiting = [card for card in cards if card.order.greeted_at is None]
    received = [card for card in cards if card.order.greeted_at is not None and not _with_the_workshop(card)]
    columns = st.columns(3, gap="small")
    with columns[0]:
        st.markdown(f"##### {t('Arrived')} · {len(waiting)}")
        arrived(waiting, standard)
        _standard(greeted, standard)
    with columns[1]:
        st.markdown(f"##### {t('Expected today')} · {len(booked)}")
        expected(booked, going)
    with columns[2]:
        st.markdown(f"##### {t('Being received')} · {len(received)}")
        receiving(received, people, standard)


def _with_the_workshop(card: OrderCard) -> bool:
    return (
        card.status == OrderStatus.AWAITING_DISPATCH and card.order.handed_at is not None and not card.facts.asked_back
    )


def _standard(greeted: Greeted, seconds: int) -> None:
    """How the day went so far against the standard."""
    if not greeted.all:
        return
    words = t("{n} of {all} greeted within {seconds} s today", n=greeted.in_time, all=greeted.all, seconds=seconds)
    color = "green" if greeted.in_time == greeted.all else "orange"
    st.markdown(Safe(f":{color}[:material/waving_hand: {words}]"))  # a badge would be cut off in a narrow column
