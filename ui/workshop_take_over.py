"""Taking a car over: the check-in sheet beside what differs from it, the symptom, the road test and photos."""

from collections.abc import Mapping, Sequence

import streamlit as st

from db.enums_workshop import SymptomSeen
from db.models import Attachment, Inspection, Verification
from services.damage_marks import marks
from services.files import attachments
from services.i18n import N_
from services.order_facts import OrderFacts
from services.people import names
from services.verification import TAKEN_OVER, add_photo, of_order, verify
from ui.here import here, look, zone
from ui.photos import photo, photo_input
from ui.sheet_view import sheet_view
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import moment
from ui.workshop_parts import save, value

DIFFERS = (
    N_("Scratch not on the sheet"),
    N_("Dent not on the sheet"),
    N_("Warning light on"),
    N_("Fuel differs"),
    N_("Odometer differs"),
    N_("Something is missing"),
    N_("Inside dirty"),
)
PICTURE = N_("The car as it came into the workshop")


def verify_form(facts: OrderFacts) -> None:
    """Everything optional: a car that is as the sheet says is taken over in one tap."""
    key = facts.order.id
    with look() as work:
        row, pictures = of_order(work, key), attachments(work, facts.order, TAKEN_OVER)
        seen, staff = marks(work, key), names(work)
    if row:
        taken_over(row, staff)
    left, right = st.columns([2, 3], gap="medium")
    with left.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Check-in sheet')}**"))
        sheet_view(facts.inspection)
        for mark in seen:
            st.markdown(joined(badge("orange", "car_crash", t(mark.kind.label)), md(mark.note), by=" "))
    with right:
        _fields(facts, row, pictures)
        st.button(t("Take over the car"), key=f"verify_{key}", icon=":material/assignment_turned_in:", type="primary",
                  width="stretch", on_click=_save, args=(key, row.version if row else 0, facts.inspection))  # fmt: skip


def _fields(facts: OrderFacts, row: Verification | None, pictures: Sequence[Attachment]) -> None:
    key = facts.order.id
    st.pills(t("What differs"), DIFFERS, selection_mode="multi", wrap=True, format_func=t, key=f"verify_differs_{key}")
    st.text_input(t("Where, and what exactly"), row.differences if row else "", key=f"verify_text_{key}", max_chars=900)
    if facts.order.concern:
        st.markdown(Safe(f":material/record_voice_over: {md(facts.order.concern)}"))
    st.pills(t("Symptom"), list(SymptomSeen), wrap=True, format_func=_symptom, default=row.symptom if row else None,
             key=f"verify_symptom_{key}")  # fmt: skip
    st.text_input(t("When it shows"), row.note if row else "", key=f"verify_note_{key}", max_chars=1000)
    first, last = st.columns(2)
    read = facts.inspection.odometer_km if facts.inspection else None
    first.number_input(t("Road test from km"), value=row.road_from_km if row else None, min_value=0, step=1,
                       placeholder=str(read or ""), key=f"verify_from_{key}")  # fmt: skip
    last.number_input(t("to km"), value=row.road_to_km if row else None, min_value=0, step=1, key=f"verify_to_{key}")
    photo_input(f"take_over_{key}", lambda work, data: add_photo(work, key, data), N_("Photos"), several=True)
    with st.container(horizontal=True, gap="small"):
        for picture in pictures:
            photo(picture, PICTURE, 150)


def _save(order_id: int, seen: int, sheet: Inspection | None) -> None:
    keys = {name: f"verify_{name}_{order_id}" for name in ("differs", "text", "symptom", "note", "from", "to")}
    typed = {name: st.session_state.get(key) for name, key in keys.items()}
    differs = chosen_and_typed(keys["differs"], keys["text"])
    # who notes only the end began at what check-in read
    begun = typed["from"] or (sheet.odometer_km if sheet and typed["to"] else None)
    save(
        order_id,
        lambda work: verify(
            work, order_id, differences=differs, symptom=typed["symptom"], note=value(keys["note"]),
            road_from_km=begun, road_to_km=typed["to"], seen=seen,
        ),
        t("The car is taken over."),
        *keys.values(),
    )  # fmt: skip


def chosen_and_typed(chosen: str, typed: str) -> str:
    """What was tapped and what was typed under these keys, as one text."""
    tapped = ", ".join(plain(word) for word in st.session_state.get(chosen) or ())
    return " – ".join(part for part in (tapped, value(typed).strip()) if part)


def taken_over(row: Verification, staff: Mapping[int, str]) -> None:
    """When and by whom, what differs, whether the symptom showed, and the length of the road test."""
    at = moment(row.at, here().clock(), zone())
    said = badge(
        "green", "assignment_turned_in", joined(t("taken over {at}", at=at), md(staff.get(row.by_id or 0, "")))
    )
    symptom = badge(row.symptom.color, row.symptom.icon, t(row.symptom.label)) if row.symptom else None
    st.markdown(joined(said, symptom, _road(row), md(row.note), by=" "))
    if row.differences:
        st.markdown(joined(badge("orange", "difference", t("Differs")), md(row.differences), by=" "))


def _road(row: Verification) -> Safe | None:
    if row.road_from_km is None:
        return None
    if row.road_to_km is None:
        return badge("blue", "route", t("road test from {km} km", km=f"{row.road_from_km:,}"))
    return badge("gray", "route", t("road test {km} km", km=row.road_to_km - row.road_from_km))


def _symptom(symptom: SymptomSeen) -> Safe:
    return Safe(f":material/{symptom.icon}: {t(symptom.label)}")
