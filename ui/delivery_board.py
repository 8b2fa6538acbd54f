"""The screen of delivery: what goes out today and by whom, what follows, what went. It redraws when something happened."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from services.boards import OrderCard
from services.day_deliveries import DayDeliveries, day_deliveries
from ui.cards import order_cards
from ui.delivery_row import delivery_row
from ui.discount_answer import discount_requests
from ui.here import here, look
from ui.live_feed import live
from ui.sums import money
from ui.text import Safe, badge, joined, t
from web.live_feed import board as feed

EVERY_SECONDS = 60  # time alone makes a customer late


@st.fragment
def live_deliveries() -> None:
    """Ready cars by pick-up time; those without one; other days; in checks and wash; handed over today."""
    seen = feed.version
    with look() as work:
        found, currency = day_deliveries(work), work.garage.currency
    _summary(found, currency)
    discount_requests()
    section(t("Picked up today"), len(found.today))
    if not found.ready:
        st.caption(t("No car is ready yet. It comes here after final inspection and wash."))
    _rows(found, found.today)
    for title, cards in ((t("No time agreed yet"), found.open), (t("Another day"), found.later)):
        if cards:
            section(title, len(cards))
            _rows(found, cards)
    _cards(t("In checks and wash"), found.coming, "coming", t("No car is in its checks."))
    _cards(t("Handed over today"), found.gone, "gone", t("No car was handed over today."))
    live("delivery_feed", seen=seen, again=EVERY_SECONDS)


def section(title: Safe, count: int) -> None:
    """The headline of a list."""
    st.markdown(Safe(f"**{title} · {count:d}**"))


def _summary(found: DayDeliveries, currency: str) -> None:
    """Who is free to hand over now, and what is owed on the cars that are ready."""
    names = [found.desk.people[key] for key in found.desk.free(here().clock())]
    free = t("Free to hand over now: {names}", names=", ".join(names))
    owed = sum((max(card.facts.owed, Decimal(0)) for card in found.ready), Decimal(0))
    st.markdown(
        joined(
            badge("green", "person", free) if names else badge("orange", "person_off", t("Nobody is free to hand over now")),
            badge("orange", "payments", t("{sum} owed", sum=money(owed, currency))) if owed else None,
            by=" ",
        )
    )  # fmt: skip


def _rows(found: DayDeliveries, cards: Sequence[OrderCard]) -> None:
    for card in cards:
        delivery_row(card, found.desk, found.answers)


def _cards(title: Safe, cards: Sequence[OrderCard], place: str, empty: Safe) -> None:
    section(title, len(cards))
    with st.grid(3, min_column_width=300):
        order_cards(list(cards), place, empty)
