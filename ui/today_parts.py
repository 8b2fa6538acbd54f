"""The parts of Today: five figures, what needs someone, the load of the bays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from services.money import Sum
from services.permissions import may_open
from services.today import Load, Today, Trouble
from ui.charts import load_chart
from ui.here import person
from ui.text import Safe, md, plain, t
from ui.when import clock

Wall = datetime  # a naive wall-clock time, as charts want it


def figures(state: Today, zone: str, currency: str) -> None:
    """What is expected, in the shop, late, ready, to call."""
    nearest = next((b.appointment.starts_at for b in state.expected if b.appointment.starts_at), None)
    late = len(state.late)
    rows = (
        (
            t("Expected"),
            len(state.expected),
            t("next {at}", at=clock(nearest, zone)) if nearest else t("nobody more today"),
            "off",
        ),
        (t("In the shop"), len(state.in_shop), t("{n} of {all} bays", n=state.bays_used, all=state.bays), False),
        (
            t("Late or at risk"),
            late,
            t("tell the customer") if late else t("all in time"),
            bool(late),
        ),
        (t("Ready"), len(state.ready), t("{sum} owed", sum=Sum(state.owed, currency)), False),
        (
            t("Calls due"),
            state.calls_due,
            t("{n} overdue", n=state.calls_overdue),
            bool(state.calls_overdue),
        ),
    )
    with st.grid(5, min_column_width=150):
        for label, value, delta, bad in rows:
            st.metric(label, value, delta, delta_color="inverse" if bad else "off", delta_arrow="off", border=True)


def troubles(found: list[Trouble]) -> None:
    """What needs someone now, the gravest first, each with whose it is and one tap to where it is dealt with."""
    st.markdown(Safe(f"**:material/warning: {t('Needs someone now')}**"))
    if not found:
        st.caption(t("Nothing is wrong right now."))
    for number, trouble in enumerate(found):
        _trouble(trouble, number)


def _trouble(trouble: Trouble, number: int) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"
    ):
        words = Safe(f":{trouble.color}-badge[**{md(trouble.plate)}**] {t(trouble.what, **trouble.params)}")
        st.markdown(words, width="content")
        label = md(trouble.owner) or t("Open")
        if st.button(
            label, key=f"trouble_{number}", icon=":material/person:", disabled=not may_open(person(), trouble.page)
        ):
            name, key = trouble.query
            st.switch_page(f"../pages/{trouble.page}.py", query_params={name: str(key)})


def load(taken: list[Load], now: datetime, zone: str) -> None:
    """The bays until closing."""
    st.markdown(Safe(f"**:material/garage: {t('Load until closing')}**"))
    if not taken:
        st.caption(t("No bay is taken today."))
        return
    kinds = [plain("finished"), plain("in the shop"), plain("booked")]
    rows = pd.DataFrame(
        {"bay": b.bay, "starts": _wall(b.starts, zone), "ends": _wall(b.ends, zone), "kind": plain(b.kind)}
        for b in taken
    )
    opens, closes = rows["starts"].min().floor("h"), (rows["ends"].max() + timedelta(minutes=59)).floor("h")
    chart = load_chart(rows, kinds, pd.Timestamp(_wall(now, zone)), opens, closes)
    st.altair_chart(chart, width="stretch", alt=t("Taken time per bay today"))


def _wall(moment: datetime, zone: str) -> Wall:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
