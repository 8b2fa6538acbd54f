"""Settings: the garage, its bays and people, lists brought in, messages waiting."""

import streamlit as st

from services import permissions as may
from services.i18n import N_
from ui.head import head
from ui.here import guard, person
from ui.settings_bays import bays
from ui.settings_booking import booking_rules, limits
from ui.settings_campaigns import campaigns
from ui.settings_catalogue import parts
from ui.settings_garage import garage, rules
from ui.settings_import import importing
from ui.settings_links import links
from ui.settings_messages import messages
from ui.settings_money import money
from ui.settings_opening import opening
from ui.settings_packages import jobs_and_packages
from ui.settings_people import people
from ui.settings_reception import reception
from ui.settings_workshop import workshop
from ui.text import t

guard("settings")

SECTIONS = {
    "garage": N_("Garage"),
    "hours": N_("Hours"),
    "booking": N_("Booking"),
    "reception": N_("Reception"),
    "workshop": N_("Workshop"),
    "money": N_("Money"),
    "bays": N_("Bays"),
    "people": N_("People"),
    "jobs": N_("Jobs"),
    "parts": N_("Parts"),
    "campaigns": N_("Campaigns"),
    "import": N_("Import"),
    "messages": N_("Messages"),
    "links": N_("Links"),
}
sections = list(SECTIONS) if person().has(*may.MANAGES) else ["campaigns"]  # the warranty clerk's part
asked = st.query_params.get("section", "")
head(t("Settings"))
section = st.segmented_control(
    t("Section"),
    sections,
    format_func=lambda key: t(SECTIONS[key]),
    default=asked if asked in sections else sections[0],
    key="settings_section",
    required=True,
    label_visibility="collapsed",
    on_change=lambda: st.query_params.update(section=st.session_state["settings_section"]),
)
if section == "garage":
    left, right = st.columns([3, 2], gap="medium")
    with left:
        garage()
    with right:
        rules()
elif section == "hours":
    opening()
elif section == "booking":
    left, right = st.columns(2, gap="medium")
    with left:
        booking_rules()
    with right:
        limits()
elif section == "reception":
    reception()
elif section == "workshop":
    workshop()
elif section == "money":
    money()
elif section == "bays":
    bays()
elif section == "people":
    people()
elif section == "jobs":
    jobs_and_packages()
elif section == "parts":
    parts()
elif section == "campaigns":
    campaigns()
elif section == "import":
    importing()
elif section == "links":
    links()
else:
    messages()
