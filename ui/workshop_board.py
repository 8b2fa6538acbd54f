"""The workshop's board: by status, one's own, by bay. It redraws when something happened anywhere in the garage."""

from dataclasses import dataclass

import streamlit as st

from services.boards import OrderCard
from services.i18n import N_
from services.workshop_board import COLUMNS, OWN_FIRST, SEES_ALL, board, by_bay, whose_turn
from ui.cards import order_card
from ui.here import look, person
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.text import Safe, badge, md, t
from web.live_feed import board as feed

VIEWS = {"status": N_("Status"), "mine": N_("Mine"), "bays": N_("Bays")}
WIDTH = 268  # pixels of a column: four fit a tablet on its side, and nothing on a card is cut off


@dataclass(frozen=True)
class Lane:
    """A column of the board."""

    heading: Safe
    icon: str
    cards: list[OrderCard]


def first_view() -> str:
    """Who repairs or checks begins with their own cars, everyone else with all of them."""
    roles = person().roles
    return "mine" if roles.intersection(OWN_FIRST) and not roles.intersection(SEES_ALL) else "status"


@st.fragment
def live_board(view: str, typed: str) -> None:
    """The cars, in the view chosen, that fit what was typed."""
    seen = feed.version
    with look() as work:
        cards = board(work, typed)
        bays = by_bay(work, cards)
    order_task_rows("workshop")
    if typed and not cards:
        st.info(t("No car in the workshop fits “{typed}”.", typed=typed), icon=":material/search_off:")
    elif view == "mine":
        _mine(whose_turn(cards, person()))
    elif view == "bays":
        _lanes([Lane(md(bay.name), "garage", found) for bay, found in bays], "bays")
    else:
        _lanes([Lane(t(name), icon, [c for c in cards if c.status in at]) for name, icon, at in COLUMNS], "status")
    live("workshop_feed", seen=seen)


def _lanes(lanes: list[Lane], place: str) -> None:
    row = st.container(horizontal=True, wrap=False, gap="small", key="board")
    for lane in lanes:
        with row.container(width=WIDTH, gap="small"):
            st.markdown(Safe(f":material/{lane.icon}: **{lane.heading}** :gray-badge[{len(lane.cards)}]"))
            for card in lane.cards:
                order_card(card, place)
            if not lane.cards:
                st.caption(t("No car here."))


def _mine(cards: list[OrderCard]) -> None:
    if not cards:
        st.info(t("Nothing for you right now. Under “Status” you see every car."), icon=":material/done_all:")
    with st.grid(3, min_column_width=WIDTH, gap="small"):
        for card in cards:
            with st.container(gap="xsmall"):
                st.markdown(badge(card.status.color, card.status.icon, t(card.status.label)))
                order_card(card, "mine")
