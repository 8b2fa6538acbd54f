"""The parts of the booking desk, one tap from each other; the address keeps which one (`?view=todo`)."""

import streamlit as st

from services import permissions as may
from services.i18n import N_
from ui.booking_board import board
from ui.booking_strip import chosen_day, day_controls
from ui.here import person
from ui.outreach_list import call_lists
from ui.screens import Part, Screens
from ui.todo import todo
from ui.tomorrow import tomorrow


def _calendar() -> None:
    day = chosen_day()
    day_controls(st.container(horizontal=True, vertical_alignment="center", gap="small"))
    board(day)


PARTS = {
    "calendar": Part(N_("Calendar"), _calendar),
    "todo": Part(N_("To do"), todo),
    "tomorrow": Part(N_("Tomorrow"), tomorrow),
    "call": Part(N_("To call"), call_lists),
}


def _first() -> str:
    """The calendar; for the store what it has to do."""
    return "calendar" if person().has(*may.BOOKS) or not person().has(*may.ISSUES_PARTS) else "todo"


screens = Screens("booking_screen", PARTS, first=_first, called=N_("Part of the desk"))
