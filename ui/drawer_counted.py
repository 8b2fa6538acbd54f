"""Counted: what lies there beside what should, the difference with its reason, and the closing."""

from decimal import Decimal

import streamlit as st

from db.models import CashDrawer
from services.cash_drawer import DIFFERENCE_REASONS, close_drawer, count_again, difference
from services.takings import DrawerLook
from ui.act import act, notices, said
from ui.drawer_count import COUNTING
from ui.drawer_reason import forget_reason, reason_chosen, reason_input
from ui.drawer_takings import takings_list
from ui.sums import money
from ui.text import Safe, badge, t

KEY = "drawer_close"


def counted(through: DrawerLook, currency: str, place: str) -> None:
    """Counted, expected, difference; then close, or count again."""
    drawer, off = through.drawer, difference(through.drawer)
    cash_figures(drawer, currency)
    st.markdown(difference_badge(off, currency))
    if off:
        reason_input(KEY, DIFFERENCE_REASONS)
    notices(f"{place}_count")
    with st.container(horizontal=True, gap="small"):
        st.button(t("Back"), key="drawer_back", icon=":material/arrow_back:", on_click=_leave)
        st.button(
            t("Count again"), key="drawer_again", icon=":material/replay:", on_click=_again, args=(drawer.id, place)
        )
        st.button(t("Close the drawer"), key="drawer_close", icon=":material/lock:", type="primary", on_click=_close,
                  args=(drawer.id, place))  # fmt: skip
    takings_list(through.takings, currency)


def cash_figures(drawer: CashDrawer, currency: str) -> None:
    """What was counted, what should be there, how far apart they are."""
    with st.grid(3, min_column_width=180):
        st.metric(t("Cash counted"), money(drawer.counted or Decimal(0), currency), border=True)
        st.metric(t("Cash expected"), money(drawer.expected or Decimal(0), currency), border=True)
        st.metric(t("Difference"), money(difference(drawer), currency), border=True)


def difference_badge(off: Decimal, currency: str) -> Safe:
    """Whether the cash is right, in words and colour."""
    if not off:
        return badge("green", "check", t("Cash is right"))
    if off < 0:
        return badge("red", "trending_down", t("short by {sum}", sum=money(-off, currency)))
    return badge("orange", "trending_up", t("over by {sum}", sum=money(off, currency)))


def _leave() -> None:
    st.session_state.pop(COUNTING, None)


def _again(drawer_id: int, place: str) -> None:
    act(lambda work: count_again(work, drawer_id), at=f"{place}_count")


def _close(drawer_id: int, place: str) -> None:
    reason = reason_chosen(KEY)
    done = act(lambda work: close_drawer(work, reason=reason, drawer_id=drawer_id), at=f"{place}_count")
    if done:
        st.session_state.pop(COUNTING, None)
        forget_reason(KEY)
        said(t("Closed: {number}", number=done.closing), place)
