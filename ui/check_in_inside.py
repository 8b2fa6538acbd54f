"""The part of the walk-around inside the car: interior, boot, equipment; and one tap when everything is as it should be."""

from functools import partial

import streamlit as st

from db.enums_reception import Condition, Equipment
from db.models import Inspection
from services import inspections
from services.inspections import PLACES
from ui.act import act
from ui.sheet_taps import PLACE, changed, note, with_icon
from ui.text import Safe, t


def all_in_order(order_id: int, sheet: Inspection | None) -> None:
    """One tap for all that was not looked at yet: no lamp on, interior and boot clean, equipment there."""
    nothing_yet = sheet is None or (sheet.lights is None and not sheet.places and not sheet.equipment)
    st.button(
        t("All in order") if nothing_yet else t("The rest is in order"), icon=":material/done_all:", key=f"in_order_{order_id}",
        width="stretch", on_click=_rest, args=(order_id,), disabled=sheet is not None and _all_seen(sheet),
    )  # fmt: skip


def places(order_id: int, sheet: Inspection | None) -> None:
    """How interior and boot were found."""
    found = (sheet.places if sheet else None) or {}
    columns = iter(st.columns(len(PLACES), gap="small"))
    for place in PLACES:
        key = f"{place}_{order_id}"
        st.session_state[key] = Condition(found[place]) if place in found else None
        next(columns).segmented_control(t(PLACES[place]), list(Condition), format_func=_word, key=key, width="stretch",
                                        required=True, on_change=_place, args=(order_id, place))  # fmt: skip


def equipment(order_id: int, sheet: Inspection | None) -> None:
    """What is there; what was there and is untapped is missing."""
    key, found = f"equipment_{order_id}", (sheet.equipment if sheet else None) or {}
    there = [one for one in Equipment if found.get(one.value)]
    st.session_state[key] = there
    st.pills(t("Equipment there"), list(Equipment), selection_mode="multi", format_func=with_icon, key=key,
             on_change=partial(_equipment, order_id, there))  # fmt: skip


def _word(one: Condition) -> Safe:
    return t(one.label)


def _all_seen(sheet: Inspection) -> bool:
    return sheet.lights is not None and set(PLACES) <= set(sheet.places or {}) and bool(sheet.equipment)


def _rest(order_id: int) -> None:
    act(lambda work: inspections.rest_in_order(work, order_id), at=PLACE)


def _place(order_id: int, place: str) -> None:
    note(order_id, places={place: st.session_state[f"{place}_{order_id}"]})


def _equipment(order_id: int, shown: list[Equipment]) -> None:
    note(order_id, equipment=changed(shown, st.session_state[f"equipment_{order_id}"]))
