"""The screens and who finds them in the menu."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from services.i18n import N_
from services.permissions import may_open
from services.workspace import Person
from ui.text import plain, t

DAILY = {
    "today": (N_("Today"), "dashboard"),
    "booking": (N_("Booking"), "calendar_month"),
    "reception": (N_("Reception"), "concierge"),
    "workshop": (N_("Workshop"), "build"),
    "delivery": (N_("Delivery"), "key"),
    "follow_up": (N_("Follow-up"), "call"),
    "parts": (N_("Parts"), "shelves"),
    "money": (N_("Money"), "point_of_sale"),
    "claims": (N_("Claims"), "request_quote"),
}
FIT = 6  # daily screens beside each other on an upright tablet
MORE = {
    "gate": (N_("Gate"), "output"),
    "customers": (N_("Customers"), "group"),
    "reports": (N_("Reports"), "bar_chart"),
    "settings": (N_("Settings"), "settings"),
}


def screens(person: Person) -> dict[str, list[StreamlitPage]]:
    """The menu of a person: as many daily screens as fit, and the rest under More. The hidden start page sends each role on."""
    start = st.Page("start.py", default=True, visibility="hidden", title="Service Lane")
    mine = [_page(name, *what) for name, what in (DAILY | MORE).items() if may_open(person, name)]
    many = min(FIT, sum(may_open(person, name) for name in DAILY))
    daily, more = mine[:many], mine[many:]
    return {"": [start, *daily], plain("More"): more} if more else {"": [start, *daily]}


def _page(name: str, title: str, icon: str) -> StreamlitPage:
    return st.Page(f"../pages/{name}.py", title=t(title), icon=f":material/{icon}:")
