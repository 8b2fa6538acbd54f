"""Cards of customers who come or have come: who is here and not greeted yet, who is late, to whom to go out now."""

from datetime import datetime, timedelta

import streamlit as st

from db.enums_desk import TaskKind, TaskOutcome
from services.arrivals import arrive, greet
from services.boards import BookingCard, OrderCard
from services.desk_tasks import settle
from services.greeting import arrive_greeted, is_soon
from ui.act import act
from ui.cards import flags
from ui.here import here, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import clock, left, span

PLACE = "reception_lists"
TICK = "10s"  # the greeting standard is a minute, so the timer moves six times in it


def arrived(cards: list[OrderCard], greeting_seconds: int) -> None:
    """Customers who wait to be greeted, the longest first; the timer runs only while somebody waits."""
    if not cards:
        st.caption(t("Nobody is waiting to be greeted."))
        return
    st.fragment(_waiting, run_every=TICK)(sorted(cards, key=lambda card: card.order.arrived_at), greeting_seconds)


def _waiting(cards: list[OrderCard], greeting_seconds: int) -> None:
    for card in cards:
        with st.container(border=True, gap="xsmall", key=f"card_arrived_{card.id}"):
            face(card)
            flags(card)
            _timer(card, greeting_seconds)
            if st.button(t("Greet"), icon=":material/waving_hand:", type="primary", key=f"greet_{card.id}", width="stretch",
                         on_click=_greet, args=(card.id,)):  # fmt: skip
                st.rerun()


def _timer(card: OrderCard, greeting_seconds: int) -> None:
    waited = here().clock() - card.order.arrived_at
    late = waited > timedelta(seconds=greeting_seconds)
    seconds = int(waited.total_seconds())
    words = t("waiting {n} s", n=seconds) if seconds < 120 else t("waiting {span}", span=span(seconds // 60))
    st.markdown(badge("red" if late else "green", "timer", joined(words, t("greet now") if late else None)))


def face(card: OrderCard | BookingCard) -> None:
    """Plate, car, customer by name, and what it is about."""
    st.markdown(f"#### {md(card.vehicle.plate)}")
    st.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name)))
    if card.what:
        st.markdown(md(card.what))


def expected(cards: list[BookingCard], going: dict[int, str]) -> None:
    """Today's bookings that have not come yet, by time; drawn again each minute, as time alone makes people late."""
    if not cards:
        st.caption(t("Nobody else is booked for today."))
        return
    st.fragment(_expected, run_every="60s")(cards, going)


def _expected(cards: list[BookingCard], going: dict[int, str]) -> None:
    now = here().clock()
    for card in cards:
        with st.container(border=True, gap="xsmall", key=f"card_expected_{card.appointment.id}"):
            face(card)
            _booked_time(card, now)
            _go_out(card, now, going.get(card.appointment.id))
            if arrival_buttons(card.appointment.id):
                st.rerun()


def _go_out(card: BookingCard, now: datetime, who: str | None) -> None:
    """Within five minutes of the booked time somebody goes out to greet the customer by name."""
    if who is not None:
        st.markdown(badge("green", "waving_hand", t("{name} goes out to greet", name=who)))
    elif is_soon(card.appointment, now):
        st.markdown(badge("orange", "waving_hand", t("Go out and greet {name}", name=card.customer.name)))
        if st.button(t("Going out"), icon=":material/directions_walk:", key=f"go_out_{card.appointment.id}", width="stretch",
                     on_click=_going, args=(card.appointment.id,)):  # fmt: skip
            st.rerun()


def _booked_time(card: BookingCard, now: datetime) -> None:
    starts = card.appointment.starts_at
    if starts is None:
        return
    late, soon = starts < now, is_soon(card.appointment, now)
    words = joined(clock(starts, zone()), left(starts, now) if late or soon else None)
    marks = badge("orange" if late or soon else "blue", "event", words)
    waits = badge("blue", "chair", t("waits here")) if card.appointment.waits else None
    whose = Safe(f":material/person: {md(card.advisor)}") if card.advisor else None
    st.markdown(joined(marks, waits, whose, by=" "))


def arrival_buttons(appointment_id: int, place: str = "") -> bool:
    """The car is here: start the greeting clock, or stop it with the same tap. Whether one was tapped."""
    row = st.container(horizontal=True, gap="xsmall")
    came = row.button(t("Arrived"), icon=":material/directions_car:", type="primary", key=f"arrive{place}_{appointment_id}",
                      width="stretch", on_click=_arrive, args=(appointment_id,))  # fmt: skip
    both = row.button(t("Arrived, greeted"), icon=":material/waving_hand:", key=f"greeted{place}_{appointment_id}",
                      width="stretch", on_click=_arrive_greeted, args=(appointment_id,))  # fmt: skip
    return came or both


def _arrive(appointment_id: int) -> None:
    act(
        lambda work: arrive(work, appointment_id),
        done=t("Arrived: please greet the customer"),
        at=PLACE,
    )


def _arrive_greeted(appointment_id: int) -> None:
    if order := act(lambda work: arrive_greeted(work, appointment_id), at=PLACE):
        show_record("order", order.id)


def _greet(order_id: int) -> None:
    if act(lambda work: greet(work, order_id), at="reception"):
        show_record("order", order_id)


def _going(appointment_id: int) -> None:
    act(lambda work: settle(work, appointment_id, TaskKind.GREET, TaskOutcome.DONE), at=PLACE, done=t("Noted."))
