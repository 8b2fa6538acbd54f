"""Before money is taken or given: while the drawer is closed it is opened right there, by whoever stands at the counter."""

import streamlit as st

from services.cash_drawer import last_closed
from services.drawer_rows import current
from services.takings import look_at
from ui.drawer_closed import open_form
from ui.here import look
from ui.text import badge, t

PLACE = "drawer_gate"


def drawer_closed() -> bool:
    """Whether the drawer is closed; then the form that opens it stands here, and the caller draws nothing more."""
    with look() as work:
        if current(work):
            return False
        last, currency = last_closed(work), work.garage.currency
        through = look_at(work, last) if last else None
    st.markdown(badge("gray", "lock", t("Drawer closed")))
    open_form(through, currency, PLACE)
    return True
