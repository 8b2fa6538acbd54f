"""A booking's parts on its record: what is kept, what is missing and being bought, and holding the booking for parts."""

from decimal import Decimal

import streamlit as st

from services.appointment_moves import Facts
from services.booking_changes import wait_parts
from services.booking_file import BookingFile
from services.booking_parts import BookingParts, booking_parts
from services.picking import OVER
from services.workflow import Move
from ui.act import act
from ui.here import look
from ui.purchase_row import purchase_row
from ui.text import Safe, badge, joined, md, t


def parts_card(file: BookingFile, parts: BookingParts) -> None:
    """What is kept and picked, what is asked and missing, and the lines of the purchase plan; nothing when there is none.

    A booking that is over keeps nothing, so nothing of it is missing.
    """
    missing = () if file.row.status in OVER else parts.missing
    if not (parts.kept or missing or parts.lines or file.row.stock_question):
        return
    with st.container(border=True, gap="xsmall", key="booking_parts"):
        st.markdown(Safe(f"**{t('Parts')}**"))
        for one in parts.kept:
            state = badge("green", "check", t("picked") if one.picked else t("kept"))
            st.markdown(joined(Safe(f"{state} {md(one.name)}"), _amount(one.quantity, one.unit), md(one.place)))
        for part, many in missing:
            st.markdown(
                joined(Safe(f"{badge('orange', 'error', t('missing'))} {md(part.name)}"), _amount(many, part.unit))
            )
        if file.row.stock_question:
            st.caption(t("Asked the store: {question}", question=file.row.stock_question))
        for line in parts.lines:
            purchase_row(line, f"appointment_{file.row.id}")


def _amount(quantity: Decimal, unit: str) -> Safe:
    return md(f"{quantity.normalize():f} {unit}")


def wait_form(file: BookingFile, step: Move[Facts]) -> None:
    """Which parts it waits for: those its jobs lack by tap, any other in words; read only once it is open."""
    key = file.row.id
    with st.popover(t(step.label), icon=f":material/{step.icon}:", key=f"wait_form_{key}", on_change="rerun") as opened:
        if not opened.open:
            return
        with look() as work:
            missing = booking_parts(work, key).missing
        names = {part.id: f"{part.name} · {many.normalize():f} {part.unit}" for part, many in missing}
        if names:
            st.pills(t("Missing"), list(names), default=list(names), selection_mode="multi", key=f"missing_{key}",
                     format_func=lambda one: md(names[one]))  # fmt: skip
        st.text_input(t("Another part"), key=f"part_{key}", max_chars=200)
        many = {part.id: quantity for part, quantity in missing}
        st.button(t(step.label), key=f"wait_parts_{key}", type="primary", on_click=_wait, args=(key, many))


def _wait(key: int, missing: dict[int, Decimal]) -> None:
    chosen: list[int] = st.session_state.get(f"missing_{key}") or []
    words = str(st.session_state[f"part_{key}"] or "")
    parts = {one: missing[one] for one in chosen}
    act(lambda work: wait_parts(work, key, part=words, parts=parts), at=f"appointment_{key}", done=t("Noted."))
