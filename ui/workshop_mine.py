"""The own cars: given to the person at this tablet, or waiting for someone of their role. Large, for gloves."""

import streamlit as st

from services.my_work import on_it
from services.people import names
from services.slips import slip_states
from services.verification import of_orders
from services.workshop_board import board, whose_turn
from ui.cards import order_card
from ui.here import look, person
from ui.text import badge, t
from ui.workshop_lanes import WIDTH
from ui.workshop_my_car import Known, my_car
from ui.workshop_words import nothing_fits

TICK = 60.0  # seconds: the minutes on a running clock


def mine(typed: str) -> float | None:
    """The cars this person has to do with now, the running one first; those waiting for their check or parts below."""
    with look() as work:
        found = board(work, typed)
        cards = whose_turn(found.cards, person())
        own = [card for card in cards if on_it(card.facts, person().id)]
        keys = [card.id for card in own]
        known = Known(of_orders(work, keys), names(work), found.outlook, slip_states(work, keys))
    if typed and not found.cards:
        nothing_fits(typed)
    elif not cards:
        st.info(t("Nothing for you right now. Under “Status” you see every car."), icon=":material/done_all:")
    for card in own:
        my_car(card, known)
    others = [card for card in cards if card not in own]
    if others:
        with st.grid(3, min_column_width=WIDTH, gap="small"):
            for card in others:
                with st.container(gap="xsmall"):
                    st.markdown(badge(card.status.color, card.status.icon, t(card.status.label)))
                    order_card(card, "mine", found.outlook)
    return min(found.seconds, TICK) if any(card.facts.clocks_mine for card in own) else found.seconds
