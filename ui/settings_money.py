"""Settings: what stands on papers about money, how money is taken. Each part is one tap from the others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
    with _form("invoice", 640, change_invoice):
        st.text_input(t("Tax number"), row.tax_number, key="invoice_tax_number", max_chars=40)
        st.text_input(t("Bank account"), row.bank, key="invoice_bank", max_chars=200)


@st.fragment
def deadlines() -> None:
    """How long is waited before the next reminder, and for a claim."""
    with look() as work:
        row = work.garage
    with _form("deadlines", 400, change_deadlines):
        st.number_input(t("Days between two reminders"), 1, 365, row.remind_days, key="deadlines_remind_days")
        st.number_input(t("Days to hand in a claim"), 1, 365, row.claim_days, key="deadlines_claim_days")


@contextmanager
def _form(name: str, width: int, change: Callable[..., object]) -> Iterator[None]:
    """Fields called by the form and what `change` takes, saved together."""
    with st.form(f"settings_{name}", width=width):
        yield
        notices(name)
        st.form_submit_button(
            t("Save"), type="primary", on_click=_save, icon=":material/save:", key=f"{name}_save", args=(name, change)
        )


def _save(name: str, change: Callable[..., object]) -> None:
    fields = typed(name)
    fields.pop("save", None)
    act(lambda work: change(work, **fields) or True, done=t("Saved"), at=name)


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "invoice": (N_("On papers"), invoice),
    "methods": (N_("Ways to pay"), methods),
    "tax": (N_("Tax rates"), tax),
    "deadlines": (N_("Deadlines"), deadlines),
}
