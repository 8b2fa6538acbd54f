"""The walk-around: covers, valuables, odometer, fuel, lamps, interior, boot, equipment. Every tap is written at once."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from db.enums_reception import Valuable, WarningLight
from db.models import Inspection
from services import inspections
from services.boards import OrderCard
from services.inspections import FULL_TANK
from services.measures import odometer
from services.refusals import Refusal
from services.work import Work
from ui import check_in_declined, check_in_inside
from ui.act import notices, refuse
from ui.here import look
from ui.lamps import lamps
from ui.sheet_taps import PLACE, changed, note, with_icon
from ui.text import Safe, joined, language, md, t

FUEL = ("0", "1/8", "1/4", "3/8", "1/2", "5/8", "3/4", "7/8", "1")


def draw(card: OrderCard) -> None:
    """The sheet of the car; a tap redraws it and nothing else."""
    _sheet(card.id, card.vehicle.odometer_km)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Everything was written already: on to the next moment once odometer and fuel are there and who declined has signed."""
    return lambda work: inspections.whole(work, card.id)


def fuel_words(eighths: int) -> Safe:
    """How full, as a driver says it."""
    return Safe(FUEL[eighths]) if 0 < eighths < FULL_TANK else t("empty") if eighths == 0 else t("full")


@st.fragment
def _sheet(order_id: int, last_km: int | None) -> None:
    with look() as work:
        sheet = inspections.of_order(work, order_id)
    notices(PLACE)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _switch(order_id, "covers", t("Covers fitted (seat, wheel, lever, mat)"), sheet)
        _switch(order_id, "reminded", t("Reminded of valuables"), sheet)
        _switch(order_id, "declined", t("Declines the walk-around"), sheet)
    check_in_declined.draw(order_id, sheet)
    left, right = st.columns([2, 5], gap="small")
    with left:
        _odometer(order_id, sheet, last_km)
    with right:
        _fuel(order_id, sheet)
    check_in_inside.all_in_order(order_id, sheet)
    lit = None if sheet is None or sheet.lights is None else [WarningLight(one) for one in sheet.lights]
    lamps(f"lamps_{order_id}", lit=lit, on_tap=lambda change: note(order_id, lights=change))
    check_in_inside.places(order_id, sheet)
    check_in_inside.equipment(order_id, sheet)
    _valuables(order_id, sheet)


def _switch(order_id: int, name: str, label: Safe, sheet: Inspection | None) -> None:
    key = f"{name}_{order_id}"
    st.session_state[key] = bool(sheet and getattr(sheet, name))
    st.toggle(label, key=key, on_change=_switched, args=(order_id, name))


def _switched(order_id: int, name: str) -> None:
    note(order_id, **{name: st.session_state[f"{name}_{order_id}"]})


def _fuel(order_id: int, sheet: Inspection | None) -> None:
    key = f"fuel_{order_id}"
    st.session_state[key] = sheet.fuel_eighths if sheet else None
    st.segmented_control(t("Fuel or charge, in eighths"), range(FULL_TANK + 1), format_func=fuel_words, key=key, width="stretch",
                         on_change=_filled, args=(order_id,), required=True)  # fmt: skip


def _filled(order_id: int) -> None:
    note(order_id, fuel_eighths=st.session_state[f"fuel_{order_id}"])


def _odometer(order_id: int, sheet: Inspection | None, last_km: int | None) -> None:
    """The reading beside the last one. One that is lower asks for its reason at once; one refused stays to be corrected."""
    known = sheet.odometer_km if sheet else None
    typed = st.text_input(t("Odometer, km"), value="" if known is None else str(known), key=f"odometer_{order_id}", type="phone",
                          icon=":material/speed:", autocomplete="off", placeholder="", max_chars=16, on_change=_read,
                          args=(order_id,))  # fmt: skip
    if last_km is None:
        return
    km = _kilometres(typed)
    since = t("+{km} km", km=f"{km - last_km:,}") if km is not None and km >= last_km else None
    st.caption(joined(t("Last: {km} km", km=f"{last_km:,}"), since))
    if km is not None and km < last_km:
        st.text_input(t("Why is the reading lower than last time?"), value=sheet.odometer_reason if sheet else "",
                      key=f"odometer_reason_{order_id}", on_change=_read, args=(order_id,))  # fmt: skip


def _read(order_id: int) -> None:
    typed, reason = st.session_state[f"odometer_{order_id}"], st.session_state.get(f"odometer_reason_{order_id}")
    try:
        km = int(typed) if typed.isascii() and typed.isdigit() else odometer(typed)
    except Refusal as refusal:
        refuse(md(refusal.say(language())), PLACE)
        return
    if reason:
        note(order_id, odometer_km=km, odometer_reason=reason)
    else:
        note(order_id, odometer_km=km)


def _kilometres(typed: str | None) -> int | None:
    try:
        return odometer(typed)
    except Refusal:
        return None


def _valuables(order_id: int, sheet: Inspection | None) -> None:
    """What stays in the car, by taps and in other words; and a note."""
    stay = [Valuable(one) for one in (sheet.stays if sheet else None) or []]
    st.session_state[f"stays_{order_id}"] = stay
    st.pills(t("Valuables that stay in the car"), list(Valuable), selection_mode="multi", format_func=with_icon,
             key=f"stays_{order_id}", on_change=partial(_stays, order_id, stay))  # fmt: skip
    left, right = st.columns(2, gap="small")
    left.text_input(t("Other valuables"), value=sheet.valuables if sheet else "", key=f"valuables_{order_id}",
                    on_change=_typed, args=(order_id, "valuables"))  # fmt: skip
    right.text_input(t("Note"), value=sheet.note if sheet else "", key=f"note_{order_id}", on_change=_typed,
                     args=(order_id, "note"))  # fmt: skip


def _stays(order_id: int, shown: list[Valuable]) -> None:
    note(order_id, stays=changed(shown, st.session_state[f"stays_{order_id}"]))


def _typed(order_id: int, name: str) -> None:
    note(order_id, **{name: st.session_state[f"{name}_{order_id}"]})
