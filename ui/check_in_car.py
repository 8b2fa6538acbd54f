"""The second moment: covers, odometer, fuel, valuables."""

from collections.abc import Callable

import streamlit as st

from db.models import Inspection
from services import inspections
from services.boards import OrderCard
from services.inspections import FULL_TANK
from services.work import Work
from ui.text import Safe, t

FUEL = ("0", "1/8", "1/4", "3/8", "1/2", "5/8", "3/4", "7/8", "1")


def draw(card: OrderCard) -> None:
    """What is read and seen on the car. A reading below the last asks for its reason at once."""
    sheet, key = card.facts.inspection, card.id
    left, right = st.columns(2, gap="medium")
    with left:
        st.toggle(t("Covers fitted (seat, wheel, lever, mat)"), value=bool(sheet and sheet.covers), key=f"covers_{key}")
        _odometer(card, sheet)
    with right:
        st.toggle(
            t("The customer declines the walk-around"), value=bool(sheet and sheet.declined), key=f"declined_{key}"
        )
        st.text_input(
            t("Valuables that stay in the car"), value=sheet.valuables if sheet else "", key=f"valuables_{key}"
        )
    st.segmented_control(
        t("Fuel or charge, in eighths"), range(FULL_TANK + 1), default=sheet.fuel_eighths if sheet else None, format_func=_fuel,
        key=f"fuel_{key}", width="stretch", required=True,
    )  # fmt: skip
    st.text_area(t("Note: warning lights, interior, boot, spare wheel, tools"), value=sheet.note if sheet else "",
                 key=f"note_{key}", height=80)  # fmt: skip


def save(card: OrderCard) -> Callable[[Work], object]:
    """Write the walk-around down."""
    typed, key = st.session_state, card.id
    values = {
        "covers": typed[f"covers_{key}"],
        "odometer_km": typed[f"odometer_{key}"],
        "fuel_eighths": typed[f"fuel_{key}"],
        "valuables": typed[f"valuables_{key}"],
        "declined": typed[f"declined_{key}"],
        "note": typed[f"note_{key}"],
        "odometer_reason": typed.get(f"odometer_reason_{key}", ""),
    }
    return lambda work: inspections.record(work, key, **values)


def _odometer(card: OrderCard, sheet: Inspection | None) -> None:
    last, key = card.vehicle.odometer_km, card.id
    label = t("Odometer, km (last: {km})", km=f"{last:,}") if last is not None else t("Odometer, km")
    reading = st.number_input(
        label, value=sheet.odometer_km if sheet else None, step=1, format="%d", key=f"odometer_{key}"
    )
    if last is not None and reading is not None and reading < last:
        st.text_input(t("Why is the reading lower than last time?"), value=sheet.odometer_reason if sheet else "",
                      key=f"odometer_reason_{key}")  # fmt: skip


def _fuel(eighths: int) -> Safe:
    return Safe(f"{FUEL[eighths]}") if 0 < eighths < FULL_TANK else t("empty") if eighths == 0 else t("full")
