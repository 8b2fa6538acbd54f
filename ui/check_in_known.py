"""The first moment: what is known about customer, car and concern is shown to be confirmed; what is missing is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from db.choice import Label
from db.models import Appointment
from services import orders
from services.boards import OrderCard
from services.car_call import car_call
from services.customers import CarFields, change_car, change_customer
from services.earlier_visits import Declined, declined_before
from services.i18n import N_
from services.money import Sum
from services.work import Work
from ui.act import act
from ui.booking_car import Fact, car_facts, due_facts, warnings
from ui.here import here, look, zone
from ui.symptom_form import answer_lines
from ui.text import badge, joined, md, t
from ui.when import moment


@dataclass(frozen=True)
class Field:
    """One thing known about a customer or a car."""

    key: str
    label: Label
    customers: bool


FIELDS = (
    Field("name", N_("Name"), True),
    Field("phone", N_("Phone"), True),
    Field("plate", N_("Plate"), False),
    Field("make", N_("Make"), False),
    Field("model", N_("Model"), False),
    Field("vin", N_("VIN"), False),
)


def draw(card: OrderCard) -> None:
    """Customer and car side by side, then the concern and what was booked or declined before."""
    left, right = st.columns(2, gap="small")
    for column, mine in ((left, True), (right, False)):
        with column.container(border=True, height="stretch"):
            _known(card, mine)
    with left:
        st.button(t("Correct"), icon=":material/edit:", key=f"correct_{card.id}", on_click=_correct, args=(card.id,),
                  disabled=_correcting(card))  # fmt: skip
    st.text_area(t("Concern, in the customer's words"), value=card.order.concern, key=f"concern_{card.id}", height=96)
    jobs = [job.job_id for job in card.facts.jobs if job.job_id]
    with look() as work:
        call = car_call(work, card.vehicle.id, jobs)
        booking = work.db.get(Appointment, card.order.appointment_id) if card.order.appointment_id else None
        declined = declined_before(work, card.order)
        currency = work.garage.currency
    if booking:
        answer_lines(booking.answers)
    facts = [_settled(fact, jobs) for fact in (*warnings(call), *due_facts(call))]
    car_facts(facts, jobs, f"in_{card.id}", partial(_add_all, card.id, jobs))
    _booked(card, booking, currency)
    for found in declined:
        _declined(card, found)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Write what was typed: only what differs from what is known."""
    typed = {name: st.session_state.get(f"{name}_{card.id}") for name in _values(card)}
    known = _values(card)
    customer, car = _differs(typed, known, True), _differs(typed, known, False)
    concern = st.session_state[f"concern_{card.id}"]
    full = {name: known[name] if value is None else str(value) for name, value in typed.items()}

    def write(work: Work) -> object:
        if customer:
            row = card.customer
            change_customer(
                work, row.id, row.version, name=full["name"], phone=full["phone"], email=row.email or "", note=row.note
            )
        if car:
            fields = CarFields(full["plate"], full["make"], full["model"], full["vin"], card.vehicle.odometer_km)
            change_car(work, card.vehicle.id, card.vehicle.version, fields)
        if concern == card.order.concern and concern:
            return True
        return orders.set_concern(work, card.id, concern=concern)

    return write


def _values(card: OrderCard) -> dict[str, str]:
    car, customer = card.vehicle, card.customer
    return {"name": customer.name, "phone": customer.phone or "", "plate": car.plate, "make": car.make, "model": car.model,
            "vin": car.vin or ""}  # fmt: skip


def _differs(typed: dict[str, str | None], known: dict[str, str], customers: bool) -> bool:
    mine = [field.key for field in FIELDS if field.customers == customers]
    return any(typed[name] is not None and typed[name] != known[name] for name in mine)


def _known(card: OrderCard, customers: bool) -> None:
    """Known values as text; missing ones, or all while correcting, as inputs."""
    values = _values(card)
    for field in FIELDS:
        if field.customers != customers:
            continue
        value = values[field.key]
        if _correcting(card) or not value:
            st.text_input(t(field.label), value=value, key=f"{field.key}_{card.id}")
        else:
            st.markdown(f":gray[{t(field.label)}]&ensp;**{md(value)}**")


def _correcting(card: OrderCard) -> bool:
    return bool(st.session_state.get(f"correcting_{card.id}"))


def _correct(order_id: int) -> None:
    st.session_state[f"correcting_{order_id}"] = True


def _booked(card: OrderCard, booking: Appointment | None, currency: str) -> None:
    jobs = joined(*(md(job.title) for job in card.facts.jobs))
    if jobs:
        st.markdown(f":gray[{t('Jobs')}]&ensp;{jobs}")
    if booking and booking.price:
        st.markdown(t("Booked as {number}; told {price}", number=booking.number, price=Sum(booking.price, currency)))


def _declined(card: OrderCard, found: Declined) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    at = moment(found.at, here().clock(), zone())
    row.markdown(joined(badge("orange", "history", t("declined last time")), md(found.title), at), width="content")
    if found.job_id and found.job_id not in {job.job_id for job in card.facts.jobs}:
        row.button(
            t("Add"),
            icon=":material/add:",
            key=f"again_{found.order_job_id}",
            on_click=_add,
            args=(card.id, found.job_id),
        )


def _settled(fact: Fact, jobs: list[int]) -> Fact:
    """What is on the order already is only told."""
    there = fact.jobs and set(fact.jobs) <= set(jobs)
    return Fact("green", "check", fact.says) if there else fact


def _add_all(order_id: int, there: list[int], jobs: tuple[int, ...]) -> None:
    for job_id in jobs:
        if job_id not in there:
            _add(order_id, job_id)


def _add(order_id: int, job_id: int) -> None:
    act(lambda work: orders.add_job(work, order_id, job_id=job_id), done=t("Added to the order"), at="check_in")
