"""While the drawer is closed: open it with what was left in it, one tap; and how the last closing came out."""

import streamlit as st

from services import permissions as may
from services.cash_drawer import FLOAT_REASONS, open_drawer
from services.takings import DrawerLook
from ui.act import act, notices, spend, token
from ui.drawer_look import closing_look
from ui.drawer_reason import forget_reason, reason_chosen, reason_input
from ui.here import person
from ui.sums import money, sum_input, sum_typed_in
from ui.text import badge, t

FIELD = "drawer_float"


def closed(last: DrawerLook | None, currency: str, place: str) -> None:
    """The form, and below it the closing before."""
    st.markdown(badge("gray", "lock", t("Drawer closed")))
    if person().has(*may.TAKES_MONEY):
        open_form(last, currency, place)
    if last:
        st.divider()
        closing_look(last, currency)


def open_form(last: DrawerLook | None, currency: str, place: str) -> None:
    """The float as it was counted last; another one is explained."""
    left = last.drawer.counted if last else None
    field = f"{FIELD}_{last.drawer.id if last else 0}"
    with st.container(border=True, width=520):
        sum_input(t("Float"), field, currency, left)
        if left is not None:
            st.caption(t("{sum} was counted at the last closing.", sum=money(left, currency)))
            if sum_typed_in(field) != left:
                reason_input(FIELD, FLOAT_REASONS)
        notices(f"{place}_open")
        st.button(t("Open the drawer"), key="drawer_open", icon=":material/lock_open:", type="primary",
                  on_click=_open, args=(field, place))  # fmt: skip


def _open(field: str, place: str) -> None:
    float_, reason = sum_typed_in(field), reason_chosen(FIELD)
    opened = act(lambda work: open_drawer(work, float_, reason=reason), done=t("Drawer open"), at=f"{place}_open",
                 once=token(FIELD))  # fmt: skip
    if opened:
        spend(FIELD)
        forget_reason(FIELD)
