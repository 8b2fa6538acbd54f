"""Settings: what is promised when booking: how far ahead, what is kept free, at most how many of one kind a day."""

import streamlit as st

from services.catalogue import groups
from services.day_limits import MOST, day_limits, set_day_limits
from services.garage import BookingRules, change_booking_rules
from ui.act import act, notices
from ui.conflict_list import conflict_list
from ui.here import look
from ui.settings_garage import typed
from ui.text import md, plain, t

_FORM, _LIMITS = "booking_rules", "day_limits"


@st.fragment
def booking_rules() -> None:
    """The days that can be booked, the time between cars, the share for cars without a booking, public holidays."""
    conflict_list()
    with look() as work:
        row = work.garage
    with st.form("settings_booking"):
        st.number_input(t("Bookable days ahead"), value=row.book_days_ahead, key=f"{_FORM}_book_days_ahead")
        st.number_input(t("Minutes between two cars"), value=row.buffer_minutes, step=5, key=f"{_FORM}_buffer_minutes")
        st.number_input(
            t("Percent kept for cars without a booking"),
            value=row.walk_in_percent,
            step=5,
            key=f"{_FORM}_walk_in_percent",
        )
        st.toggle(t("Bookings for the same day"), row.same_day_booking, key=f"{_FORM}_same_day_booking")
        st.toggle(t("Closed on public holidays"), row.keeps_holidays, key=f"{_FORM}_keeps_holidays")
        notices(_FORM)
        st.form_submit_button(t("Save"), type="primary", on_click=_save, icon=":material/save:", key="booking_save")


def _save() -> None:
    fields = typed(_FORM)
    rules = BookingRules(**{name: fields[name] for name in BookingRules.__annotations__})
    act(lambda work: change_booking_rules(work, rules=rules), done=t("Saved"), at=_FORM)


@st.fragment
def limits() -> None:
    """At most so many bookings a day for the jobs of a group."""
    with look() as work:
        known, most = groups(work), day_limits(work)
    names = [*known, *(name for name in most if name not in known)]
    with st.form("settings_limits"):
        st.markdown(md(t("At most so many bookings a day")))
        cells = st.columns(2)
        for number, name in enumerate(name for name in names if name):
            cells[number % 2].selectbox(
                md(name), range(MOST + 1), most.get(name, 0), lambda count: str(count) if count else plain("no limit"),
                key=f"{_LIMITS}_{name}",
            )  # fmt: skip
        notices(_LIMITS)
        st.form_submit_button(
            t("Save"), type="primary", on_click=_save_limits, icon=":material/save:", key="limits_save"
        )


def _save_limits() -> None:
    given = {name: most for name, most in typed(_LIMITS).items() if most}
    act(lambda work: set_day_limits(work, limits=given), done=t("Saved"), at=_LIMITS)
