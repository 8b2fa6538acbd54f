"""What the screens of a hand-over share: large points that are kept at each tap, and the language the customer reads in."""

from collections.abc import Callable, Iterable

import streamlit as st

from db.models import Handover
from services import handover
from services.boards import OrderCard
from services.handover_points import HandoverPoint, left_of, points_of
from services.work import Work
from ui.act import act
from ui.text import Safe, t

PLACE = "handover"


def reads(order_id: int) -> str | None:
    """The language the screen was turned to for the customer; None for the tablet's own."""
    found = st.session_state.get(f"handover_reads_{order_id}")
    return str(found) if found else None


def customer_reads() -> bool:
    """Whether the screen is one of the hand-over's, which the customer reads along: what is noted for the garage stays off it."""
    return "moment" in st.query_params


def point_rows(card: OrderCard, row: Handover | None, moment: str) -> None:
    """The points of a screen; where several are open, one tap for all of them."""
    mine = [point for point in points_of(card.facts) if point.moment == moment]
    with st.grid(2, min_column_width=320, gap="xsmall", key=f"points_{moment}_{card.id}"):
        for point in mine:
            point_button(card, row, point)
    all_of(card, row, moment, mine)


def all_of(card: OrderCard, row: Handover | None, moment: str, mine: Iterable[HandoverPoint]) -> None:
    """One tap for all that is left; nothing where fewer than two are."""
    left = [point.key for point in left_of(mine, row.points if row else ())]
    if len(left) > 1:
        st.button(t("All of it"), icon=":material/done_all:", key=f"all_{moment}_{card.id}", on_click=tap,
                  args=(lambda work: handover.show(work, card.id, *left),))  # fmt: skip


def point_button(card: OrderCard, row: Handover | None, point: HandoverPoint) -> None:
    """One point: a tap says it was shown, a second one takes that back."""
    done = row is not None and point.key in row.points
    icon = ":material/check_box:" if done else ":material/check_box_outline_blank:"
    st.button(t(point.label), icon=icon, key=f"shown_{card.id}_{point.key}", width="stretch", on_click=_turn,
              args=(card.id, point.key, not done))  # fmt: skip


def part(title: Safe) -> None:
    """The name of a part of the screen."""
    st.markdown(Safe(f"##### {title}"))


def tap(verb: Callable[[Work], object]) -> None:
    """Write what was tapped, from a callback; what is refused is told above the screen."""
    kept(verb)


def kept(verb: Callable[[Work], object]) -> bool:
    """The same; whether it was written."""
    return act(lambda work: verb(work) or True, at=PLACE) is not None


def _turn(order_id: int, key: str, shown: bool) -> None:
    tap(lambda work: handover.show(work, order_id, key, shown=shown))
