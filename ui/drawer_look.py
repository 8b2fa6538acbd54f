"""A closing as it came out: cash counted against expected, takings, movements by hand, its sheet."""

from functools import partial

import streamlit as st

from services.cash_drawer import difference
from services.drawer_paper import closing_pdf
from services.takings import DrawerLook
from ui.addresses import address
from ui.drawer_counted import cash_figures, difference_badge
from ui.drawer_hand import movements
from ui.drawer_takings import takings_list
from ui.here import here, zone
from ui.papers import in_languages
from ui.sums import money
from ui.text import Safe, joined, md, t
from ui.when import later, moment


def closing_look(through: DrawerLook, currency: str) -> None:
    """All of one closing."""
    drawer = through.drawer
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        st.subheader(t("Closing {number}", number=drawer.closing), anchor=False, width="content")
        with st.container(horizontal=True, gap="small", width="content"):
            make = partial(closing_pdf, drawer_id=drawer.id, code=address(closing_path(drawer.id)))
            in_languages(t("Day closing"), make, str(drawer.closing))
    st.markdown(joined(_when(through), difference_badge(difference(drawer), currency), md(drawer.difference_reason)))
    cash_figures(drawer, currency)
    if through.counted_before:
        sums = ", ".join(money(amount, currency) for amount in through.counted_before)
        st.caption(t("Counted before: {sums}", sums=Safe(sums)))
    with st.grid(2, min_column_width=360):
        with st.container(gap="small"):
            takings_list(through.takings, currency)
        with st.container(gap="small"):
            st.markdown(Safe(f"**{t('Cash by hand')}**"))
            movements(through, currency)


def closing_path(drawer_id: int) -> str:
    """Where a closing is looked at."""
    return f"/money?view=closings&closing={drawer_id}"


def _when(through: DrawerLook) -> Safe:
    drawer, now = through.drawer, here().clock()
    closed = drawer.closed_at or now
    times = Safe(f"{moment(drawer.opened_at, now, zone())} – {later(closed, drawer.opened_at, zone())}")
    return joined(times, md(through.who(drawer.closed_by_id)))
