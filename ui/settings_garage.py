"""Settings: who the garage is, and how it works."""

from decimal import Decimal
from typing import Any

import streamlit as st

from db.models import Garage
from services.garage import Rules, change_garage, change_rules
from services.i18n import LANGUAGES
from ui.act import act, notices
from ui.here import look
from ui.text import t


@st.fragment
def garage() -> None:
    """Name, address, phone, language, tax and hourly rate."""
    with look() as work:
        row = work.garage
    with st.form("settings_garage"):
        st.text_input(t("Name of the garage"), row.name, key="garage_name")
        st.text_input(t("Address"), row.address, key="garage_address")
        left, right = st.columns(2)
        left.text_input(t("Phone"), row.phone, key="garage_phone", type="phone")
        right.selectbox(
            t("Language"),
            list(LANGUAGES),
            list(LANGUAGES).index(row.language),
            LANGUAGES.__getitem__,
            key="garage_language",
        )
        left.number_input(
            t("Labour rate per hour"), 0.0, None, float(row.labour_rate), key="garage_rate", icon=_currency(row)
        )
        right.number_input(t("Tax in percent"), 0.0, 100.0, float(row.tax_percent), key="garage_tax")
        st.toggle(t("Prices include tax"), row.tax_included, key="garage_tax_included")
        notices("garage")
        st.form_submit_button(
            t("Save"), type="primary", on_click=_save_garage, icon=":material/save:", key="garage_save"
        )


def _currency(row: Garage) -> str:
    known = {
        "EUR": "euro",
        "GBP": "currency_pound",
        "CNY": "currency_yuan",
        "JPY": "currency_yen",
        "USD": "attach_money",
    }
    return f":material/{known.get(row.currency, 'payments')}:"


def _save_garage() -> None:
    fields = typed("garage")
    act(
        lambda work: change_garage(
            work,
            name=fields["name"],
            address=fields["address"],
            phone=fields["phone"],
            language=fields["language"],
            tax_percent=_exact(fields["tax"]),
            tax_included=fields["tax_included"],
            labour_rate=_exact(fields["rate"]),
        ),
        done=t("Saved"),
        at="garage",
    )


@st.fragment
def rules() -> None:
    """How long is waited, when is called, who checks."""
    with look() as work:
        row = work.garage
    with st.form("settings_rules"):
        st.number_input(t("Minutes until a no-show"), value=row.grace_minutes, key="rules_grace_minutes")
        st.number_input(t("Seconds until the greeting"), value=row.greeting_seconds, key="rules_greeting_seconds")
        st.number_input(t("Days until the follow-up call"), value=row.follow_up_days, key="rules_follow_up_days")
        st.toggle(t("One person may check their own work"), row.own_work_checks, key="rules_own_work_checks")
        notices("rules")
        st.form_submit_button(t("Save"), type="primary", on_click=_save_rules, icon=":material/save:", key="rules_save")


def _save_rules() -> None:
    fields = typed("rules")
    act(
        lambda work: change_rules(work, rules=Rules(**{name: fields[name] for name in Rules.__annotations__})),
        done=t("Saved"),
        at="rules",
    )


def typed(form: str) -> dict[str, Any]:
    """The fields of a form by their bare names; only real fields, not the button."""
    prefix = f"{form}_"
    return {
        str(key).removeprefix(prefix): value for key, value in st.session_state.items() if str(key).startswith(prefix)
    }


def _exact(number: float | None) -> Decimal:
    """What a number field shows, without the noise of binary fractions."""
    return Decimal(str(number or 0)).quantize(Decimal("0.001"))
