"""Delivery: what can go out, and what is owed?"""

import streamlit as st

from db.enums import OrderStatus
from services.boards import delivered_since, local_day, order_cards
from ui.cards import order_cards as draw_cards
from ui.delivery_board import CHECKED, by_pick_up, section, summary
from ui.head import head
from ui.here import guard, look
from ui.record import order_record
from ui.text import t

guard("delivery")
order_record()

with look() as work:
    ready = by_pick_up(order_cards(work, [OrderStatus.READY]))
    coming = order_cards(work, CHECKED)
    gone = delivered_since(work, local_day(work)[0])
    currency = work.garage.currency

summary(head(t("Delivery")), ready, currency)
section(t("Ready"), len(ready))
with st.grid(3, min_column_width=300):
    draw_cards(ready, "ready", t("No car is ready yet. It comes here after final inspection and wash."))
section(t("In checks and wash"), len(coming))
with st.grid(3, min_column_width=300):
    draw_cards(coming, "coming", t("No car is in its checks."))
section(t("Handed over today"), len(gone))
with st.grid(3, min_column_width=300):
    draw_cards(gone, "gone", t("No car was handed over today."))
