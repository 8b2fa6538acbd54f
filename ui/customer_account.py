"""What papers about money say of a customer, and how much and how long the customer may owe."""

from decimal import Decimal

import streamlit as st

from db.models import Customer
from services import permissions as may
from services.accounts import DAYS, MOST_DAYS, owes, set_account, set_invoice
from ui.act import act, notices
from ui.here import look, person
from ui.sums import money, sum_input, sum_typed_in
from ui.text import badge, joined, t

PLACE = "account"


def account(row: Customer) -> None:
    """The customer's address and tax number, and the account: the manager's to change, for all others to read."""
    with look() as work:
        owed, currency = owes(work, row.id), work.garage.currency
    notices(PLACE)
    left, right = st.columns(2, gap="medium")
    with left.container(border=True):
        _invoice(row)
    with right.container(border=True):
        _stand(row, owed, currency)
        if person().has(*may.GIVES_CREDIT):
            _limit(row, currency)


def _invoice(row: Customer) -> None:
    key = f"invoice{row.id}_{row.version}"
    st.text_input(t("Address"), row.address, key=f"{key}_address", max_chars=300)
    st.text_input(t("Tax number"), row.tax_number, key=f"{key}_tax_number", max_chars=40)
    st.button(
        t("Save"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save_invoice, args=(row, key)
    )


def _stand(row: Customer, owed: Decimal, currency: str) -> None:
    limit = row.account_limit
    if limit is None:
        st.markdown(badge("gray", "contract", t("No account")))
        if owed:
            st.markdown(t("{sum} owed", sum=money(owed, currency)))
        return
    words = t("{owed} of {limit} owed in all", owed=money(owed, currency), limit=money(limit, currency))
    st.markdown(joined(badge("red" if owed > limit else "green", "contract", words),
                       t("{n} days to pay", n=row.account_days or DAYS)))  # fmt: skip


def _limit(row: Customer, currency: str) -> None:
    key = f"account{row.id}_{row.version}"
    sum_input(t("May owe at most"), f"{key}_limit", currency, row.account_limit)
    st.number_input(t("Days to pay"), 1, MOST_DAYS, row.account_days or DAYS, key=f"{key}_days")
    line = st.container(horizontal=True, gap="small")
    line.button(t("Save the account"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save_limit,
                args=(row, key))  # fmt: skip
    if row.account_limit is not None:
        line.button(t("End the account"), icon=":material/close:", key=f"{key}_end", on_click=_end, args=(row,))


def _save_invoice(row: Customer, key: str) -> None:
    address, number = st.session_state[f"{key}_address"], st.session_state[f"{key}_tax_number"]
    act(
        lambda work: set_invoice(work, row.id, row.version, address=address, tax_number=number),
        done=t("Saved"),
        at=PLACE,
    )


def _save_limit(row: Customer, key: str) -> None:
    limit, days = sum_typed_in(f"{key}_limit") or Decimal(0), st.session_state[f"{key}_days"]
    act(lambda work: set_account(work, row.id, row.version, limit=limit, days=days), done=t("Saved"), at=PLACE)


def _end(row: Customer) -> None:
    act(lambda work: set_account(work, row.id, row.version, limit=None), done=t("Saved"), at=PLACE)
