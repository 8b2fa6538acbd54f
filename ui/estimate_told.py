"""What a visit comes to, as it is told to the customer: jobs with stock, then time and price."""

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
        told_line(told, currency)


def told_line(told: Estimate, currency: str) -> None:
    """Time and price, large, to be read out."""
    total = md(show(told.price, currency, language()))
    st.markdown(Safe(f"### {t('About {span}, {price}', span=span(told.minutes), price=total)}"))


def _stock(one: Offered) -> Safe | None:
    if one.short:
        return badge(
            "violet", "inventory_2", t("not enough: {parts}", parts=", ".join(_free(part) for part in one.short))
        )
    return badge("green", "check", t("parts in stock")) if one.parts else None


def _free(part: NeededPart) -> str:
    """How many are free of how many needed."""
    return f"{part.name} {part.free.normalize():f}/{part.quantity.normalize():f}"
