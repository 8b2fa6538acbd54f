"""Today: what is wrong now, and whose is it?"""

import streamlit as st

from services.today import today
from ui.head import head
from ui.here import guard, here, look, zone
from ui.record import order_record
from ui.text import Safe, joined
from ui.today_parts import figures, load, troubles
from ui.when import clock, long_day

guard("today")
order_record()

now = here().clock()
with look() as work:
    state = today(work)
    currency = work.garage.currency

head(joined(long_day(now, zone()), Safe(clock(now, zone()))))
figures(state, zone(), currency)
left, right = st.columns([3, 2], gap="medium")
with left:
    troubles(state.troubles)
with right:
    load(state.load, now, zone())
