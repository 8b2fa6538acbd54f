"""The closings: the newest first, each with what was taken and whether the cash was right; a tap opens one with its sheet."""

from decimal import Decimal

import streamlit as st

from db.models import CashDrawer
from services.cash_drawer import difference
from services.refusals import NotFound
from services.takings import Taking, closings, look_at, takings
from ui.drawer_counted import difference_badge
from ui.drawer_look import closing_look
from ui.here import asked, here, look, show_record, zone
from ui.sums import money
from ui.text import Safe, joined, md, t
from ui.when import moment

STEP = 20  # closings shown at first, and more by each tap
SHOWN = "closings_shown"


@st.fragment
def closing_list() -> None:
    """The list, or the one that was opened."""
    opened = asked("closing")
    if opened is not None:
        _one(opened)
        return
    most = int(st.session_state.get(SHOWN, STEP))
    with look() as work:
        found = closings(work, most + 1)
        taken, currency = takings(work, [drawer.id for drawer in found]), work.garage.currency
    for drawer in found[:most]:
        _row(drawer, taken[drawer.id], currency)
    if not found:
        st.caption(t("No closing yet. The drawer is counted and closed at the end of the day."))
    if len(found) > most:
        st.button(t("More"), key="closings_more", icon=":material/expand_more:", on_click=_more, args=(most,))


def _row(drawer: CashDrawer, taken: list[Taking], currency: str) -> None:
    total = sum((one.total for one in taken), Decimal(0))
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
        key=f"closing_{drawer.id}",
    ):  # fmt: skip
        closed = moment(drawer.closed_at or drawer.opened_at, here().clock(), zone())
        name = joined(Safe(f"**{md(drawer.closing)}**"), closed, t("taken {sum}", sum=money(total, currency)))
        st.markdown(name, width="stretch")
        cash = joined(md(drawer.difference_reason), difference_badge(difference(drawer), currency), by=" ")
        st.markdown(cash, width="content")
        st.button(t("Open"), key=f"closing_open_{drawer.id}", on_click=show_record, args=("closing", drawer.id))


def _one(drawer_id: int) -> None:
    st.button(
        t("All closings"),
        key="closings_all",
        icon=":material/arrow_back:",
        on_click=show_record,
        args=("closing", None),
    )
    with look() as work:
        drawer = work.db.get(CashDrawer, drawer_id)
        through = look_at(work, drawer) if drawer and drawer.closing else None
        currency = work.garage.currency
    if through is None:
        st.error(t(NotFound.sentence()))
        return
    closing_look(through, currency)


def _more(most: int) -> None:
    st.session_state[SHOWN] = most + STEP
