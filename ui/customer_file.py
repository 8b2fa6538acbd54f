"""One customer's file: data to correct, cars, what may be sent, visits and bookings."""

from datetime import date

import streamlit as st

from db.models import Vehicle
from services.customer_files import CustomerFile, customer_file
from services.customers import EARLIEST, CarDates, CarFields, change_car, change_customer
from services.refusals import NotFound
from ui.act import act, notices
from ui.booking_draft import day_format
from ui.car_campaigns import open_campaigns
from ui.customer_account import account
from ui.here import asked, here, look, show_record, zone
from ui.history import history
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

PLACE = "customer"
CUSTOMER_FIELDS = ("name", "phone", "email", "note", "call_when", "no_calls")
DATES = ("first_registered", "warranty_until", "inspection_until", "insurance_until")
LATEST = date(2099, 12, 31)  # the calendar of the field ends there; the service says what is sensible


def customer_record() -> None:
    """Draw the file asked for by `?customer=` and stop the page; does nothing when none is asked for."""
    key = asked("customer")
    if key is None:
        return
    st.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("customer", None), key="back")
    try:
        with look() as work:
            file = customer_file(work, key)
    except NotFound:
        st.warning(t("There is no customer with this number."), icon=":material/search_off:")
        st.stop()
    st.markdown(f"### {md(file.customer.name)}")
    notices(PLACE)
    _sections(file)
    st.stop()


def _sections(file: CustomerFile) -> None:
    labels = {
        "data": t("Customer"),
        "cars": t("Cars"),
        "visits": t("Visits"),
        "account": t("Account"),
        "history": t("History"),
    }
    shown = st.segmented_control(
        t("Sections"), list(labels), default="data", format_func=lambda name: labels[name], key="customer_section",
        label_visibility="collapsed", required=True, width="stretch",
    )  # fmt: skip
    if shown == "data":
        _data(file)
    elif shown == "cars":
        for car in file.cars:
            _car(file, car.id)
    elif shown == "visits":
        _visits(file)
    elif shown == "account":
        account(file.customer)
    else:
        history(file.customer)


def _data(file: CustomerFile) -> None:
    row, key = file.customer, f"c{file.customer.id}_{file.customer.version}"
    with st.form(key, border=True):
        left, right = st.columns(2)
        left.text_input(t("Name"), row.name, key=f"{key}_name", max_chars=200)
        right.text_input(t("Phone"), row.phone or "", key=f"{key}_phone", max_chars=60)
        left.text_input(t("E-mail"), row.email or "", key=f"{key}_email", max_chars=300)
        right.text_input(t("When a call suits"), row.call_when, key=f"{key}_call_when", max_chars=200)
        st.text_area(t("Note"), row.note, key=f"{key}_note", height=100)
        st.toggle(t("Wants no calls that we make first"), row.no_calls, key=f"{key}_no_calls")
        st.form_submit_button(
            t("Save"), type="primary", icon=":material/save:", on_click=_save_customer, args=(row.id, row.version, key)
        )
    marks = (badge("green" if yes else "gray", channel.icon, t(channel.label)) for channel, yes in file.allowed.items())
    allowed = joined(*marks, by=" ")
    if allowed:
        st.markdown(joined(t("Messages allowed (green):"), allowed, by=" "))


def _save_customer(customer_id: int, version: int, key: str) -> None:
    typed = {name: st.session_state[f"{key}_{name}"] for name in CUSTOMER_FIELDS}
    act(lambda work: change_customer(work, customer_id, version, **typed), done=t("Saved"), at=PLACE)


def _car(file: CustomerFile, vehicle_id: int) -> None:
    row = next(car for car in file.cars if car.id == vehicle_id)
    key = f"v{row.id}_{row.version}"
    with st.form(key, border=True):
        left, middle, right = st.columns(3)
        left.text_input(t("Plate"), row.plate, key=f"{key}_plate", max_chars=40)
        middle.text_input(t("Make"), row.make, key=f"{key}_make", max_chars=100)
        right.text_input(t("Model"), row.model, key=f"{key}_model", max_chars=120)
        left.text_input(t("VIN"), row.vin or "", key=f"{key}_vin", max_chars=40)
        middle.number_input(t("Odometer, km"), value=row.odometer_km, key=f"{key}_odometer_km", step=1, min_value=0)
        _dates(row, key)
        st.form_submit_button(
            t("Save"), type="primary", icon=":material/save:", on_click=_save_car, args=(row.id, row.version, key)
        )
    open_campaigns(row.id)


def _dates(row: Vehicle, key: str) -> None:
    """The dates in the car's papers, four in a row."""
    labels = (t("First registered"), t("Warranty until"), t("Inspection until"), t("Insurance until"))
    for place, name, label in zip(st.columns(4), DATES, labels, strict=True):
        place.date_input(label, getattr(row, name), key=f"{key}_{name}", format=day_format(), min_value=EARLIEST,
                         max_value=LATEST)  # fmt: skip


def _save_car(vehicle_id: int, version: int, key: str) -> None:
    typed = {name: st.session_state[f"{key}_{name}"] for name in ("plate", "make", "model", "vin", "odometer_km")}
    dates = CarDates(**{name: st.session_state[f"{key}_{name}"] for name in DATES})
    act(lambda work: change_car(work, vehicle_id, version, CarFields(**typed), dates), done=t("Saved"), at=PLACE)


def _visits(file: CustomerFile) -> None:
    now, plates = here().clock(), {car.id: car.plate for car in file.cars}
    if not file.visits and not file.bookings:
        st.caption(t("No visit and no booking yet."))
    for order in file.visits:
        at = Safe(f"**{moment(order.arrived_at, now, zone())}**")
        plate = md(plates.get(order.vehicle_id, ""))
        words = joined(at, plate, t(order.status.label), md(order.concern))
        _line(words, f"visit_{order.id}", "order", order.id)
    for row in file.bookings:
        booked = t("booked for {at}", at=moment(row.starts_at, now, zone())) if row.starts_at else t("Booking")
        words = joined(
            Safe(f":material/calendar_month: {booked}"), md(plates.get(row.vehicle_id, "")), t(row.status.label)
        )
        _line(words, f"booked_{row.id}", "appointment", row.id)


def _line(words: Safe, key: str, name: str, record: int) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(words, width="stretch")
        if st.button(t("Open"), key=key, icon=":material/open_in_full:"):
            page = "booking" if name == "appointment" else "reception"
            st.switch_page(f"../pages/{page}.py", query_params={name: str(record)})
