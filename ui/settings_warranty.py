"""Settings: how long warranties last, by make and group of jobs, and how near past a limit the warranty clerk decides."""

import streamlit as st

from db.models import WarrantyTerm
from services.catalogue import groups
from services.warranty_rules import Limits, promise
from services.warranty_terms import remove_term, set_near, set_term, take_standard, warranty_terms
from ui.act import act, notices
from ui.here import look
from ui.text import Safe, joined, language, md, plain, t

PLACE = "warranty_terms"


@st.fragment
def terms() -> None:
    """The terms on the left; a new one, and the margin, on the right."""
    with look() as work:
        found, known, garage = warranty_terms(work), [name for name in groups(work) if name], work.garage
        near = garage.warranty_near_days, garage.warranty_near_km
    left, right = st.columns([3, 2], gap="medium")
    with left:
        notices(PLACE)
        for term in found:
            _term(term)
        if not found:
            st.caption(t("No terms yet: only a date in a car's papers counts."))
        st.button(t("Take the usual terms"), key="warranty_usual", icon=":material/playlist_add:", on_click=_usual)
    with right:
        _new(known)
        _near(*near)


def _term(term: WarrantyTerm) -> None:
    row = st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        wrap=False,
        key=f"warranty_term_{term.id}",
    )
    row.markdown(joined(_name(term), said(term)), width="stretch")
    row.button(":material/edit:", help=t("Change"), key=f"warranty_change_{term.id}", on_click=_begin, args=(term,))
    row.button(
        ":material/delete:", help=t("Remove"), key=f"warranty_remove_{term.id}", on_click=_remove, args=(term.id,)
    )


def said(term: WarrantyTerm) -> Safe:
    """What a term promises: 36 months or 100,000 km."""
    if term.months == 0:
        return t("not under warranty")
    return md(promise(Limits(months=term.months, km=term.km)).say(language()))


def _name(term: WarrantyTerm) -> Safe:
    make = md(term.make) if term.make else t("Every make")
    return joined(Safe(f"**{make}**"), md(term.group) if term.group else t("the rest of the car"))


def _new(known: list[str]) -> None:
    with st.container(border=True, gap="small"):
        st.text_input(t("Make"), key="warranty_make", placeholder=plain("Every make"), max_chars=60)
        st.selectbox(
            t("Group of jobs"), known, index=None, key="warranty_group", placeholder=plain("the rest of the car")
        )
        left, right = st.columns(2)
        left.number_input(t("Months"), value=None, min_value=0, step=6, key="warranty_months")
        right.number_input(t("Kilometres"), value=None, min_value=0, step=10_000, key="warranty_km")
        st.button(t("Save"), key="warranty_save", icon=":material/save:", type="primary", on_click=_save)


def _near(days: int, km: int) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(Safe(f"**{t('So shortly past the limit the warranty clerk decides')}**"))
        left, right = st.columns(2)
        left.number_input(t("Days"), value=days, min_value=0, step=5, key="warranty_near_days", on_change=_margin)
        right.number_input(t("Kilometres"), value=km, min_value=0, step=500, key="warranty_near_km", on_change=_margin)


def _begin(term: WarrantyTerm) -> None:
    """The fields show the term; saving the same make and group changes it."""
    st.session_state.update({"warranty_make": term.make, "warranty_group": term.group or None, "warranty_months": term.months,
                         "warranty_km": term.km})  # fmt: skip


def _save() -> None:
    typed = {name: st.session_state.get(f"warranty_{name}") for name in ("make", "group", "months", "km")}
    make, group = str(typed["make"] or ""), str(typed["group"] or "")
    if act(
        lambda work: set_term(work, make=make, group=group, months=typed["months"], km=typed["km"]),
        done=t("Saved"),
        at=PLACE,
    ):
        st.session_state.update(
            {"warranty_make": "", "warranty_group": None, "warranty_months": None, "warranty_km": None}
        )


def _remove(term_id: int) -> None:
    act(lambda work: remove_term(work, term_id), done=t("Removed"), at=PLACE)


def _usual() -> None:
    act(take_standard, done=t("Saved"), at=PLACE)


def _margin() -> None:
    days, km = (st.session_state.get(f"warranty_near_{name}") or 0 for name in ("days", "km"))
    act(lambda work: set_near(work, days=int(days), km=int(km)), done=t("Saved"), at=PLACE)
