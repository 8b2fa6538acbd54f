"""The customer's signature under a statement; what was taken back."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from db.models import Statement
from services.consent_rows import Signature
from services.i18n import N_
from services.issued import Issued
from services.statement_sign import sign_statement
from ui.act import act, notices
from ui.delivery_papers import statement_paper
from ui.here import here, zone
from ui.photos import photo
from ui.signature import Signed, signature
from ui.sums import money
from ui.text import badge, joined, md, t
from ui.when import moment


def statement_signature(found: Issued) -> None:
    """The signature with its moment, or the pad, which opens by a tap."""
    key = found.statement.id
    notices(_place(key))
    if found.signature:
        at = moment(found.signature.at, here().clock(), zone())
        st.markdown(badge("green", "signature", joined(t("Signed by the customer"), at)))
        photo(found.signature, N_("Signature"))
        return
    opened = f"statement_pad_{key}"
    if not st.session_state.get(opened):
        st.button(
            t("Customer signs"), icon=":material/signature:", key=f"open_pad_{key}", on_click=_open, args=(opened,)
        )
        return
    label = t(
        "I have received this statement over {sum}.",
        sum=money(found.statement.customer_share, found.statement.currency),
    )
    signature(f"statement_sign_{key}", label=str(label).replace("\\", ""), accept=str(t("Sign")), clear=str(t("Clear")),
              on_signed=partial(_signed, key))  # fmt: skip


def taken_back(gone: Sequence[Statement]) -> None:
    """Statements that no longer count and the credit notes that took them back, each to print."""
    for one in gone:
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        name = (
            t("Credit note {number}", number=one.number)
            if one.reverses_id
            else t("Statement {number}", number=one.number)
        )
        state = md(one.reason) if one.reverses_id else badge("gray", "assignment_return", t("taken back"))
        at = moment(one.at, here().clock(), zone())
        row.markdown(joined(name, at, money(one.total, one.currency), state), width="content")
        with row.container(width="content"):
            statement_paper(one)


def _place(key: int) -> str:
    return f"statement_{key}"


def _open(opened: str) -> None:
    st.session_state[opened] = True


def _signed(key: int, signed: Signed) -> None:
    drawn = Signature(signed.png, signed.strokes)
    act(lambda work: sign_statement(work, key, signature=drawn), done=t("Signed"), at=_place(key))
