"""What customers owe, by age, the longest overdue first; whom to remind today; what the garage has to give back."""

from collections.abc import Sequence

import streamlit as st

from services.balances import OpenCustomer, by_age, open_balances
from services.i18n import N_
from services.money_reminders import due_now
from ui.act import notices
from ui.balance_card import balance_card
from ui.balance_pay import receipt_made
from ui.here import look
from ui.live_feed import live
from ui.sums import money
from ui.text import Safe, t
from web.live_feed import board as feed

PLACE = "balances"
LISTS = {"remind": N_("To remind"), "all": N_("All"), "back": N_("To give back")}
MOST = 40  # cards that are drawn at once; the others a tap away
EMPTY = {
    "remind": N_("Nobody has to be reminded today."),
    "all": N_("Nobody owes anything. Cars that leave on account or on credit appear here."),
    "back": N_("There is nothing to give back."),
}


@st.fragment
def balances() -> None:
    """Drawn again when something happened anywhere in the garage."""
    if "order" in st.query_params:
        st.rerun()  # a record was opened meanwhile: that is for the whole page
    seen = feed.version
    with look() as work:
        found, currency = open_balances(work), work.garage.currency
        due = [one for one, _ in due_now(work, found)]
    lists = {
        "remind": due,
        "all": [one for one in found if one.owed],
        "back": [one for one in found if one.to_give_back],
    }
    _figures(found, currency)
    notices(PLACE)
    receipt_made(currency)
    shown = _choice(lists)
    if not lists[shown]:
        st.caption(t(EMPTY[shown]))
    most = int(st.session_state.get("balances_most", MOST))
    for one in lists[shown][:most]:
        balance_card(one, currency, PLACE, due=one in due)
    if len(lists[shown]) > most:
        st.button(t("Show more"), icon=":material/expand_more:", key="balances_more", on_click=_more, args=(most,))
    live("balances_feed", seen=seen)


def _figures(found: Sequence[OpenCustomer], currency: str) -> None:
    """What is owed by how long it is overdue."""
    with st.grid(5, min_column_width=200):
        for age, amount in by_age(found).items():
            color = age.color if amount else "gray"
            st.metric(Safe(f":{color}[:material/{age.icon}:] {t(age.label)}"), money(amount, currency), border=True)


def _choice(lists: dict[str, list[OpenCustomer]]) -> str:
    """Those to remind first, when there are any."""
    st.session_state.setdefault("balances_list", "remind" if lists["remind"] else "all")
    names = [name for name in LISTS if lists[name] or name != "back"]
    if st.session_state["balances_list"] not in names:
        st.session_state["balances_list"] = "all"
    return str(
        st.segmented_control(t("Open balances"), names, key="balances_list", required=True, label_visibility="collapsed",
                             format_func=lambda name: Safe(f"{t(LISTS[name])} · {len(lists[name]):d}"))
    )  # fmt: skip


def _more(most: int) -> None:
    st.session_state["balances_most"] = most + MOST
