"""Settings: the tax on labour, parts, outside work and fees, where it is not the garage's own."""

from decimal import Decimal

import streamlit as st

from db.enums import LineKind
from services.tax_rates import kind_rates
from services.tax_settings import set_kind_rate
from ui.act import act, notices
from ui.here import look
from ui.text import Safe, t


@st.fragment
def tax() -> None:
    """One rate a kind, written at once; an empty field is the garage's own rate."""
    with look() as work:
        rates, garage = kind_rates(work), work.garage
    notices("tax")
    own = f"{garage.tax_percent.normalize():f}"
    st.markdown(Safe(f":gray[{t('Tax of the garage: {percent} %', percent=own)}]"))
    for kind, place in zip(LineKind, st.columns(len(LineKind)), strict=True):
        rate = float(rates[kind]) if kind in rates else None
        place.number_input(t(kind.label), 0.0, 100.0, rate, step=1.0, format="%g", key=f"tax_{kind.value}",
                           placeholder=f"{own} %", icon=":material/percent:", on_change=_keep, args=(kind,))  # fmt: skip


def _keep(kind: LineKind) -> None:
    typed = st.session_state[f"tax_{kind.value}"]
    percent = None if typed is None else Decimal(str(typed))
    act(lambda work: set_kind_rate(work, kind, percent), at="tax", done=t("Saved"))
