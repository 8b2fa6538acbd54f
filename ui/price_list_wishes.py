"""Whose a price list is, and what becomes of the parts we do not keep yet."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

import streamlit as st

from services.i18n import N_
from services.price_list.columns import PriceField
from services.price_list.match import Wishes
from services.suppliers import supplier_named, suppliers
from ui.act import act
from ui.here import look
from ui.text import plain, t

ADDS = {False: N_("Only parts we keep"), True: N_("New parts too")}


def wishes(columns: Mapping[PriceField, int], place: str) -> Wishes | None:
    """What was chosen; None while nobody said whose list it is."""
    with look() as work:
        known = {row.name: row.id for row in suppliers(work)}
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    name = row.selectbox(t("Price list of"), list(known), index=None, key="price_supplier", accept_new_options=True, width=300,
                         placeholder=plain("Choose or type"), on_change=_choose, args=(place,))  # fmt: skip
    adds = row.segmented_control(t("Parts of the list"), list(ADDS), default=False, required=True, key="price_adds",
                                 format_func=lambda wish: t(ADDS[wish]))  # fmt: skip
    surcharge = None
    if adds and PriceField.PRICE not in columns:
        surcharge = row.number_input(t("On top of the cost, %"), 0, 900, 40, 5, key="price_surcharge", width=240)
    if not name or name not in known:
        st.caption(t("Choose the supplier the list is from."))
        return None
    return Wishes(known[name], bool(adds), None if surcharge is None else Decimal(surcharge))


def _choose(place: str) -> None:
    """A name nobody knew is noted as a new supplier."""
    name = st.session_state["price_supplier"] or ""
    with look() as work:
        known = {row.name for row in suppliers(work)}
    if name and name not in known:
        made = act(partial(supplier_named, name=name), at=place)
        st.session_state["price_supplier"] = made.name if made else None
