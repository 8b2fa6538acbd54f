"""One field for whoever stands there: here already, expected, known, or new."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.enums import AppointmentStatus
from db.models import WorkOrder
from services import permissions as may
from services.boards import BookingCard, booking_cards, local_day
from services.finding import LEAST, Found, find
from services.greeting import in_the_shop
from ui.arrival_cards import arrival_buttons
from ui.here import look, person, show_record, zone
from ui.text import Safe, badge, joined, md, phone, plain, t
from ui.when import clock

KEY = "reception_find"


def find_anybody() -> bool:
    """The field, and below it what was found; whether something was asked for."""
    typed = st.text_input(
        t("Plate, name or phone"), key=KEY, live=True, icon=":material/search:", label_visibility="collapsed",
        placeholder=plain("Plate, name or phone"),
    )  # fmt: skip
    if len(typed.strip()) < LEAST:
        return False
    with look() as work:
        rows = [row for row in find(work, typed) if row.vehicle_id]
        here = in_the_shop(work, [row.vehicle_id for row in rows if row.vehicle_id])
        booked = booking_cards(work, *local_day(work), (AppointmentStatus.CONFIRMED,))
    today = {card.vehicle.id: card for card in booked}
    for row in rows:
        _row(row, here.get(row.vehicle_id or 0), today.get(row.vehicle_id or 0))
    if not rows:
        st.caption(t("Nobody found."))
    if person().has(*may.RECEIVES) and st.button(
        t("Walk-in: new customer or car"), icon=":material/person_add:", key="find_new", on_click=_new, args=(typed,),
        type="secondary" if rows else "primary",
    ):  # fmt: skip
        st.rerun()
    return True


def _row(found: Found, order: WorkOrder | None, card: BookingCard | None) -> None:
    key = found.vehicle_id or 0
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      gap="small", key=f"found_{key}"):  # fmt: skip
        words = joined(Safe(f"**{md(found.plate)}**"), md(found.model), md(found.name), phone(found.phone))
        st.markdown(joined(words, _where(order, card), by="&ensp;"), width="content")
        buttons = st.container(width=420)
    if order:
        _open(buttons, order.id)
    elif card:
        with buttons:
            if arrival_buttons(card.appointment.id, "_found"):
                st.rerun()
    elif person().has(*may.RECEIVES) and buttons.button(
        t("Walk-in"), icon=":material/add:", key=f"found_walk_in_{key}", on_click=_walk_in, args=(key,), width="stretch"
    ):
        st.rerun()


def _where(order: WorkOrder | None, card: BookingCard | None) -> Safe | None:
    if order:
        return badge(order.status.color, order.status.icon, t(order.status.label))
    if card and card.appointment.starts_at:
        return badge("blue", "event", t("expected {at}", at=clock(card.appointment.starts_at, zone())))
    return None


def _open(buttons: DeltaGenerator, order_id: int) -> None:
    if buttons.button(t("Open"), icon=":material/open_in_full:", key=f"found_open_{order_id}", on_click=show_record,
                      args=("order", order_id), width="stretch"):  # fmt: skip
        st.rerun()


def _walk_in(vehicle_id: int) -> None:
    show_record("walk_in", 1)
    show_record("car", vehicle_id)


def _new(typed: str) -> None:
    """What was typed is looked for no second time."""
    show_record("walk_in", 1)
    st.session_state["walk_in_find"] = typed
