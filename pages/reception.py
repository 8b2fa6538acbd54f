"""Reception: who stands here, and what do I do next for them?"""

import streamlit as st

from db.enums import AppointmentStatus, OrderStatus
from services.boards import booking_cards, local_day, order_cards
from services.permissions import RECEIVES
from ui.act import notices
from ui.cards import order_cards as draw_cards
from ui.check_in import check_in
from ui.head import head
from ui.here import guard, look, person, show_record
from ui.reception_lists import arrived, expected
from ui.record import order_record
from ui.text import t
from ui.walk_in import walk_in_page

guard("reception")
check_in()
order_record()
walk_in_page()

with look() as work:
    cards = order_cards(work, (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL))
    booked = booking_cards(work, *local_day(work), (AppointmentStatus.CONFIRMED,))
    greeting_seconds = work.garage.greeting_seconds
waiting = [card for card in cards if card.order.greeted_at is None]
received = [card for card in cards if card.order.greeted_at is not None]

controls = head(t("Reception"))
controls.button(t("Walk-in"), icon=":material/add:", type="primary", key="walk_in", on_click=show_record, args=("walk_in", 1),
                disabled=not person().has(*RECEIVES))  # fmt: skip
notices("check_in")
notices("reception")
here, coming, inside = st.columns(3, gap="small")
with here:
    st.markdown(f"##### {t('Arrived')} · {len(waiting)}")
    arrived(waiting, greeting_seconds)
with coming:
    st.markdown(f"##### {t('Expected today')} · {len(booked)}")
    expected(booked)
with inside:
    st.markdown(f"##### {t('Being received')} · {len(received)}")
    draw_cards(received, "reception", t("Nobody is being received. Greet who has arrived, or take a walk-in."))
