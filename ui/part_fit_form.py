"""The cars a part fits: named by make, model and years, chosen from the cars our customers drive."""

from functools import partial

import streamlit as st

from db.models import PartFit
from services.part_fits import FIRST_YEAR, add_fit, drop_fit, fits_of, latest_year, makes_and_models
from ui.act import act
from ui.here import look
from ui.text import Safe, joined, md, plain, t

PLACE = "part"


def cars_it_fits(part_id: int, edits: bool) -> None:
    """One row a car; a part that names none fits any."""
    with look() as work:
        rows = fits_of(work, [part_id]).get(part_id, [])
        known, last = makes_and_models(work) if edits else {}, latest_year(work)
    if not rows:
        st.caption(t("No car is named: the part counts as fitting any."))
    for row in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"fit_{row.id}"):
            st.markdown(
                joined(Safe(f"**{md(row.make)}**"), md(row.model) or t("all models"), _years(row)), width="stretch"
            )
            if edits:
                st.button(
                    t("Remove"), key=f"drop_fit_{row.id}", icon=":material/close:", on_click=_drop, args=(row.id,)
                )
    if edits:
        _form(part_id, known, last)


def _years(row: PartFit) -> Safe:
    if row.year_from and row.year_to:
        return t("{first} to {last}", first=str(row.year_from), last=str(row.year_to))
    if row.year_from:
        return t("from {year}", year=str(row.year_from))
    return t("until {year}", year=str(row.year_to)) if row.year_to else t("all years")


def _form(part_id: int, known: dict[str, list[str]], last: int) -> None:
    with st.grid(4, min_column_width=170):
        make = st.selectbox(t("Make"), list(known), index=None, key="fit_make", accept_new_options=True,
                            placeholder=plain("Choose or type"))  # fmt: skip
        st.selectbox(t("Model"), known.get(make or "", []), index=None, key="fit_model", accept_new_options=True,
                     placeholder=plain("All models"))  # fmt: skip
        for label, name in ((t("From year"), "fit_from"), (t("To year"), "fit_to")):
            st.number_input(label, FIRST_YEAR, last, value=None, step=1, key=name, placeholder=plain("open"))
    st.button(t("Fits this car"), key="fit_add", icon=":material/add:", type="primary", on_click=_add, args=(part_id,))


def _add(part_id: int) -> None:
    state = st.session_state
    typed = {"make": state["fit_make"] or "", "model": state["fit_model"] or "", "year_from": state["fit_from"],
             "year_to": state["fit_to"]}  # fmt: skip
    if act(lambda work: add_fit(work, part_id, **typed), at=PLACE, done=t("Noted.")):
        for name in ("fit_model", "fit_from", "fit_to"):
            state.pop(name, None)


def _drop(fit_id: int) -> None:
    act(partial(drop_fit, fit_id=fit_id), at=PLACE, done=t("Noted."))
