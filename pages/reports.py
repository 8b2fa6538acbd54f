"""Reports: how well does the booking desk do, and why?"""

import streamlit as st

from services.bay_load import bay_load
from services.booking_indicators import judge_booking, load_indicator
from services.money_exceptions import money_exceptions
from ui.booking_record import booking_record
from ui.head import head
from ui.here import guard, look
from ui.money_exceptions import exceptions_table
from ui.record import order_record
from ui.report_board import charts
from ui.report_figures import figures
from ui.report_span import span_choice, span_line, span_of
from ui.text import t

guard("reports")
order_record()
booking_record()

name = span_choice(head(t("Reports")))
span = span_of(name)
with look() as work:
    load = bay_load(work, span)
    now = [*judge_booking(work, span), load_indicator(load)]
    earlier = span.before()
    let_go, currency = money_exceptions(work, span), work.garage.currency
    before = [*judge_booking(work, earlier), load_indicator(bay_load(work, earlier))]
st.caption(span_line(span))
figures(now, {one.key: one for one in before})
charts(now, load)
exceptions_table(let_go, currency)
