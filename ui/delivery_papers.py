"""The papers of the counter, in either language; printed again they say that they are copies."""

from functools import partial

import streamlit as st

from db.models import Payment, Statement
from services.addresses import order_path
from services.receipts import receipt_pdf
from services.statement_paper import paper_of
from ui.addresses import address
from ui.papers import in_languages
from ui.text import t


def statement_paper(statement: Statement) -> None:
    """A statement or credit note."""
    make = partial(paper_of, statement_id=statement.id, code=address(order_path(statement.order_id)))
    with st.container(horizontal=True, gap="small"):
        in_languages(t("Credit note") if statement.reverses_id else t("Statement"), make, statement.number, statement)


def receipt_paper(payment: Payment) -> None:
    """The receipt a payment stands on."""
    make = partial(receipt_pdf, payment_id=payment.id, code=address(order_path(payment.order_id)))
    in_languages(t("Receipt"), make, payment.number, payment)
