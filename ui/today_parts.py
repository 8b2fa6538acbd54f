"""The parts of Today: five figures, what needs someone, the load of the bays."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from altair import LayerChart

from db.choice import Label
from services.money import Sum
from services.permissions import may_open
from services.today import Load, Today, Trouble, today
from ui.charts import load_chart
from ui.discount_answer import discount_requests
from ui.here import here, look, person, zone
from ui.live_feed import live
from ui.order_task_rows import order_task_rows
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import clock
from web.live_feed import board as feed

ALL = "troubles_all"
SEEN = 8  # what needs someone fits on one screen; the rest is a tap away
Wall = datetime  # a naive wall-clock time, as charts want it


@st.fragment
def today_board() -> None:
    """The whole state of the day; it redraws when something happened anywhere in the garage."""
    seen, now = feed.version, here().clock()
    with look() as work:
        state = today(work)
        currency = work.garage.currency
    figures(state, now, currency)
    order_task_rows("today")
    discount_requests()
    parts = st.grid(5, min_column_width=190)  # one below the other on an upright tablet, where three columns fit
    with parts.cell(column_span=3):
        troubles(state.troubles)
    with parts.cell(column_span=2):
        load(state.load, now, zone())
    live("today_feed", seen=seen)


def figures(state: Today, now: datetime, currency: str) -> None:
    """What is expected, in the shop, late, ready, to call."""
    late, overdue = len(state.late), state.calls_overdue
    rows = (
        (t("Expected"), len(state.expected), _next(state, now), False),
        (t("In the shop"), len(state.in_shop), t("{n} of {all} bays", n=state.bays_used, all=state.bays), False),
        (t("Late or at risk"), late, t("{n} late", n=state.too_late) if late else t("all in time"), bool(late)),
        (t("Ready"), len(state.ready), t("{sum} owed", sum=Sum(state.owed, currency)), False),
        (t("Calls due"), state.calls_due, t("{n} overdue", n=overdue), bool(overdue)),
    )
    with st.grid(5, min_column_width=135):
        for label, value, delta, bad in rows:
            st.metric(label, value, delta, delta_color="red" if bad else "gray", delta_arrow="off", border=True)


def _next(state: Today, now: datetime) -> Safe:
    ahead = [
        b.appointment.starts_at for b in state.expected if b.appointment.starts_at and b.appointment.starts_at >= now
    ]
    return t("next {at}", at=clock(ahead[0], zone())) if ahead else t("nobody more today")


def troubles(found: list[Trouble]) -> None:
    """What needs someone now, the gravest first, each with whose it is and one tap to where it is dealt with."""
    count = Safe(f" · {len(found):d}" if found else "")
    st.markdown(Safe(f"**:material/warning: {t('Needs someone now')}{count}**"))
    if not found:
        st.caption(t("Nothing is wrong right now."))
    unfolded, left = st.session_state.get(ALL, False), len(found) - SEEN
    for trouble in found if unfolded else found[:SEEN]:
        _trouble(trouble)
    if left > 0:
        st.button(t("Show fewer") if unfolded else t("Show {n} more", n=left), key="troubles_fold", width="stretch",
                  icon=f":material/{'expand_less' if unfolded else 'expand_more'}:", on_click=_fold)  # fmt: skip


def _fold() -> None:
    st.session_state[ALL] = not st.session_state.get(ALL, False)


def _trouble(trouble: Trouble) -> None:
    name, key = trouble.query
    row = st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"trouble_{name}_{key}"
    )
    said = joined(*(t(what, **params) for what, params in trouble.reasons))
    row.markdown(Safe(f"{badge(trouble.color, 'warning', md(trouble.name))} {said}"), width="stretch")
    owner = t(trouble.owner) if isinstance(trouble.owner, Label) else md(trouble.owner) or t("Open")
    closed = not may_open(person(), trouble.page)
    if row.button(owner, key=f"open_{name}_{key}", icon=":material/person:", disabled=closed):
        st.switch_page(f"../pages/{trouble.page}.py", query_params={name: str(key)})


def load(taken: list[Load], now: datetime, zone: str) -> None:
    """The bays until closing."""
    st.markdown(Safe(f"**:material/garage: {t('Load until closing')}**"))
    if not taken:
        st.caption(t("No bay is taken today."))
        return
    rows = tuple((b.bay, _wall(b.starts, zone), _wall(b.ends, zone), plain(b.kind)) for b in taken)
    kinds = (plain("finished"), plain("in the shop"), plain("booked"))
    chart = _load_chart(rows, kinds, _wall(now, zone).replace(second=0, microsecond=0))
    st.altair_chart(chart, width="stretch", alt=t("Taken time per bay today"))


@lru_cache(maxsize=16)
def _load_chart(rows: tuple[tuple[str, Wall, Wall, str], ...], kinds: tuple[str, ...], now: Wall) -> LayerChart:
    """The same for every tablet until a place changes or a minute passes: making a chart takes longer than drawing the page."""
    table = pd.DataFrame(rows, columns=["bay", "starts", "ends", "kind"])
    opens, closes = table["starts"].min().floor("h"), (table["ends"].max() + timedelta(minutes=59)).floor("h")
    return load_chart(table, list(kinds), pd.Timestamp(now), opens, closes)


def _wall(moment: datetime, zone: str) -> Wall:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
