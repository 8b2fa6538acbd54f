"""Booking: when can this car come? The calendar, a new booking step by step, and the record of one."""

import streamlit as st

from services import permissions as may
from ui.booking_draft import open_draft
from ui.booking_kept import begun
from ui.booking_new import new_booking
from ui.booking_record import booking_record
from ui.booking_screens import screens
from ui.head import head
from ui.here import guard, look, person
from ui.outreach_call import call_page
from ui.record import order_record
from ui.text import t

guard("booking")
order_record()
booking_record()
call_page()

if "new" in st.query_params:
    new_booking()
    st.stop()

controls = head(t("Booking"))
with controls:
    screens.choice()
if person().has(*may.BOOKS):
    with look() as work:
        label = t("Go on booking") if begun(work) else t("New booking")
    controls.button(label, key="new_booking", icon=":material/add:", type="primary", on_click=open_draft)
screens.draw()
