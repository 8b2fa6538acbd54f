"""How claims go: what was recovered of what was asked, how long they take, by part, by cause, by why they were cut."""

import pandas as pd
import streamlit as st

from db.choice import Label
from db.enums import Payer
from services.claim_figures import ClaimFigures, Recovery, claim_figures
from services.money import show
from ui.here import look
from ui.report_span import span_choice, span_of
from ui.sums import money
from ui.text import Safe, language, plain, t


def figures() -> None:
    """Of the claims made in the days chosen."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="claim_figures_choice")
    name = span_choice(row)
    payer = row.pills(t("Who pays"), [Payer.WARRANTY, Payer.INSURER], key="claim_figures_payer", label_visibility="collapsed",
                      format_func=lambda one: t(one.label))  # fmt: skip
    span = span_of(name)
    with look() as work:
        found, currency = claim_figures(work, span, payer), work.garage.currency
    if not found.all.count:
        st.caption(t("No claim was made in these days."))
        return
    _sums(found, currency)
    for title, rows in (
        (t("By part"), found.by_part), (t("By cause"), found.by_cause), (t("Why they were cut"), found.by_refusal),
    ):  # fmt: skip
        if rows:
            st.markdown(Safe(f"**{title}**"))
            _table(rows, currency, title)


def _sums(found: ClaimFigures, currency: str) -> None:
    all_ = found.all
    share = t("{percent} % of what was asked", percent=round(100 * all_.received / all_.asked)) if all_.asked else None
    refused = t("{n} cut or rejected", n=all_.refused)
    rows = (
        (t("Claimed"), money(all_.asked, currency), t("{n} claims", n=all_.count)),
        (t("Approved"), money(all_.approved, currency), refused),
        (t("Came in"), money(all_.received, currency), share),
        (
            t("Time to the answer"),
            t("{n} days", n=found.days) if found.days is not None else Safe("–"),
            t("on average"),
        ),
        (t("Too late"), Safe(f"{found.late:d}"), t("after the last day")),
    )
    with st.grid(5, min_column_width=170):
        for label, value, below in rows:
            st.metric(label, value, below, delta_color="gray", delta_arrow="off", border=True)


def _table(rows: list[Recovery], currency: str, title: Safe) -> None:
    lang = language()
    table = pd.DataFrame(
        {
            plain("What"): [plain(one.name) if isinstance(one.name, Label) else one.name for one in rows],
            plain("Claims"): [one.count for one in rows],
            plain("Claimed"): [show(one.asked, currency, lang) for one in rows],
            plain("Approved"): [show(one.approved, currency, lang) for one in rows],
            plain("Came in"): [show(one.received, currency, lang) for one in rows],
            plain("Cut or rejected"): [one.refused for one in rows],
        }
    )
    right = {name: st.column_config.TextColumn(alignment="right") for name in table.columns[2:5]}
    st.dataframe(table, hide_index=True, row_height=46, column_config=right, alt=title)
