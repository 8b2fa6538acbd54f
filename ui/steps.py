"""What each step of a car needs on the screen: nothing more than a tap, or a form. Merged from the areas of the desk."""

from collections.abc import Callable

import streamlit as st

import ui.delivery_steps
import ui.reception_steps
import ui.workshop_steps
from services.order_facts import OrderFacts
from services.work import Work
from services.workflow import Move
from ui.act import act
from ui.here import show_record
from ui.text import t

AREAS = (ui.reception_steps, ui.workshop_steps, ui.delivery_steps)
DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {k: v for area in AREAS for k, v in area.DIRECT.items()}
FORMS: dict[str, Callable[[OrderFacts], None]] = {k: v for area in AREAS for k, v in area.FORMS.items()}
SECTIONS: dict[str, Callable[[OrderFacts], None]] = {k: v for area in AREAS for k, v in area.SECTIONS.items()}


def take(action: str, order_id: int, place: str) -> None:
    """Do a step from a card: at once when a tap is enough, otherwise open its form on the car's record."""
    st.session_state[f"stale:{order_id}"] = True
    if action in DIRECT:
        verb, done = DIRECT[action]
        act(lambda work: verb(work, order_id), done=t(done), at=place)
        return
    open_form(action, order_id)
    st.rerun()


def open_form(action: str, order_id: int) -> None:
    """Show the form of a step on the car's record."""
    st.session_state[f"step:{order_id}"] = action
    show_record("order", order_id)


def usable(move: Move[OrderFacts]) -> bool:
    """Whether the screen offers the step."""
    return move.action in DIRECT or move.action in FORMS
