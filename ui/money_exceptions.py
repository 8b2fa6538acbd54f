"""Discounts, credit and what was taken back, as a table: a tap on a row opens the order."""

import pandas as pd
import streamlit as st

from db.choice import Label
from services.money import show
from services.money_exceptions import Exceptional
from ui.here import show_record, zone
from ui.text import Safe, language, plain, t
from ui.when import minute_of

KEY = "money_exceptions"


def exceptions_table(found: list[Exceptional], currency: str) -> None:
    """Nothing but a sentence when there is none."""
    st.markdown(Safe(f"**:material/sell: {t('Discounts, credit and what was taken back')} · {len(found):d}**"))
    if not found:
        st.caption(t("Nothing of the kind on these days."))
        return
    st.dataframe(
        pd.DataFrame(_cells(one, currency) for one in found), hide_index=True, row_height=46, key=KEY,
        height=min(74 + 46 * len(found), 420), selection_mode="single-cell", on_select=lambda: _open(found),
        column_config={plain("Sum"): st.column_config.Column(alignment="right")},
        alt=t("Discounts, credit and what was taken back"),
    )  # fmt: skip


def _cells(one: Exceptional, currency: str) -> dict[str, str]:
    reason = plain(one.reason) if isinstance(one.reason, Label) else one.reason
    return {
        plain("When"): minute_of(one.at, zone()),
        plain("Plate"): one.plate,
        plain("What"): plain(one.what),
        plain("Sum"): show(one.amount, currency, language()) if one.amount is not None else "",
        plain("Reason"): " · ".join(part for part in (reason, one.note) if part),
        plain("By whom"): one.by,
        plain("Number"): one.number,
    }


def _open(found: list[Exceptional]) -> None:
    cells = st.session_state[KEY]["selection"]["cells"]
    if cells:
        show_record("order", found[cells[0][0]].order_id)
