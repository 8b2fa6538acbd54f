"""The own cars: given to the person at this tablet, or waiting for someone of their role."""

import streamlit as st

from services.workshop_board import board, whose_turn
from ui.cards import order_card
from ui.here import look, person
from ui.text import badge, t
from ui.workshop_lanes import WIDTH
from ui.workshop_words import nothing_fits


def mine(typed: str) -> float | None:
    """The cars this person has to do with now, the running one first."""
    with look() as work:
        found = board(work, typed)
    cards = whose_turn(found.cards, person())
    if typed and not found.cards:
        nothing_fits(typed)
    elif not cards:
        st.info(t("Nothing for you right now. Under “Status” you see every car."), icon=":material/done_all:")
    with st.grid(3, min_column_width=WIDTH, gap="small"):
        for card in cards:
            with st.container(gap="xsmall"):
                st.markdown(badge(card.status.color, card.status.icon, t(card.status.label)))
                order_card(card, "mine", found.outlook)
    return found.seconds
