"""Payments as they were made, by receipt, each to be printed."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from db.enums_money import PaymentKind
from db.models import Payment
from services.i18n import LANGUAGES, N_
from services.receipts import receipt_pdf
from services.reprints import is_copy
from services.work import reading, unit_of_work
from services.workspace import Workspace
from ui.delivery_papers import record_link
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
                _print(mine[0], number)


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


def _print(payment: Payment, number: str) -> None:
    for lang, name in LANGUAGES.items():
        st.download_button(
            joined(t("Receipt"), md(name), by=" "),
            partial(_make, here(), payment.id, lang, record_link(payment.order_id)),
            file_name=f"{number}-{lang}.pdf",
            mime="application/pdf",
            key=f"paper_{number}_{lang}",
            icon=":material/print:",
            on_click="ignore",
        )


def _make(ws: Workspace, payment_id: int, lang: str, link: str) -> bytes:
    with unit_of_work(ws) as work:
        copy = is_copy(work, work.get(Payment, payment_id))
    with reading(ws) as work:
        return receipt_pdf(work, payment_id, language=lang, copy=copy, code=link)
