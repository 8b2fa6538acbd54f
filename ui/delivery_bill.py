"""The statement on the screen: issuing it, taking it back; what differs from what was agreed is explained first."""

from decimal import Decimal

import streamlit as st

from db.enums import Payer
from db.enums_money import Difference
from db.models import Statement, StatementLine
from services.differences import REASONS, Compared
from services.estimates import by_rate, excess_in, rates_in, together
from services.issued import Issued
from services.money import Sum
from services.order_facts import OrderFacts
from services.papers import quantity_words
from services.settlement import bill, credit_note, differences_of, standing, statements
from services.tax_rates import rate_of
from services.work import Work
from ui.charge_less import charged_undone, less_button
from ui.delivery_form import save_button, step, typed_in
from ui.discount_list import discount_button, discount_list
from ui.here import look
from ui.statement_table import Row, lines_table, sums_table
from ui.text import Safe, joined, md, t


def bill_form(facts: OrderFacts) -> None:
    """The statement as it would be issued now."""
    with look() as work:
        compared, garage = differences_of(work, facts), work.garage
    shares = by_rate([one.line for one in compared], garage, facts.excess)
    payers = {payer: together(rates.values()).total for payer, rates in shares.items()}
    rows = [Row(one.line, one.charged, one.agreed, rate_of(one.line, garage),
                quantity_words(one.line.quantity, one.line.unit), one.difference, unexplained=one.unexplained)
            for one in compared]  # fmt: skip
    lines_table(rows, facts.currency)
    open_ones = [one for one in compared if one.unexplained]
    for one in open_ones:
        _ask(one, facts.currency)
    sums = together(one for rates in shares.values() for one in rates.values())
    own = excess_in([one.line for one in compared], garage, facts.excess)
    sums_table(sums, rates_in(shares.values()), payers, facts.currency, own)
    st.session_state[_seen(facts)] = (payers.get(Payer.CUSTOMER, Decimal(0)), [one.line.id for one in open_ones])
    charged_undone(facts)
    discount_list(facts)
    with st.container(horizontal=True, gap="small"):
        discount_button(facts)
        less_button(facts)
    save_button("bill", facts, _bill)


def statement_view(found: Issued) -> None:
    """A statement as issued."""
    statement = found.statement
    rows = [Row(line, line.total, line.agreed, _rate(line, statement), found.quantity(line), line.difference,
                line.difference_words)
            for line in found.lines]  # fmt: skip
    lines_table(rows, statement.currency)
    payers = {payer: one.total for payer, one in found.payers.items()}
    payers[Payer.CUSTOMER] = statement.customer_share
    sums_table(found.total, found.rates, payers, statement.currency, found.excess)


def _rate(line: StatementLine, statement: Statement) -> Decimal:
    """The tax on a line; those from before there were several have the statement's."""
    return statement.tax_percent if line.tax_percent is None else line.tax_percent


def credit_note_form(facts: OrderFacts) -> None:
    """Why the statement is taken back."""
    st.text_input(t("Reason"), key=f"note_reason_{facts.order.id}", max_chars=300)
    save_button("credit_note", facts, _credit_note)


def _ask(one: Compared, currency: str) -> None:
    """Why a line costs less than was agreed, where it does not tell by itself."""
    key = one.line.id
    with st.container(border=True, gap="small", key=f"why_{key}"):
        agreed = Sum(one.agreed or Decimal(0), currency)
        st.markdown(joined(Safe(f"**{md(one.line.title)}**"),
                           t("agreed {agreed}, charged {sum}", agreed=agreed, sum=Sum(one.charged, currency))))  # fmt: skip
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        said = row.pills(t("Why less?"), REASONS, format_func=lambda reason: t(reason.label), key=f"why_less_{key}")
        if said:
            row.text_input(t("In words"), key=f"why_words_{key}", max_chars=300)


def _seen(facts: OrderFacts) -> str:
    return f"bill_seen_{facts.order.id}"


def _bill(facts: OrderFacts) -> None:
    seen, asked = st.session_state[_seen(facts)]
    said: dict[int, tuple[Difference, str]] = {
        key: (st.session_state[f"why_less_{key}"], typed_in(f"why_words_{key}"))
        for key in asked
        if st.session_state.get(f"why_less_{key}")
    }
    step(lambda work: bill(work, facts.order.id, differences=said, seen=seen), facts, "bill", t("Statement issued"))


def _credit_note(facts: OrderFacts) -> None:
    field = f"note_reason_{facts.order.id}"
    reason = typed_in(field)
    step(lambda work: _take_back(work, facts.order.id, reason), facts, "credit_note", t("Statement taken back"), field)


def _take_back(work: Work, order_id: int, reason: str) -> object:
    found = standing(statements(work, order_id))
    return credit_note(work, found.id, reason=reason) if found else None
