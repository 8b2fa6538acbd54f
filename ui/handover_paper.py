"""The delivery sheet to print, in either language."""

from functools import partial

import streamlit as st

from services.addresses import order_path
from services.delivery_sheet import delivery_sheet_pdf
from services.i18n import LANGUAGES
from services.order_facts import OrderFacts
from ui.addresses import address
from ui.booking_papers import paper
from ui.text import joined, md, t


def sheet_paper(facts: OrderFacts) -> None:
    """Two buttons once showing the car has begun; nothing before."""
    if facts.begun_at is None:
        return
    order = facts.order
    with st.container(horizontal=True, gap="small", key=f"sheet_{order.id}"):
        for lang, name in LANGUAGES.items():
            make = partial(delivery_sheet_pdf, order_id=order.id, language=lang, code=address(order_path(order.id)))
            paper(joined(t("Delivery sheet"), md(name), by=" "), make, f"{order.number}-delivery-{lang}.pdf")
