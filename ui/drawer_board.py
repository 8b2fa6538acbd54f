"""The cash drawer on the screen: closed, open, being counted, counted. Drawn again when a payment comes at another tablet."""

from zoneinfo import ZoneInfo

import streamlit as st

from db.models import CashDrawer
from services import permissions as may
from services.cash_drawer import last_closed
from services.drawer_rows import current
from services.takings import DrawerLook, look_at
from ui.act import notices
from ui.drawer_closed import closed
from ui.drawer_count import COUNTING, count_form
from ui.drawer_counted import counted
from ui.drawer_hand import by_hand, movements
from ui.drawer_takings import takings_before_count
from ui.here import here, look, person, zone
from ui.live_feed import live
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import day, moment
from web.live_feed import board as feed

PLACE = "drawer"


@st.fragment
def drawer_board() -> None:
    """What stands here follows from the drawer, so that every tablet shows the same; only the counting is one tablet's own."""
    seen = feed.version
    with look() as work:
        drawer, currency = current(work), work.garage.currency
        shown = drawer or last_closed(work)
        through = look_at(work, shown) if shown else None
    notices(PLACE)
    if drawer is None or through is None:
        closed(through, currency, PLACE)
    elif st.session_state.get(COUNTING) == drawer.id:
        if through.counted:
            counted(through, currency, PLACE)
        else:
            count_form(through, currency, PLACE)
    else:
        _open(through, currency)
    live("drawer_live", seen=seen)


def _open(through: DrawerLook, currency: str) -> None:
    keeps = person().has(*may.KEEPS_DRAWER)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        st.markdown(_since(through, currency), width="content")
        if keeps:
            label = t("Counted: close") if through.counted else t("Count and close")
            st.button(label, key="drawer_count", icon=":material/calculate:", type="primary", on_click=_count,
                      args=(through.drawer.id,))  # fmt: skip
    _of_another_day(through.drawer)
    with st.grid(2, min_column_width=360):
        with st.container(gap="small"):
            takings_before_count(through, currency)
        with st.container(gap="small"):
            if keeps:
                by_hand(currency, PLACE)
            movements(through, currency)


def _count(drawer_id: int) -> None:
    st.session_state[COUNTING] = drawer_id


def _since(through: DrawerLook, currency: str) -> Safe:
    opened, first = through.drawer.opened_at, next((entry.amount for entry in through.by_hand), None)
    words = joined(
        t("since {at}", at=moment(opened, here().clock(), zone())),
        md(through.who(through.drawer.opened_by_id)),
        t("float {sum}", sum=money(first, currency)) if first is not None else None,
    )
    return joined(badge("green", "lock_open", t("Drawer open")), words, by=" ")


def _of_another_day(drawer: CashDrawer) -> None:
    """A day's takings are closed on that day; a drawer forgotten open is said first."""
    opened, today = (at.astimezone(ZoneInfo(zone())).date() for at in (drawer.opened_at, here().clock()))
    if opened < today:
        words = t("Open since {day}: count and close it before the next day's payments.", day=day(opened, today))
        st.warning(words, icon=":material/history:")
