"""Counting: note by note and coin by coin, or the sum alone. What should be there is not shown before the count is kept."""

from decimal import Decimal

import streamlit as st

from services.cash_drawer import count_drawer
from services.denominations import pieces, total
from services.takings import DrawerLook
from ui.act import act, notices
from ui.sums import money, sum_input, sum_typed_in
from ui.text import t

COUNTING = "drawer_counting"  # in the session: the drawer this tablet is counting
SUM = "drawer_sum"
PIECES = "drawer_pieces"  # in the session: how many of each were counted last


def count_form(through: DrawerLook, currency: str, place: str) -> None:
    """The pieces, what they come to, and one tap that keeps the count."""
    st.subheader(t("What lies in the drawer?"), anchor=False)
    if through.moved_since:
        st.warning(t("Cash went in or out since it was counted. Count again."), icon=":material/sync_problem:")
    known = pieces(currency)
    by_piece = bool(known) and _by_piece()
    again = through.moved_since  # a payment came between: what was counted is there still and only the rest changes
    counted = _pieces(known, currency, st.session_state.get(PIECES, {}) if again else {}) if by_piece else {}
    if not by_piece:
        with st.container(width=320):
            sum_input(t("Cash counted"), SUM, currency, through.drawer.counted if again else None)
    amount = total(counted) if by_piece else sum_typed_in(SUM)
    notices(f"{place}_count")
    with st.container(horizontal=True, gap="small"):
        st.button(t("Back"), key="drawer_back", icon=":material/arrow_back:", on_click=_leave)
        shown = t("{sum} counted", sum=money(amount, currency)) if amount is not None else t("Count the cash first.")
        st.button(shown, key="drawer_counted", icon=":material/check:", type="primary", disabled=amount is None,
                  on_click=_keep, args=(through.drawer.id, amount, counted, place))  # fmt: skip


def _by_piece() -> bool:
    ways = {True: t("Notes and coins"), False: t("Only the sum")}
    chosen: bool = st.segmented_control(
        t("Count"), list(ways), default=True, key="drawer_way", required=True, format_func=lambda way: ways[way],
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _pieces(known: list[Decimal], currency: str, before: dict[Decimal, int]) -> dict[Decimal, int]:
    found: dict[Decimal, int] = {}
    with st.grid(6, min_column_width=140):
        for piece in known:
            many = st.number_input(
                money(piece, currency), 0, 100_000, before.get(piece, 0), 1, key=f"piece_{piece}", format="%d"
            )
            if many:
                found[piece] = int(many)
    return found


def _leave() -> None:
    st.session_state.pop(COUNTING, None)


def _keep(drawer_id: int, amount: Decimal, counted: dict[Decimal, int], place: str) -> None:
    many = {str(piece): number for piece, number in counted.items()}
    st.session_state[PIECES] = counted
    act(lambda work: count_drawer(work, drawer_id, counted=amount, pieces=many), at=f"{place}_count")
