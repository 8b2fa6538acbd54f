"""Cash in and out by hand: which way by a tap, how much, why by another tap; and what was moved so far."""

import streamlit as st

from db.enums_money import DrawerKind
from services.drawer_hand import REASONS, move_cash
from services.takings import DrawerLook
from ui.act import act, notices, spend, token
from ui.drawer_reason import forget_reason, reason_chosen, reason_input
from ui.here import here, zone
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, joined, md, t
from ui.when import moment

KEY = "drawer_move"


def by_hand(currency: str, place: str) -> None:
    """The three ways; the form of the one that was tapped opens below."""
    kind = st.pills(t("Cash by hand"), list(REASONS), key=f"{KEY}_kind", format_func=_named)
    notices(f"{place}_move")
    if kind is None:
        return
    with st.container(border=True):
        sum_input(t("Amount"), f"{KEY}_sum", currency)
        reason_input(f"{KEY}_{kind}", REASONS[kind])
        st.button(
            t("Save"), key=f"{KEY}_save", icon=":material/save:", type="primary", on_click=_move, args=(kind, place)
        )


def movements(through: DrawerLook, currency: str) -> None:
    """What was put in and taken out by hand, the newest first."""
    now = here().clock()
    for entry in reversed(through.by_hand):
        line = joined(
            md(money(entry.amount, currency)),
            t(entry.kind.label),
            md(entry.reason),
            moment(entry.at, now, zone()),
            md(through.who(entry.by_id)),
        )
        st.markdown(Safe(f":material/{entry.kind.icon}: {line}"))


def _named(kind: DrawerKind) -> Safe:
    return Safe(f":material/{kind.icon}: {t(kind.label)}")


def _move(kind: DrawerKind, place: str) -> None:
    amount, reason = sum_typed_in(f"{KEY}_sum"), reason_chosen(f"{KEY}_{kind}")
    done = act(lambda work: move_cash(work, kind, amount=amount, reason=reason), done=t("Saved"), at=f"{place}_move",
               once=token(KEY))  # fmt: skip
    if done:
        spend(KEY)
        forget_reason(f"{KEY}_{kind}")
        st.session_state[f"{KEY}_sum"] = None
        st.session_state[f"{KEY}_kind"] = None
