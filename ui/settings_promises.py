"""Settings: how long the garage answers for its own work by group of jobs, and which makes give the first service free."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from db.models import FreeService, GuaranteeTerm
from services import free_services, guarantees
from services.catalogue import groups
from ui.act import act, notices
from ui.here import look
from ui.text import Safe, joined, md, plain, t

PLACE = "promises"
R = TypeVar("R", GuaranteeTerm, FreeService)


@st.fragment
def work_terms() -> None:
    """The terms on the left, a new one on the right."""
    with look() as work:
        found, known = guarantees.terms(work), [name for name in groups(work) if name]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        notices(PLACE)
        for term in found:
            name = md(term.group) if term.group else t("every other job")
            _row(name, _days_or_km(term), f"guarantee_{term.group}", _change_term, _drop_term, term)
        if not found:
            st.caption(t("No terms yet: nothing is promised at the hand-over."))
    with right, st.container(border=True, gap="small"):
        st.selectbox(t("Group of jobs"), known, index=None, key="guarantee_group", placeholder=plain("every other job"))
        a, b = st.columns(2)
        a.number_input(t("Days"), value=None, min_value=1, step=30, key="guarantee_days")
        b.number_input(t("Kilometres"), value=None, min_value=1, step=5_000, key="guarantee_km")
        st.button(t("Save"), key="guarantee_save", icon=":material/save:", type="primary", on_click=_save_term)


@st.fragment
def first_free() -> None:
    """The makes on the left, a new one on the right."""
    with look() as work:
        found = free_services.free_services(work)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        notices(PLACE)
        for row in found:
            _row(md(row.make), _months_or_km(row), f"free_{row.make}", _change_free, _drop_free, row)
        if not found:
            st.caption(t("No make gives its new cars a free first service."))
    with right, st.container(border=True, gap="small"):
        st.text_input(t("Make"), key="free_make", max_chars=60)
        a, b = st.columns(2)
        a.number_input(t("Months"), value=None, min_value=1, step=1, key="free_months")
        b.number_input(t("Kilometres"), value=None, min_value=1, step=500, key="free_km")
        st.button(t("Save"), key="free_save", icon=":material/save:", type="primary", on_click=_save_free)


def _row(name: Safe, words: Safe, key: str, change: Callable[[R], None], drop: Callable[[R], None], row: R) -> None:
    line = st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"row_{key}"
    )
    line.markdown(joined(Safe(f"**{name}**"), words), width="stretch")
    line.button(":material/edit:", help=t("Change"), key=f"change_{key}", on_click=change, args=(row,))
    line.button(":material/delete:", help=t("Remove"), key=f"drop_{key}", on_click=drop, args=(row,))


def _days_or_km(term: GuaranteeTerm) -> Safe:
    return joined(t("{n} days", n=term.days) if term.days else None, _km(term.km), by=f" {t('or')} ")


def _months_or_km(row: FreeService) -> Safe:
    return joined(t("{n} months", n=row.months) if row.months else None, _km(row.km), by=f" {t('or')} ")


def _km(km: int | None) -> Safe | None:
    return t("{km} km", km=f"{km:,}") if km else None


def _change_term(term: GuaranteeTerm) -> None:
    """The fields show the term; saving the same group changes it."""
    st.session_state.update(
        {"guarantee_group": term.group or None, "guarantee_days": term.days, "guarantee_km": term.km}
    )


def _change_free(row: FreeService) -> None:
    st.session_state.update({"free_make": row.make, "free_months": row.months, "free_km": row.km})


def _drop_term(term: GuaranteeTerm) -> None:
    act(lambda work: guarantees.set_term(work, term.group, days=None, km=None), done=t("Removed"), at=PLACE)


def _drop_free(row: FreeService) -> None:
    act(lambda work: free_services.set_free_service(work, row.make, months=None, km=None), done=t("Removed"), at=PLACE)


def _save_term() -> None:
    group = str(st.session_state.get("guarantee_group") or "")
    days, km = st.session_state.get("guarantee_days"), st.session_state.get("guarantee_km")
    if act(lambda work: guarantees.set_term(work, group, days=days, km=km), done=t("Saved"), at=PLACE):
        st.session_state.update({"guarantee_group": None, "guarantee_days": None, "guarantee_km": None})


def _save_free() -> None:
    make = str(st.session_state.get("free_make") or "")
    months, km = st.session_state.get("free_months"), st.session_state.get("free_km")
    if act(lambda work: free_services.set_free_service(work, make, months=months, km=km), done=t("Saved"), at=PLACE):
        st.session_state.update({"free_make": "", "free_months": None, "free_km": None})
