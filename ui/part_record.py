"""One part: what lies there, its data, the cars it fits, who sells it, what moved, what it cost."""

from functools import partial

import streamlit as st

from services import permissions as may
from services.papers import quantity_words
from services.part_labels import part_labels_pdf
from services.part_search import PartRow, part_row
from services.refusals import NotFound
from ui.act import notices
from ui.addresses import part_addresses
from ui.here import asked, look, person, show_record
from ui.papers import paper
from ui.part_fit_form import cars_it_fits
from ui.part_form import new_part_form, part_form
from ui.part_history import movements_of, prices_of
from ui.part_sources import who_sells_it
from ui.parts_catalogue import stock_badges
from ui.sums import money
from ui.text import Safe, joined, language, md, t

PLACE = "part"


def part_record() -> None:
    """Draw the part asked for by `?part=` (`new`: an empty form) and stop the page; does nothing when none is asked for."""
    if "part" not in st.query_params:
        return
    st.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("part", None), key="back")
    if st.query_params["part"] == "new":
        st.markdown(f"### {t('New part')}")
        new_part_form()
        st.stop()
    try:
        with look() as work:
            row, currency = part_row(work, asked("part") or -1), work.garage.currency
    except NotFound:
        st.warning(t("There is no part with this number."), icon=":material/search_off:")
        st.stop()
    _head(row, currency)
    notices(PLACE)
    _sections(row, currency)
    st.stop()


def _head(row: PartRow, currency: str) -> None:
    part = row.part
    top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    top.markdown(joined(Safe(f"### {md(part.name)}"), md(part.brand), by="  "), width="content")
    with top.container(horizontal=True, width="content"):
        made = partial(part_labels_pdf, part_ids=[part.id], language=language(), address=part_addresses())
        paper(t("Label"), made, f"label-{part.code}-{language()}.pdf", "label")
    place = Safe(f":material/shelves: **{md(part.place)}**") if part.place else None
    gone = t("no longer kept") if not part.active else None
    st.markdown(joined(Safe(f"**{md(part.code)}**"), place, stock_badges(row), gone))
    figures = (
        (t("In stock"), md(quantity_words(part.on_hand, part.unit))),
        (t("Minimum stock"), md(quantity_words(part.minimum, part.unit))),
        (t("Price"), money(part.price, currency)),
        (t("Average cost"), money(part.cost, currency)),
    )
    with st.grid(4, min_column_width=130):
        for label, value in figures:
            st.metric(label, value, border=True, height="stretch")


def _sections(row: PartRow, currency: str) -> None:
    labels = {
        "data": t("Data"),
        "fits": t("Fits"),
        "sources": t("Suppliers"),
        "moved": t("Movements"),
        "prices": t("Prices"),
    }
    shown = st.segmented_control(
        t("Sections"), list(labels), default="data", format_func=lambda name: labels[name], key="part_section",
        label_visibility="collapsed", required=True, width="stretch",
    )  # fmt: skip
    edits = person().has(*may.ISSUES_PARTS)
    if shown == "data":
        part_form(row.part, currency, edits)
    elif shown == "fits":
        cars_it_fits(row.part.id, edits)
    elif shown == "sources":
        who_sells_it(row.part, currency, edits)
    elif shown == "moved":
        movements_of(row.part, currency)
    else:
        prices_of(row.part.id, currency)
