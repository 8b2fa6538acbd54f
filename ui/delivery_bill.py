"""The statement on the screen: every line with what was quoted beside what is charged, the shares, tax and total."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from db.enums import LineKind, Payer
from db.models import OrderLine, Statement, StatementLine
from services.estimates import Total, total_of
from services.order_facts import OrderFacts
from services.payments import credit
from services.settlement import (
    agreed,
    agreed_lines,
    bill,
    credit_note,
    reckon,
    shares,
    standing,
    statement_lines,
    statements,
)
from services.work import Work
from ui.delivery_form import save_button, step, typed_in
from ui.here import look
from ui.sums import money
from ui.text import Safe, joined, md, t

Line = OrderLine | StatementLine


def bill_form(facts: OrderFacts) -> None:
    """The statement as it would be issued now."""
    lines = agreed_lines(facts.lines)
    with look() as work:
        quoted, sums, parts = (
            agreed(work, facts.order.id),
            reckon(lines, work.garage),
            shares(lines, work.garage, facts.excess),
        )
    charged = [(line, total_of(line, facts.currency), quoted.get(line.id)) for line in lines]
    lines_table(charged, facts.currency)
    sums_table(sums, parts, facts.currency)
    save_button("bill", facts, _bill)


def statement_view(statement: Statement, lines: Sequence[StatementLine], quoted: Mapping[int, Decimal]) -> None:
    """A statement as issued."""
    lines_table([(line, line.total, quoted.get(line.line_id or 0)) for line in lines], statement.currency)
    total = Total(statement.net, statement.tax, statement.total)
    sums_table(total, {Payer.CUSTOMER: statement.customer_share}, statement.currency)


def lines_table(rows: Sequence[tuple[Line, Decimal, Decimal | None]], currency: str) -> None:
    """One row a line; labour and parts by their kind, sums to the right."""
    titles = (t("Kind"), t("What"), t("Pays"), t("Quantity"), t("Agreed"), t("Charged"))
    ordered = sorted(rows, key=lambda row: list(LineKind).index(row[0].kind))
    body = [_row(line, charged, quoted, currency) for line, charged, quoted in ordered]
    st.markdown(joined(joined(*titles, by=" | "), Safe(":--|:--|:--|--:|--:|--:"), *body, by="\n"))


def _row(line: Line, charged: Decimal, quoted: Decimal | None, currency: str) -> Safe:
    before = money(quoted, currency) if quoted is not None else Safe("–")
    quantity = md(f"{line.quantity.normalize():f}")
    percent = md(f"{line.payer_percent} %") if line.payer_percent < 100 else None
    payer = joined(t(line.payer.label), percent, by=" ")
    cells = (t(line.kind.label), md(line.title), payer, quantity, before, money(charged, currency))
    return joined(*cells, by=" | ")


def sums_table(sums: Total, parts: Mapping[Payer, Decimal], currency: str) -> None:
    """Net, tax, total, and who pays which share; the customer's large."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    figures = (t("Net {sum}", sum=money(sums.net, currency)), t("Tax {sum}", sum=money(sums.tax, currency)),
               t("Total {sum}", sum=money(sums.total, currency)))  # fmt: skip
    row.markdown(joined(*figures), width="content")
    others = [
        joined(t(payer.label), money(part, currency), by=" ")
        for payer, part in parts.items()
        if payer != Payer.CUSTOMER
    ]
    if others:
        row.markdown(joined(*others), width="content")
    share = money(parts.get(Payer.CUSTOMER, Decimal(0)), currency)
    row.subheader(t("Customer pays {sum}", sum=share), anchor=False, width="content")


def credit_form(facts: OrderFacts) -> None:
    """Why the car may leave unpaid."""
    st.markdown(t("{sum} is owed.", sum=money(facts.owed, facts.currency)))
    st.text_input(t("Reason"), key=f"credit_reason_{facts.order.id}", max_chars=300)
    save_button("credit", facts, _credit)


def credit_note_form(facts: OrderFacts) -> None:
    """Why the statement is taken back."""
    st.text_input(t("Reason"), key=f"note_reason_{facts.order.id}", max_chars=300)
    save_button("credit_note", facts, _credit_note)


def load_statement(work: Work, order_id: int) -> tuple[Statement, list[StatementLine], dict[int, Decimal]] | None:
    """The statement that counts, its lines, and what was agreed by line."""
    found = standing(statements(work, order_id))
    return (found, statement_lines(work, found.id), agreed(work, order_id)) if found else None


def _bill(facts: OrderFacts) -> None:
    step(lambda work: bill(work, facts.order.id), facts, "bill", t("Statement issued"))


def _credit(facts: OrderFacts) -> None:
    field = f"credit_reason_{facts.order.id}"
    reason = typed_in(field)
    step(lambda work: credit(work, facts.order.id, reason=reason), facts, "credit", t("Credit given"), field)


def _credit_note(facts: OrderFacts) -> None:
    field = f"note_reason_{facts.order.id}"
    reason = typed_in(field)
    step(lambda work: _take_back(work, facts.order.id, reason), facts, "credit_note", t("Statement taken back"), field)


def _take_back(work: Work, order_id: int, reason: str) -> Statement | None:
    found = standing(statements(work, order_id))
    return credit_note(work, found.id, reason=reason) if found else None
