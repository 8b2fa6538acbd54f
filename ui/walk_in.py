"""A car without a booking: find it by plate or make it new, write the concern down, and go on with check-in."""

import streamlit as st

from db.models import WorkOrder
from services.arrivals import greet, walk_in
from services.car_call import car_call
from services.catalogue import find_jobs
from services.customers import new_customer_with_car
from services.finding import LEAST, Found, find, find_car
from services.work import Work
from ui.act import act, notices, spend, token
from ui.booking_car import car_facts, marks, offers, toggled, warnings
from ui.guess import field_for
from ui.here import asked, look, show_record
from ui.text import Safe, joined, md, phone, plain, t

PLACE = "walk_in"
GUESSED = "walk_in_guessed"


def walk_in_page() -> None:
    """Draw the walk-in asked for by `?walk_in=1` and stop the page; nothing otherwise."""
    if asked("walk_in") is None:
        return
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.button(t("Reception"), icon=":material/arrow_back:", on_click=_close, key="leave_walk_in")
    row.markdown(f"### {t('Walk-in')}", width="content")
    notices(PLACE)
    car = asked("car")
    with look() as work:
        found = find_car(work, car) if car else None
    if found:
        _concern(found)
    else:
        _find(car)
    st.stop()


@st.fragment
def _find(unknown: int | None) -> None:
    """A letter typed redraws only this. `unknown`: the address names a car that does not exist."""
    if asked("car") != unknown:
        st.rerun()  # a car was chosen: that is for the whole page
    notices(PLACE)
    typed = st.text_input(t("Plate, name or phone"), key="walk_in_find", live=True)
    if len(typed.strip()) < LEAST:
        return
    with look() as work:
        rows = [row for row in find(work, typed) if row.vehicle_id]
    for row in rows:
        st.button(_name(row), key=f"car_{row.vehicle_id}", icon=":material/directions_car:", width="stretch",
                  on_click=show_record, args=("car", row.vehicle_id))  # fmt: skip
    if not rows:
        st.caption(t("Nobody found. Make a new customer and car below."))
    _new(typed, nobody=not rows)


def _name(row: Found) -> Safe:
    booked = t("booked") if row.booked_at else None
    return joined(md(row.plate), md(row.model), md(row.name), phone(row.phone), booked)


def _new(typed: str, nobody: bool) -> None:
    with st.expander(t("New customer and car"), icon=":material/person_add:", key="walk_in_new", expanded=nobody):
        left, right = st.columns(2)
        _guess(typed)
        left.text_input(t("Plate"), key="new_plate")
        left.text_input(t("Make and model"), key="new_car")
        right.text_input(t("Name"), key="new_name")
        right.text_input(t("Phone"), key="new_phone", type="phone", placeholder="", autocomplete="off")
        st.toggle(t("The customer agrees to messages on this phone"), key="new_messages")
        st.button(t("Make customer and car"), type="primary", key="new_make", on_click=_make)


def _guess(words: str) -> None:
    """What was searched for stands in its field; it follows the search until somebody types there."""
    state = st.session_state
    for field, value in state.pop(GUESSED, {}).items():
        if state.get(field) == value:
            state[field] = ""
    field = f"new_{field_for(words)}"
    if not state.get(field):
        state[field] = words
        state[GUESSED] = {field: words}


def _make() -> None:
    typed = {name: st.session_state[f"new_{name}"] for name in ("name", "phone", "plate", "car")}
    messages = bool(st.session_state["new_messages"])
    car = act(lambda work: new_customer_with_car(work, **typed, messages=messages), at=PLACE, once=token("new_car"))
    if car:
        spend("new_car")
        show_record("car", car.id)


def _concern(found: Found) -> None:
    st.markdown(joined(Safe(f"**{md(found.plate)}**"), md(found.model), md(found.name), phone(found.phone)))
    chosen = st.session_state.get("walk_in_jobs", [])
    with look() as work:
        call = car_call(work, found.vehicle_id or 0, chosen)
    car_facts([*marks(found), *warnings(call), *offers(call)], chosen, "walk_in", _tapped)
    st.text_area(t("Concern, in the customer's words"), key="walk_in_concern", height=96)
    with look() as work:
        names = {one.job.id: one.job.name for one in find_jobs(work, limit=500)}
    st.multiselect(
        t("Likely jobs"),
        list(names),
        format_func=lambda k: names[k],
        key="walk_in_jobs",
        placeholder=plain("Choose or type"),
    )
    st.toggle(t("Waits here"), key="walk_in_waits")
    row = st.container(horizontal=True, gap="small")
    row.button(
        t("Another car"), icon=":material/search:", key="walk_in_other", on_click=show_record, args=("car", None)
    )
    row.button(t("Open the order"), icon=":material/arrow_forward:", type="primary", key="walk_in_open", on_click=_open,
               args=(found.vehicle_id,), width="stretch")  # fmt: skip


def _tapped(jobs: tuple[int, ...]) -> None:
    st.session_state["walk_in_jobs"] = toggled(st.session_state.get("walk_in_jobs", []), jobs)


def _open(vehicle_id: int) -> None:
    typed = st.session_state
    concern, jobs, waits = typed["walk_in_concern"], typed["walk_in_jobs"], typed["walk_in_waits"]

    def receive(work: Work) -> WorkOrder:
        order = walk_in(work, vehicle_id=vehicle_id, concern=concern, jobs=jobs, waits=waits)
        return greet(work, order.id)  # whoever writes the concern down is speaking with the customer

    order = act(receive, at=PLACE, once=token("walk_in"))
    if order:
        spend("walk_in")
        _close()
        show_record("order", order.id)


def _close() -> None:
    show_record("walk_in", None)
    show_record("car", None)
