"""The workshop in lanes: by status, by bay, by person. Late cars and those about to be late are counted above, a tap from view."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.enums_workshop import Risk
from services import board_lanes
from services.board_lanes import Lane
from services.boards import OrderCard
from services.workshop_board import Board, board
from ui.cards import order_card
from ui.here import look
from ui.text import Safe, badge, joined, md, t
from ui.when import span
from ui.workshop_words import nothing_fits

WIDTH = 268  # pixels of a lane: four fit a tablet on its side, and nothing on a card is cut off
_ONLY = "workshop_only"  # the risk whose cars alone are shown


def status_lanes(typed: str, row: DeltaGenerator) -> float | None:
    """By stage of the work."""
    with look() as work:
        found = board(work, typed)
    return _draw(found, board_lanes.by_status(_shown(found)), "status", typed, row)


def bay_lanes(typed: str, row: DeltaGenerator) -> float | None:
    """By the bay the cars stand in."""
    with look() as work:
        found = board(work, typed)
        lanes = board_lanes.by_bay(work, _shown(found))
    return _draw(found, lanes, "bays", typed, row)


def person_lanes(typed: str, row: DeltaGenerator) -> float | None:
    """By the person the cars were given to."""
    with look() as work:
        found = board(work, typed)
        lanes = board_lanes.by_person(work, _shown(found))
    return _draw(found, lanes, "people", typed, row)


def _shown(found: Board) -> Sequence[OrderCard]:
    """All cars, or those of the risk that was tapped as long as there are any."""
    only = st.session_state.get(_ONLY)
    return found.only(only if only in found.at_risk else None)


def _draw(found: Board, lanes: list[Lane], place: str, typed: str, row: DeltaGenerator) -> float:
    if typed and not found.cards:
        nothing_fits(typed)
        return found.seconds
    _risks(row, found.at_risk)
    lanes_row = st.container(horizontal=True, wrap=False, gap="small", key="board")
    for lane in lanes:
        with lanes_row.container(width=WIDTH, gap="small"):
            _lane(lane, place, found)
    return found.seconds


def _risks(row: DeltaGenerator, counts: dict[Risk, int]) -> None:
    """How many cars are late or about to be; a tap shows these alone, another one all again."""
    for risk, number in counts.items():
        chosen = st.session_state.get(_ONLY) == risk
        words = badge(risk.color, risk.icon, joined(Safe(f"{number:d}"), t(risk.label)))
        row.button(
            words, key=f"only_{risk.value}", type="primary" if chosen else "secondary", on_click=_only, args=(risk,)
        )


def _only(risk: Risk) -> None:
    st.session_state[_ONLY] = None if st.session_state.get(_ONLY) == risk else risk


def _lane(lane: Lane, place: str, found: Board) -> None:
    heading = t(lane.words) if lane.words else md(lane.name)
    left = Safe(f":gray[{span(lane.left)}]") if lane.left else None
    st.markdown(joined(Safe(f":material/{lane.icon}: **{heading}** :gray-badge[{len(lane.cards)}]"), left, by=" "))
    if lane.at is not None:
        st.markdown(badge("green", "timer", md(lane.at)) if lane.at else badge("gray", "timer_off", t("no clock")))
    for card in lane.cards:
        order_card(card, place, found.outlook)
    if not lane.cards:
        st.caption(t("No car here."))
