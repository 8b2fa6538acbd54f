"""The tap that makes a visit an accident repair, or takes that back."""

import streamlit as st

from services.boards import OrderCard
from services.claims import drop_claim, open_claim
from ui.act import act
from ui.text import t

PLACE = "check_in"


def draw(card: OrderCard) -> None:
    """One button. A claim with anything written down stays."""
    if card.facts.claim is None:
        st.button(t("Accident repair"), icon=":material/car_crash:", key=f"open_claim_{card.id}", on_click=_open,
                  args=(card.id,))  # fmt: skip
    elif not (card.facts.claim.insurer or card.facts.claim.claim_number):
        st.button(t("No accident repair"), icon=":material/undo:", key=f"drop_claim_{card.id}", type="tertiary",
                  on_click=_drop, args=(card.id,))  # fmt: skip


def _open(order_id: int) -> None:
    act(lambda work: open_claim(work, order_id), done=t("Accident repair"), at=PLACE)


def _drop(order_id: int) -> None:
    act(lambda work: drop_claim(work, order_id), at=PLACE)
