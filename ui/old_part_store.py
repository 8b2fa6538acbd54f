"""The store of old parts: by place, what is kept for whom, and what may go; labels for all that is shown."""

from functools import partial
from itertools import groupby

import streamlit as st

from services.addresses import order_path
from services.old_part_labels import old_part_labels_pdf
from services.old_part_list import MOST, Stored, places, stored
from ui.act import notices
from ui.addresses import server_address
from ui.here import look, show_record
from ui.old_part_rows import lies, moving, taps, words
from ui.papers import paper
from ui.payer_claim_words import today_here
from ui.text import Safe, joined, language, md, plain, t

PLACE = "old_parts"
WORDS = 430  # pixels: the taps stand beside them, or below on an upright tablet


@st.fragment
def old_part_store() -> None:
    """The list; a tap draws it again alone."""
    if "order" in st.query_params:
        st.rerun()  # a record was opened: that is for the whole page
    notices(PLACE)
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="old_parts_choice")
    said = row.text_input(
        t("Search"), key="old_parts_search", placeholder=plain("Part, plate, place"), label_visibility="collapsed",
        icon=":material/search:", width=260, max_chars=60,
    )  # fmt: skip
    go = row.toggle(t("Only what may go"), key="old_parts_go")
    with look() as work:
        rows, known = stored(work, str(said or "")), places(work)
    today = today_here()
    shown = [one for one in rows if not go or one.may_go(today)]
    if shown:
        with row:
            make = partial(
                old_part_labels_pdf, ids=[one.row.id for one in shown], language=language(), address=_addresses()
            )
            paper(t("Labels"), make, f"old-parts-{language()}.pdf", icon="label")
    else:
        st.caption(t("No old part is kept here. They are put aside on the work order."))
    for place, group in groupby(shown, lambda one: one.row.place):
        _shelf(place, list(group), known)
    if len(rows) == MOST:
        st.caption(t("Only the first {n} are shown.", n=MOST))


def _shelf(place: str, rows: list[Stored], known: list[str]) -> None:
    st.markdown(Safe(f"**:material/shelves: {md(place)}** · {len(rows):d}"))
    for one in rows:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
            key=f"old_{one.row.id}",
        ):  # fmt: skip
            with st.container(gap="xxsmall", width=WORDS):
                st.markdown(joined(words(one.row), lies(one.row, one.claimed, on_shelf=True), by=" "))
                claim = md(one.claim.number) if one.claim else None
                st.caption(joined(md(one.car.plate), md(one.customer.name), md(one.order.number), claim))
            with st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content"):
                taps(one.row, one.claimed, PLACE)
                st.button(":material/open_in_full:", key=f"old_order_{one.row.id}", help=t("Work order"),
                          on_click=show_record, args=("order", one.order.id))  # fmt: skip
        moving(one.row, known, PLACE)


def _addresses() -> partial[str] | None:
    server = server_address()
    return partial(_address, server) if server else None


def _address(server: str, order_id: int) -> str:
    return server + order_path(order_id)
