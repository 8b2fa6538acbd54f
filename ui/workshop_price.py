"""The form that sets the price of what was agreed without one."""

import streamlit as st

from db.enums import Answer
from db.models import OrderLine
from services.money import Sum
from services.order_facts import OrderFacts
from services.orders import price_line
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, badge, joined, md, t
from ui.workshop_parts import save


def price_form(facts: OrderFacts) -> None:
    """Each line with its limit: a price within it holds, above it the customer is asked again."""
    for line in facts.priced_later:
        with st.container(border=True, gap="xsmall", key=f"price_row_{line.id}"):
            _row(line, facts)


def _row(line: OrderLine, facts: OrderFacts) -> None:
    most = t("at most {sum}", sum=Sum(line.up_to, facts.currency)) if line.up_to is not None else t("no limit agreed")
    st.markdown(joined(Safe(f"**{md(line.title)}**"), badge("orange", "troubleshoot", most), by=" "))
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        st.number_input(
            t("Quantity"), value=float(line.quantity), step=0.5, format="%g", key=f"price_many_{line.id}", width=140
        )
        sum_input(t("Price"), f"price_at_{line.id}", facts.currency, None if line.unpriced else line.unit_price)
    row.button(t("Set the price"), icon=":material/sell:", key=f"price_set_{line.id}", type="primary", on_click=_set,
               args=(facts.order.id, line.id))  # fmt: skip


def _set(order_id: int, line_id: int) -> None:
    price, many = sum_typed_in(f"price_at_{line_id}"), sum_typed_in(f"price_many_{line_id}")
    save(
        order_id, lambda work: price_line(work, order_id, line_id=line_id, unit_price=price, quantity=many),
        lambda line: t("The customer has to be asked.") if line.answer == Answer.PENDING else t("Price set."),
    )  # fmt: skip
