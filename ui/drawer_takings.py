"""What came in by each method. Cash is not summed up before it has been counted: who counts must not know the answer."""

from decimal import Decimal

import streamlit as st

from db.enums import PaymentMethod
from services.takings import DrawerLook, Taking
from ui.sums import money
from ui.text import Safe, joined, t


def takings_before_count(through: DrawerLook, currency: str) -> None:
    """Each method as the card machine or the phone says it; of cash only how many payments."""
    _head(t("Taken since opening"))
    for taking in through.takings:
        blind = taking.method == PaymentMethod.CASH
        _row(taking, t("counted at closing") if blind else money(taking.total, currency))
    if not through.takings:
        st.caption(t("No payment yet."))


def takings_list(takings: list[Taking], currency: str) -> None:
    """Each method with its sum, and all of them together."""
    _head(t("Takings"))
    for taking in takings:
        back = t("{sum} given back", sum=money(-taking.given_back, currency)) if taking.given_back else None
        _row(taking, money(taking.total, currency), back)
    total = sum((taking.total for taking in takings), Decimal(0))
    _line(Safe(f"**{t('Together')}**"), Safe(f"**{money(total, currency)}**"))


def _head(words: Safe) -> None:
    st.markdown(Safe(f"**{words}**"))


def _row(taking: Taking, amount: Safe, *more: Safe | None) -> None:
    name = Safe(f":material/{taking.method.icon}: {t(taking.method.label)}")
    _line(joined(name, t("payments: {n}", n=taking.many), *more), Safe(f"**{amount}**"))


def _line(left: Safe, right: Safe) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
        st.markdown(left, width="stretch")
        st.markdown(right, width="content")
