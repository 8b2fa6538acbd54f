"""The parts of the delivery board."""

from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.enums import OrderStatus
from services.boards import OrderCard
from ui.sums import money
from ui.text import Safe, badge, t

CHECKED = (OrderStatus.SELF_CHECK, OrderStatus.TEAM_CHECK, OrderStatus.FINAL_INSPECTION, OrderStatus.WASH)


def by_pick_up(cards: list[OrderCard]) -> list[OrderCard]:
    """The next customer to come first; those who agreed no time behind them, by promise."""
    return sorted(cards, key=lambda card: (card.order.pick_up_at is None, card.order.pick_up_at or card.order.promised_at or
                                           card.order.arrived_at, card.id))  # fmt: skip


def summary(place: DeltaGenerator, ready: list[OrderCard], currency: str) -> None:
    """What is owed on the cars that are ready."""
    owed = sum((card.facts.owed for card in ready), Decimal(0))
    if owed > 0:
        words = t("{sum} owed", sum=money(owed, currency))
        place.markdown(badge("orange", "payments", words), width="content")


def section(title: Safe, count: int) -> None:
    """The headline of a list."""
    st.markdown(Safe(f"**{title} · {count:d}**"))
