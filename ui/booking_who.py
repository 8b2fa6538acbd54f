"""First step: find the customer and car, or make them on the spot."""

import streamlit as st

from services.customers import CarKnown, new_customer_with_car
from services.finding import LEAST, Found, find
from services.work import Work
from ui.act import act, notices, spend, token
from ui.booking_draft import Draft, draft, keep_typed, typed
from ui.guess import field_for
from ui.here import here, look, zone
from ui.text import Safe, badge, joined, md, phone, plain, t
from ui.when import moment

PLACE = "booking_new"


@st.fragment
def who(_: Draft) -> None:
    """Search, choose; or a new customer with four fields. A letter typed redraws only this."""
    current = draft()
    if current is None or current.step:  # chosen, or thrown away: that is for the whole page
        st.rerun()
    keep_typed(current)
    st.text_input(
        t("Search"), key="booking_search", placeholder=plain("Plate, phone, name or VIN"), icon=":material/search:",
        label_visibility="collapsed", max_chars=60, live=True, on_change=_searched,
    )  # fmt: skip
    words = typed(current, "booking_search")
    with look() as work:
        rows = find(work, words)
    notices(PLACE)
    for row in rows:
        _found(row)
    nobody = len(words.strip()) >= LEAST and not rows
    if nobody:
        st.caption(t("Nobody found. Make the customer here:"))
    if current.adding or nobody:
        _form(current)
    else:
        st.button(t("New customer"), key="booking_add", icon=":material/person_add:", on_click=_add)


def _found(row: Found) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch", gap="xsmall"):
            st.markdown(Safe(f"**{md(row.plate) or t('no car yet')}** {md(row.model)}"))
            st.caption(joined(md(row.name), phone(row.phone), _visit(row)))
            if row.complaint:
                st.markdown(badge("red", "report", t("open complaint: tell the manager")))
        if row.vehicle_id:
            st.button(
                t("Choose"), key=f"choose_{row.vehicle_id}", icon=":material/check:", type="primary", on_click=_choose,
                args=(row.vehicle_id,),
            )  # fmt: skip
        else:
            st.button(
                t("Add a car"), key=f"add_car_{row.customer_id}", icon=":material/add:", on_click=_for, args=(row,)
            )


def _visit(row: Found) -> Safe:
    if row.last_visit is None:
        return t("first visit")
    return t("last here {when}", when=moment(row.last_visit, here().clock(), zone()))


def _choose(vehicle_id: int) -> None:
    current = draft()
    if current:
        current.vehicle_id, current.step, current.adding = vehicle_id, 1, False


def _add() -> None:
    current = draft()
    if current:
        current.adding = True


def _for(row: Found) -> None:
    current = draft()
    if current:
        current.adding = True
        current.typed |= {"booking_name": row.name, "booking_phone": row.phone}
        for field in ("booking_name", "booking_phone"):
            st.session_state.pop(field, None)


def _searched() -> None:
    """Another search: what the last one put into the form goes, what was typed there stays."""
    current = draft()
    if current:
        for field, value in current.guessed.items():
            if st.session_state.get(field) == value:
                del st.session_state[field]
                current.typed.pop(field, None)
        current.guessed = {}


def _form(current: Draft) -> None:
    """Four fields; what was searched for stands in its field already."""
    words = typed(current, "booking_search")
    field = f"booking_{field_for(words)}"
    if words and not st.session_state.get(field) and field not in current.guessed:
        st.session_state[field] = current.guessed[field] = words
    with st.container(border=True):
        left, right = st.columns(2)
        left.text_input(t("Name"), key="booking_name", max_chars=200)
        right.text_input(
            t("Phone"), key="booking_phone", max_chars=60, type="phone", placeholder="", autocomplete="off"
        )
        left.text_input(t("Plate"), key="booking_plate", max_chars=40)
        right.text_input(t("Make and model"), key="booking_car", max_chars=120)
        st.toggle(t("The customer agrees to messages on this phone"), key="booking_messages")
        st.button(t("Save and go on"), key="booking_make", icon=":material/check:", type="primary", on_click=_make)


def _make() -> None:
    current = draft()
    if current is None:
        return
    vehicle_id = act(lambda work: _made(work, current), at=PLACE, once=token("booking_customer"))
    if vehicle_id:
        spend("booking_customer")
        _choose(vehicle_id)


def _made(work: Work, current: Draft) -> int:
    """Refuses a plate that is known already, and then searches for it, so that the known car stands above the form."""
    name, number, plate_, car = (typed(current, f"booking_{field}") for field in ("name", "phone", "plate", "car"))
    messages = bool(st.session_state.get("booking_messages"))
    try:
        return new_customer_with_car(work, name=name, phone=number, plate=plate_, car=car, messages=messages).id
    except CarKnown:
        st.session_state["booking_search"] = plate_
        raise
