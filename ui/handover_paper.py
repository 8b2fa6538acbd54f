"""The delivery sheet to print, in either language."""

from functools import partial

import streamlit as st

from services.addresses import order_path
from services.delivery_sheet import delivery_sheet_pdf
from services.order_facts import OrderFacts
from ui.addresses import address
from ui.papers import in_languages
from ui.text import t


def sheet_paper(facts: OrderFacts) -> None:
    """Two buttons once showing the car has begun; nothing before."""
    if facts.begun_at is None:
        return
    order = facts.order
    with st.container(horizontal=True, gap="small", key=f"sheet_{order.id}"):
        make = partial(delivery_sheet_pdf, order_id=order.id, code=address(order_path(order.id)))
        in_languages(t("Delivery sheet"), make, f"{order.number}-delivery")
