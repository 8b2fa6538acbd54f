"""The record's section on delivery: statement, payments, exit pass, tries to reach the customer, papers."""

import streamlit as st

from services.delivery import attempts
from services.issued import standing_issued
from services.order_facts import OrderFacts
from services.payments import payments
from ui.delivery_bill import statement_view
from ui.delivery_out import exit_pass
from ui.delivery_papers import exit_pass_paper, statement_paper
from ui.delivery_pay import payments_list
from ui.delivery_tell import tries_list
from ui.here import look
from ui.sums import money
from ui.text import badge, joined, md, t


def money_section(facts: OrderFacts) -> None:
    """Everything about money and the way out; a sentence while there is nothing yet."""
    key = facts.order.id
    with look() as work:
        found, made, tries = standing_issued(work, key), payments(work, key), attempts(work, key)
    tries_list(tries)
    if found is None:
        st.caption(t("No statement yet. It is issued after the pre-delivery check."))
        payments_list(made, facts.currency)
        return
    statement = found.statement
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    row.markdown(f"**{t('Statement {number}', number=statement.number)}**", width="content")
    with row.container(width="content"):
        statement_paper(key, statement.number)
    statement_view(found)
    payments_list(made, facts.currency)
    _state(facts)
    if facts.exit_pass:
        exit_pass(facts.exit_pass)
        exit_pass_paper(key, facts.exit_pass.number)


def _state(facts: OrderFacts) -> None:
    if facts.owed > 0:
        st.markdown(badge("orange", "payments", t("{sum} owed", sum=money(facts.owed, facts.currency))))
    elif facts.owed < 0:
        st.markdown(badge("red", "undo", t("{sum} to give back", sum=money(-facts.owed, facts.currency))))
    else:
        st.markdown(badge("green", "check", t("paid")))
    if facts.order.credit_by_id:
        st.caption(joined(t("Credit given"), md(facts.order.credit_reason)))
