"""Sums of money on the screen, and typed into it."""

from decimal import Decimal

import streamlit as st

from services.money import Sum, coin, show
from ui.text import Safe, language, md, t


def money(amount: Decimal, currency: str) -> Safe:
    """A sum as people write it."""
    return md(show(amount, currency, language()))


def tax_words(percent: Decimal, amount: Decimal, currency: str) -> Safe:
    """A sum of tax with its rate: tax 20 % £17.13."""
    return t("tax {percent} % {sum}", percent=f"{percent.normalize():f}", sum=Sum(amount, currency))


def sum_input(label: Safe, key: str, currency: str, value: Decimal | None = None) -> None:
    """A field for a sum, with as many decimals as the currency has, filled with `value` at first; read it with `sum_typed_in`."""
    smallest = coin(currency)
    digits = -int(smallest.as_tuple().exponent)
    first = None if value is None else float(value)
    st.number_input(label, value=first, step=float(smallest), format=f"%.{digits}f", key=key)


def sum_typed_in(key: str) -> Decimal | None:
    """The number typed into the field of that key, exact; None when it is empty."""
    value = st.session_state.get(key)
    return None if value is None else Decimal(str(value))
