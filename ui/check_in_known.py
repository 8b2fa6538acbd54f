"""The first moment: what is known about customer, car and concern is shown to be confirmed; only what is missing is asked."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from db.models import Appointment
from services import orders
from services.boards import OrderCard
from services.car_call import car_call
from services.declined_work import DeclinedWork
from services.messages import consents
from services.money import Sum
from services.work import Work
from ui import claim_start, recall_answers
from ui.act import act
from ui.booking_car import Fact, badges, car_facts, due_facts, warnings
from ui.file_fields import PLACE, car_fields, customer_fields, later_fields, may_send, unsaved, value_of, write_field
from ui.guarantee_facts import promised_before
from ui.here import here, look, zone
from ui.recommendations import proposals
from ui.symptom_form import answer_lines
from ui.text import badge, joined, md, t
from ui.when import moment

MOST = 5  # of what was declined before


def draw(card: OrderCard) -> None:
    """What was left undone on top, then customer and car side by side, the concern, and what is due."""
    jobs = [job.job_id for job in card.facts.jobs if job.job_id]
    with look() as work:
        call = car_call(work, card.vehicle.id, jobs)
        booking = work.db.get(Appointment, card.order.appointment_id) if card.order.appointment_id else None
        allowed = consents(work, card.customer.id)
        currency = work.garage.currency
    badges(list(warnings(call)))
    promised_before(card.facts, PLACE)
    recall_answers.draw(card)
    for found in [one for one in call.declined if one.order_id != card.id][:MOST]:
        _declined(card, found)
    proposals(card.id, card.vehicle.id, card.facts.jobs, PLACE)
    correcting = bool(st.session_state.get(f"correcting_{card.id}"))
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch", gap="xsmall"):
        customer_fields(card, correcting)
        may_send(card, allowed, correcting)
    with right.container(border=True, height="stretch", gap="xsmall"):
        car_fields(card, correcting)
        st.button(t("Correct"), icon=":material/edit:", key=f"correct_{card.id}", on_click=_correct, args=(card.id,),
                  disabled=correcting)  # fmt: skip
    _concern(card)
    car_facts(
        [_settled(fact, jobs) for fact in due_facts(recall_answers.without(call))],
        jobs,
        f"in_{card.id}",
        partial(_add_all, card.id, jobs),
    )
    _booked(card, booking, currency)
    claim_start.draw(card)
    later_fields(card)


def save(card: OrderCard) -> Callable[[Work], object] | None:
    """All was written as it was typed; what was refused keeps the moment open."""
    left = unsaved(card)
    if not left:
        return None

    def write(work: Work) -> object:
        for field, value in left.items():
            write_field(work, card, field, value, value_of(card, field))
        return True

    return write


def _concern(card: OrderCard) -> None:
    key = f"concern_{card.id}"
    st.text_area(t("Concern, in the customer's words"), value=card.order.concern, key=key, height=80, on_change=_say,
                 args=(card.id, key))  # fmt: skip
    answer_lines(card.order.answers)


def _say(order_id: int, key: str) -> None:
    words = str(st.session_state[key])
    act(lambda work: orders.set_concern(work, order_id, concern=words), at=PLACE)


def _correct(order_id: int) -> None:
    st.session_state[f"correcting_{order_id}"] = True


def _booked(card: OrderCard, booking: Appointment | None, currency: str) -> None:
    jobs = joined(*(md(title) for title in dict.fromkeys(job.title for job in card.facts.jobs)))
    if jobs:
        st.markdown(f":gray[{t('Jobs')}]&ensp;{jobs}")
    if booking and booking.price:
        st.markdown(t("Booked as {number}; told {price}", number=booking.number, price=Sum(booking.price, currency)))


def _declined(card: OrderCard, found: DeclinedWork) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    at = moment(found.at, here().clock(), zone())
    row.markdown(joined(badge("orange", "history", t("declined last time")), md(found.title), at), width="content")
    same = {job.job_id for job in card.facts.jobs} if found.job_id else {job.title for job in card.facts.jobs}
    if (found.job_id or found.title) not in same:
        row.button(
            t("Add"),
            icon=":material/add:",
            key=f"again_{found.order_job_id}",
            on_click=_add,
            args=(card.id, found.job_id, found.title),
        )


def _settled(fact: Fact, jobs: list[int]) -> Fact:
    """What is on the order already is only told."""
    there = fact.jobs and set(fact.jobs) <= set(jobs)
    return Fact("green", "check", fact.says) if there else fact


def _add_all(order_id: int, there: list[int], jobs: tuple[int, ...]) -> None:
    for job_id in jobs:
        if job_id not in there:
            _add(order_id, job_id)


def _add(order_id: int, job_id: int | None, title: str = "") -> None:
    """A job of the catalogue, or what was found last time and is in no catalogue: its price is not known yet."""
    act(lambda work: orders.add_job(work, order_id, job_id=job_id, title=title, unpriced=job_id is None),
        done=t("Added to the order"), at=PLACE)  # fmt: skip
