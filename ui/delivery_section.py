"""The record's section on delivery: statement, payments, exit pass, tries to reach the customer, papers."""

import streamlit as st

from services.delivery import attempts
from services.issued import reversals, standing_issued
from services.order_facts import OrderFacts
from services.payments import payments
from ui.delivery_account import trusted_words
from ui.delivery_bill import statement_view
from ui.delivery_papers import statement_paper
from ui.delivery_tell import tries_list
from ui.discount_list import discounts_said
from ui.exit_pass import exit_pass
from ui.handover_paper import sheet_paper
from ui.here import look
from ui.payments_list import payments_list
from ui.statement_sign import statement_signature, taken_back
from ui.sums import money
from ui.text import badge, joined, md, t


def money_section(facts: OrderFacts) -> None:
    """Everything about money and the way out; a sentence while there is nothing yet."""
    key = facts.order.id
    with look() as work:
        found, made, tries = standing_issued(work, key), payments(work, key), attempts(work, key)
        gone = reversals(work, key)
    tries_list(tries)
    sheet_paper(facts)
    taken_back(gone)
    if found is None:
        st.caption(t("No statement yet. It is issued after the pre-delivery check."))
        discounts_said(facts)
        payments_list(made, facts.currency, papers=True)
        if facts.to_give_back > 0:
            held = t("{sum} deposit held", sum=money(facts.to_give_back, facts.currency))
            st.markdown(badge("blue", "savings", held))
        return
    statement = found.statement
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    row.markdown(f"**{t('Statement {number}', number=statement.number)}**", width="content")
    with row.container(width="content"):
        statement_paper(statement)
    statement_view(found)
    discounts_said(facts)
    statement_signature(found)
    payments_list(made, facts.currency, papers=True)
    money_state(facts)
    exit_pass(facts)


def money_state(facts: OrderFacts) -> None:
    """What is owed or to be given back, and on whose word."""
    if facts.owed > 0:
        st.markdown(joined(badge("orange", "payments", t("{sum} owed", sum=money(facts.owed, facts.currency))),
                           trusted_words(facts)))  # fmt: skip
    elif facts.owed < 0:
        st.markdown(badge("red", "undo", t("{sum} to give back", sum=money(-facts.owed, facts.currency))))
    else:
        st.markdown(badge("green", "check", t("paid")))
    if facts.order.credit_by_id:
        st.caption(md(facts.order.credit_reason))
