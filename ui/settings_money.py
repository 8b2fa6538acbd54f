"""Settings: what stands on papers about money, how money is taken. Each part is one tap from the others."""

from collections.abc import Callable

import streamlit as st

from services.garage import change_deadlines, change_invoice
from services.i18n import N_
from ui.act import act, notices
from ui.here import look
from ui.settings_garage import typed
from ui.settings_methods import methods
from ui.settings_tax import tax
from ui.text import t


def money() -> None:
    """The part chosen, drawn below the choice."""
    part = st.segmented_control(t("Money"), list(PARTS), default=next(iter(PARTS)), key="money_part", required=True,
                                format_func=lambda name: t(PARTS[name][0]), label_visibility="collapsed")  # fmt: skip
    PARTS[part][1]()


@st.fragment
def invoice() -> None:
    """The garage's tax number and bank account."""
    with look() as work:
        row = work.garage
    with st.form("settings_invoice", width=640):
        st.text_input(t("Tax number"), row.tax_number, key="invoice_tax_number", max_chars=40)
        st.text_input(t("Bank account"), row.bank, key="invoice_bank", max_chars=200)
        notices("invoice")
        st.form_submit_button(
            t("Save"), type="primary", on_click=_save_invoice, icon=":material/save:", key="invoice_save"
        )


def _save_invoice() -> None:
    fields = typed("invoice")
    act(
        lambda work: change_invoice(work, tax_number=fields["tax_number"], bank=fields["bank"]),
        done=t("Saved"),
        at="invoice",
    )


@st.fragment
def deadlines() -> None:
    """How long is waited before the next reminder, and for a claim."""
    with look() as work:
        row = work.garage
    with st.form("settings_deadlines", width=400):
        st.number_input(t("Days between two reminders"), 1, 365, row.remind_days, key="deadlines_remind_days")
        st.number_input(t("Days to hand in a claim"), 1, 365, row.claim_days, key="deadlines_claim_days")
        notices("deadlines")
        st.form_submit_button(
            t("Save"), type="primary", on_click=_save_deadlines, icon=":material/save:", key="deadlines_save"
        )


def _save_deadlines() -> None:
    fields = typed("deadlines")
    act(
        lambda work: change_deadlines(work, remind_days=fields["remind_days"], claim_days=fields["claim_days"]),
        done=t("Saved"),
        at="deadlines",
    )


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "invoice": (N_("On papers"), invoice),
    "methods": (N_("Ways to pay"), methods),
    "tax": (N_("Tax rates"), tax),
    "deadlines": (N_("Deadlines"), deadlines),
}
