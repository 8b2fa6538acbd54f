"""Payments as they were made, by receipt, each to be printed."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from db.enums_money import PaymentKind
from db.models import Payment
from services.i18n import N_
from ui.delivery_papers import receipt_paper
from ui.here import here, zone
from ui.sums import money
from ui.text import Safe, joined, md, t
from ui.when import moment

REVERSED = {
    PaymentKind.PAYMENT: N_("Payment reversed"),
    PaymentKind.DEPOSIT: N_("Deposit reversed"),
    PaymentKind.REFUND: N_("Refund reversed"),
}


def payments_list(made: Sequence[Payment], currency: str, *, papers: bool = False) -> None:
    """Every payment and reversal, oldest first; with `papers` each receipt to print."""
    for number, rows in groupby(made, key=lambda payment: payment.number):
        mine = list(rows)
        place = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        with place.container(width="content", gap="xsmall"):
            for payment in mine:
                st.markdown(_line(payment, currency))
        if papers and number:
            with place.container(width="content", horizontal=True, gap="small"):
                receipt_paper(mine[0])


def kind_words(payment: Payment) -> Safe | None:
    """What it was for, where it is not a plain payment."""
    if payment.reverses_id:
        return t(REVERSED[payment.kind])
    return None if payment.kind == PaymentKind.PAYMENT else t(payment.kind.label)


def _line(payment: Payment, currency: str) -> Safe:
    change = t("change {sum}", sum=money(payment.change, currency)) if payment.change else None
    at = moment(payment.at, here().clock(), zone())
    words = joined(at, kind_words(payment), t(payment.method.label), money(payment.amount, currency), change,
                   md(payment.reason))  # fmt: skip
    return Safe(f":material/{payment.method.icon}: {words}")
