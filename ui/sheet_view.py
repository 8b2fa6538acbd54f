"""The sheet of the walk-around to read, on the record of a car."""

import streamlit as st

from db.enums_reception import Condition, Equipment, Valuable, WarningLight
from db.models import Inspection
from services.inspections import PLACES
from ui import check_in_declined
from ui.check_in_car import fuel_words
from ui.text import Safe, badge, joined, md, t


def sheet_view(sheet: Inspection | None) -> None:
    """What was read and seen, each in a line; only what was noted."""
    if sheet is None:
        st.caption(t("The walk-around has not been recorded yet."))
        return
    check_in_declined.show(sheet)
    if sheet.odometer_km is not None:
        _fact(t("Odometer"), joined(t("{km} km", km=f"{sheet.odometer_km:,}"), md(sheet.odometer_reason)))
    if sheet.fuel_eighths is not None:
        _fact(t("Fuel or charge"), fuel_words(sheet.fuel_eighths))
    _fact(t("Warning lights"), _lights(sheet))
    for place in PLACES:
        _fact(t(PLACES[place]), _condition(sheet, place))
    found = sheet.equipment or {}
    _fact(t("Equipment there"), joined(*(t(one.label) for one in Equipment if found.get(one.value)), by=", "))
    missing = (badge("orange", one.icon, t(one.label)) for one in Equipment if found.get(one.value) is False)
    _fact(t("Not in the car"), joined(*missing, by=" "))
    stay = (t(one.label) for one in Valuable if one.value in (sheet.stays or ()))
    _fact(t("Valuables that stay in the car"), joined(*stay, md(sheet.valuables), by=", "))
    _fact(t("Note"), md(sheet.note))
    covers = (
        badge("green", "check", t("Covers fitted")) if sheet.covers else badge("gray", "close", t("No covers fitted"))
    )
    st.markdown(joined(covers, badge("green", "check", t("Reminded of valuables")) if sheet.reminded else None, by=" "))


def _lights(sheet: Inspection) -> Safe:
    if sheet.lights is None:
        return Safe("")
    lit = [badge(one.color, "warning", t(one.label)) for one in WarningLight if one.value in sheet.lights]
    return joined(*lit, by=" ") or t("None on")


def _condition(sheet: Inspection, place: str) -> Safe:
    found = (sheet.places or {}).get(place)
    if found is None:
        return Safe("")
    how = Condition(found)
    return badge(how.color, how.icon, t(how.label))


def _fact(name: Safe, value: Safe) -> None:
    if value:
        st.markdown(f":gray[{name}]&ensp;{value}")
