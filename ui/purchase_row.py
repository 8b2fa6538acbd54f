"""One line of the purchase plan as a row: what, how much, for whom; one tap to the next step."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.models import PurchaseLine
from services.i18n import N_
from services.purchase_moves import PURCHASES
from services.purchases import come_in, drop, expect, order
from services.work import Work
from services.workflow import Move, allowed
from ui.act import act
from ui.booking_draft import day_format
from ui.here import person
from ui.text import Safe, badge, joined, md, t
from ui.when import full_date

WORDS = 400  # pixels
DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {
    "order": (order, N_("Noted as ordered.")),
    "come_in": (come_in, N_("Noted as in.")),
}


def purchase_row(line: PurchaseLine, place: str, *about: Safe | None, amount: Safe | None = None) -> None:
    """Draw it; what came of a tap is told at `place`. `about` is said below it, `amount` beside its name."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
        key=f"buy_{line.id}",
    ):  # fmt: skip
        with st.container(gap=None, width=WORDS):
            state = badge(line.status.color, line.status.icon, t(line.status.label))
            st.markdown(
                joined(state, Safe(f"**{md(line.what)}**"), amount or Safe(f"× {line.quantity.normalize():f}"), by=" ")
            )
            words = joined(*about, md(line.supplier), _expected(line), md(line.reason))
            if words:
                st.caption(words)
        buttons = st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content")
        for move in PURCHASES.possible(line, line.status):
            if allowed(move, person()):
                _step(buttons, move, line, place)


def _expected(line: PurchaseLine) -> Safe | None:
    if line.expected_on is None or line.arrived_at:
        return None
    return t("expected {day}", day=full_date(line.expected_on))


def _step(buttons: DeltaGenerator, move: Move[PurchaseLine], line: PurchaseLine, place: str) -> None:
    if move.action in DIRECT:
        first = PURCHASES.next_step(line, line.status) == move
        buttons.button(t(move.label), key=f"{move.action}_{line.id}", icon=f":material/{move.icon}:", on_click=_direct,
                       type="primary" if first else "secondary", args=(move.action, line.id, place))  # fmt: skip
    elif move.action == "drop":
        with buttons:
            drop_button(line, place)
    else:
        with buttons.popover(t(move.label), icon=f":material/{move.icon}:", key=f"expect_form_{line.id}"):
            _expect_form(line, place)


def _direct(action: str, key: int, place: str) -> None:
    verb, done = DIRECT[action]
    act(lambda work: verb(work, key), at=place, done=t(done))


def _expect_form(line: PurchaseLine, place: str) -> None:
    st.text_input(t("Supplier"), line.supplier, key=f"supplier_{line.id}", max_chars=200)
    st.date_input(t("Expected on"), line.expected_on, key=f"expected_{line.id}", format=day_format())
    st.button(t("Save"), key=f"expect_{line.id}", type="primary", on_click=_expect, args=(line.id, place))


def _expect(key: int, place: str) -> None:
    supplier, on = st.session_state[f"supplier_{key}"], st.session_state[f"expected_{key}"]
    act(lambda work: expect(work, key, supplier=supplier, expected_on=on), at=place, done=t("Noted."))


def drop_button(line: PurchaseLine, place: str) -> None:
    """It is not bought: a button that asks for the reason."""
    with st.popover(t("Not needed"), icon=":material/remove_shopping_cart:", key=f"drop_form_{line.id}"):
        st.text_input(t("Reason"), key=f"drop_reason_{line.id}", max_chars=400)
        st.button(t("Not needed"), key=f"drop_{line.id}", type="primary", on_click=_drop, args=(line.id, place))


def _drop(key: int, place: str) -> None:
    reason = st.session_state[f"drop_reason_{key}"]
    act(lambda work: drop(work, key, reason=reason), at=place, done=t("Noted."))
