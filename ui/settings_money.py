"""Settings: what stands on papers about money, how money is taken. Each part is one tap from the others."""

from collections.abc import Callable

import streamlit as st

from services.garage import change_invoice
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


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "invoice": (N_("On papers"), invoice),
    "methods": (N_("Ways to pay"), methods),
    "tax": (N_("Tax rates"), tax),
}
