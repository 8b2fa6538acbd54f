"""A booking made step by step: who, what, when. One moment a screen; nothing typed is lost on the way."""

from collections.abc import Callable
from datetime import date, time

import streamlit as st

from services import permissions as may
from services.car_call import CarCall, car_call
from services.finding import Found, find_car
from services.i18n import N_
from ui.act import notices
from ui.booking_car import badges, car_facts, marks, offers, toggled, warnings, whose
from ui.booking_draft import Draft, begin, draft, drop, go, keep_typed, leave_draft
from ui.booking_what import TOLD, what, what_done
from ui.booking_when import when
from ui.booking_who import who
from ui.here import here, look, person
from ui.text import Safe, badge, joined, md, t
from ui.when import day as day_words

PLACE = "booking_new"
STEPS: tuple[tuple[str, Callable[[Draft], None]], ...] = (
    (N_("Who"), who),
    (N_("What"), what),
    (N_("When"), when),
)


def new_booking() -> None:
    """Draw the step the draft stands at; a reload begins an empty one."""
    current = draft()
    if current is None:
        current = begin()
    if not person().has(*may.BOOKS):
        st.info(t("Booking is for: {role}.", role=may.BOOKS[0].label), icon=":material/lock:")
        return
    keep_typed(current)
    with look() as work:
        car = find_car(work, current.vehicle_id) if current.vehicle_id else None
        call = car_call(work, current.vehicle_id, current.jobs) if car and current.vehicle_id and current.step else None
    if car is None:
        current.step = 0
    _top(current)
    if car and call:
        _known(current, car, call)
    notices(PLACE)
    STEPS[current.step][1](current)
    _bottom(current)


def _known(current: Draft, car: Found, call: CarCall) -> None:
    """Whose car it is, and what matters: all of it while jobs are chosen, at the times only what must not be overlooked."""
    whose(car)
    facts = [*marks(car), *warnings(call)]
    if current.step == 1:
        car_facts([*facts, *offers(call)], current.jobs, "booking", _tapped)
    else:
        badges(facts)


def _tapped(jobs: tuple[int, ...]) -> None:
    current = draft()
    if current:
        current.jobs, current.starts_at = toggled(current.jobs, jobs), None


def _top(current: Draft) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.button(t("Calendar"), key="booking_leave", icon=":material/arrow_back:", on_click=leave_draft)
    names = [Safe(f"**{t(name)}**") if at == current.step else t(name) for at, (name, _) in enumerate(STEPS)]
    row.markdown(joined(*names, by=" → "), width="content")
    wish = current.typed.get("booking_wish_day")
    if isinstance(wish, date) and current.step < 2:
        at = current.typed.get("booking_wish_time")
        row.markdown(badge("blue", "schedule", _wish(wish, at if isinstance(at, time) else None)), width="content")
    with row.container(width="stretch", horizontal=True, horizontal_alignment="right"):
        st.button(t("Discard"), key="booking_drop", icon=":material/delete:", type="tertiary", on_click=drop)


def _wish(day: date, at: time | None) -> Safe:
    """The time that was tapped in the calendar."""
    return joined(day_words(day, here().clock().date()), md(f"{at:%H:%M}") if at else None, by=" ")


def _bottom(current: Draft) -> None:
    """Back and Next in reach of the thumb."""
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button(
            t("Back"), key="booking_back", icon=":material/arrow_back:", disabled=current.step == 0, on_click=go,
            args=(current.step - 1,),
        )  # fmt: skip
        if current.step == 1:
            if told := st.session_state.get(TOLD):
                st.markdown(Safe(f"**{md(told)}**"), width="content")
            st.button(
                t("Times"), key="booking_next", icon=":material/arrow_forward:", type="primary", on_click=what_done
            )
        elif current.step == 0:
            st.button(
                t("Next"), key="booking_next", icon=":material/arrow_forward:", type="primary", on_click=go, args=(1,),
                disabled=current.vehicle_id is None,
            )  # fmt: skip
