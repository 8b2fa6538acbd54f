"""Follow-up: whom do I call now?"""

import streamlit as st

from services.boards import local_day
from services.calls import open_calls, open_complaints
from ui.follow_up_board import call_card, complaint_card, section
from ui.follow_up_call import call_page
from ui.follow_up_complaint import complaint_page
from ui.head import head
from ui.here import guard, here, look
from ui.record import order_record
from ui.text import t

guard("follow_up")
order_record()
call_page()
complaint_page()

now = here().clock()
with look() as work:
    calls, complaints = open_calls(work), open_complaints(work)
    midnight = local_day(work)[1]
due = [card for card in calls if card.follow_up.due_at < midnight]
later = [card for card in calls if card.follow_up.due_at >= midnight]

head(t("Follow-up"))
section(t("To call today"), len(due))
if not due:
    st.caption(t("Nobody has to be called today."))
with st.grid(3, min_column_width=300):
    for card in due:
        call_card(card, now)
section(t("Complaints"), len(complaints))
if not complaints:
    st.caption(t("No open complaint."))
with st.grid(3, min_column_width=300):
    for complaint in complaints:
        complaint_card(complaint, now)
section(t("Later"), len(later))
if not later:
    st.caption(t("A call is planned when an order is closed."))
with st.grid(3, min_column_width=300):
    for card in later:
        call_card(card, now)
