"""The lines of a statement with what was agreed beside what is charged, and the sums below them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from db.enums import LineKind, Payer
from db.enums_money import Difference
from db.models import OrderLine, StatementLine
from services.estimates import Rates, Total
from ui.sums import money, tax_words
from ui.text import Safe, badge, joined, md, t


@dataclass(frozen=True)
class Row:
    """One line; `agreed` is what it may come to, None where no sum was agreed; `quantity` with its unit."""

    line: OrderLine | StatementLine
    charged: Decimal
    agreed: Decimal | None
    percent: Decimal
    quantity: str
    difference: Difference | None = None
    words: str = ""
    unexplained: bool = False


def lines_table(rows: Sequence[Row], currency: str) -> None:
    """Labour, parts, outside work and fees under their names, sums to the right; the rate of tax only where there are several."""
    several = len({row.percent for row in rows}) > 1
    titles = (t("What"), t("Pays"), t("Quantity"), *((t("Tax rate"),) if several else ()), t("Agreed"), t("Charged"))
    body = [Safe("|".join((":--", ":--", *("--:" for _ in titles[2:]))))]
    for kind in LineKind:
        mine = [row for row in rows if row.line.kind == kind]
        if mine:
            together = money(sum((row.charged for row in mine), Decimal(0)), currency)
            body.append(Safe(f"**{t(kind.label)}**" + " | " * (len(titles) - 1) + f"**{together}**"))
            body += [_row(row, currency, several) for row in mine]
    st.markdown(joined(joined(*titles, by=" | "), *body, by="\n"))


def _row(row: Row, currency: str, several: bool) -> Safe:
    line = row.line
    before = money(row.agreed, currency) if row.agreed is not None else Safe("–")
    percent = md(f"{line.payer_percent}\u00a0%") if line.payer_percent < 100 else None
    tax = (md(f"{row.percent.normalize():f}\u00a0%"),) if several else ()
    cells = (
        joined(md(line.title), why(row), by=" "),
        joined(t(line.payer.label), percent, by=" "),
        md(row.quantity.replace(" ", "\u00a0")),
        *tax,
        before,
        money(row.charged, currency),
    )
    return joined(*cells, by=" | ")


def why(row: Row) -> Safe | None:
    """Why the line is charged otherwise than agreed; a mark where nobody has said so yet."""
    if row.unexplained:
        return badge("orange", "help", t("Why less?"))
    if row.difference is None:
        return None
    return badge(row.difference.color, row.difference.icon, joined(t(row.difference.label), md(row.words), by=": "))


def sums_table(total: Total, rates: Rates, payers: Mapping[Payer, Decimal], currency: str, excess: Decimal) -> None:
    """Net, tax at each rate, total, and who pays which share; the customer's large, with what of it is the insurer's
    excess."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    taxes = [tax_words(rate, one.tax, currency) for rate, one in rates.items()]
    figures = (
        t("Net {sum}", sum=money(total.net, currency)),
        *taxes,
        t("Total {sum}", sum=money(total.total, currency)),
    )
    row.markdown(joined(*figures), width="content")
    others = [
        joined(t(payer.label), money(part, currency), by=" ")
        for payer, part in payers.items()
        if payer != Payer.CUSTOMER
    ]
    if others:
        row.markdown(joined(*others), width="content")
    share = money(payers.get(Payer.CUSTOMER, Decimal(0)), currency)
    with row.container(gap=None, width="content", horizontal_alignment="right"):
        st.subheader(t("Customer pays {sum}", sum=share), anchor=False, width="content")
        if excess:
            st.caption(t("with the excess of {sum}", sum=money(excess, currency)), width="content")
