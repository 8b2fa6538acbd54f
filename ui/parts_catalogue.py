"""The catalogue: one field to search, the car it is for, what lies there, one tap to a part's record."""

import streamlit as st

from db.models import Vehicle
from services import permissions as may
from services.i18n import N_
from services.papers import quantity_words
from services.part_search import PartRow, cars_here, find_parts, fitting_car
from ui.act import notices
from ui.here import look, person, show_record
from ui.live_feed import live
from ui.sums import money
from ui.text import Safe, badge, joined, md, plain, t
from web.live_feed import board as feed

PLACE = "parts_catalogue"
MOST = 30
WHICH = {"all": N_("All"), "low": N_("Below minimum"), "gone": N_("No longer kept")}


@st.fragment
def catalogue() -> None:
    """Search and what it finds; a letter typed redraws only this."""
    if "part" in st.query_params or st.query_params.get("view") == "list":
        st.rerun()  # a part or the price list was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        cars, currency = cars_here(work), work.garage.currency
    typed, car, which = _asked(cars)
    with look() as work:
        rows = find_parts(work, typed, car=fitting_car(car), low=which == "low", gone=which == "gone", limit=MOST)
    notices(PLACE)
    if not rows:
        st.caption(t("No part found. Try a piece of its number, or one word of its name."))
    for row in rows:
        _row(row, currency)
    if len(rows) == MOST:
        st.caption(t("The first {n} are shown; type more to see others.", n=MOST))
    live("parts_catalogue_feed", seen=seen)


def _asked(cars: list[Vehicle]) -> tuple[str, Vehicle | None, str]:
    """What was typed, the car the part is for, and which of the parts are shown."""
    top = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="catalogue_top")
    typed = top.text_input(
        t("Search"), key="part_search", placeholder=plain("Part number, name, brand or place"), icon=":material/search:",
        label_visibility="collapsed", max_chars=60, live=True, width="stretch", persist_state="session",
    )  # fmt: skip
    if person().has(*may.ISSUES_PARTS):
        top.button(t("New part"), icon=":material/add:", key="new_part", on_click=show_record, args=("part", "new"))
        top.button(t("Price list"), icon=":material/upload_file:", key="price_list", on_click=show_record,
                   args=("view", "list"))  # fmt: skip
    below = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="catalogue_which")
    by_id = {car.id: car for car in cars}
    chosen = below.selectbox(
        t("For a car"), list(by_id), index=None, key="part_car", placeholder=plain("For a car in the shop"), width=280,
        format_func=lambda key: f"{by_id[key].plate} · {by_id[key].make} {by_id[key].model}", label_visibility="collapsed",
    )  # fmt: skip
    which = below.segmented_control(t("Which parts"), list(WHICH), default="all", required=True, key="part_which",
                                  format_func=lambda name: t(WHICH[name]), label_visibility="collapsed")  # fmt: skip
    return typed.strip(), by_id.get(chosen) if chosen else None, str(which)


def _row(row: PartRow, currency: str) -> None:
    part = row.part
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"part_row_{part.id}"
    ):
        words = st.container(gap=None, width="stretch")
        words.markdown(joined(Safe(f"**{md(part.name)}**"), md(part.brand)))
        place = Safe(f":material/shelves: **{md(part.place)}**") if part.place else None
        words.caption(joined(md(part.code), place, t("fits this car") if row.fits else None))
        st.markdown(stock_badges(row), width="content")
        st.markdown(Safe(f"**{money(part.price, currency)}**"), width="content")
        st.button(t("Open"), key=f"open_part_{part.id}", icon=":material/open_in_full:", on_click=show_record,
                  args=("part", part.id))  # fmt: skip


def stock_badges(row: PartRow) -> Safe:
    """What is free, kept and coming, in words and colour."""
    part = row.part
    low = row.free < part.minimum
    color, icon = ("red", "error") if not row.free else ("orange", "low_priority") if low else ("green", "check")
    free = badge(color, icon, t("{n} free", n=quantity_words(row.free, part.unit)))
    kept = badge("violet", "bookmark", t("{n} kept", n=quantity_words(row.kept, part.unit))) if row.kept else None
    coming = (
        badge("blue", "local_shipping", t("{n} coming", n=quantity_words(row.coming, part.unit)))
        if row.coming
        else None
    )
    return joined(free, kept, coming, by=" ")
