"""What a visit comes to, as it is told to the customer: jobs with stock, then time and price."""

from decimal import Decimal

import streamlit as st

from services.catalogue import Estimate, NeededPart, Offered
from services.money import show
from ui.job_choice import job_name
from ui.text import Safe, badge, joined, language, md, t
from ui.when import span


def estimate_lines(told: Estimate | None, currency: str) -> None:
    """The chosen jobs with stock, then the sum."""
    with st.container(border=True, gap="xsmall"):
        if told is None:
            st.caption(t("Choose the likely jobs: time, price and stock appear here."))
            return
        for one in told.offered:
            st.markdown(joined(job_name(one, currency), _stock(one), by="  "))
            if one.parts:
                st.caption(joined(*(_part(part) for part in one.parts)))
        told_line(told, currency)


def told_line(told: Estimate, currency: str) -> None:
    """Time and price, large, to be read out."""
    st.markdown(Safe(f"### {told_words(told, currency)}"))


def told_words(told: Estimate, currency: str) -> Safe:
    """Time and price in words."""
    total = md(show(told.price, currency, language()))
    return t("About {span}, {price}", span=span(told.minutes), price=total)


def _stock(one: Offered) -> Safe | None:
    if one.short:
        return badge(
            "violet", "inventory_2", t("not enough: {parts}", parts=", ".join(part.name for part in one.short))
        )
    return badge("green", "check", t("parts in stock")) if one.parts else None


def _part(part: NeededPart) -> Safe:
    """How many are needed, and how many are free for this car."""
    words = t("{n} × {part}, free: {free}", n=_short(part.quantity), part=part.name, free=_short(part.free))
    return words if part.in_stock else Safe(f":violet[{words}]")


def _short(quantity: Decimal) -> str:
    """4.500 is said as 4.5."""
    return f"{quantity.normalize():f}"
