"""The charts of the reports: load by hour, why wishes were not met, how long ahead is booked, by which way and by whom."""

from collections import Counter
from functools import lru_cache

import altair as alt
import pandas as pd
import streamlit as st

from db.choice import Label
from services.bay_load import BayLoad
from services.i18n import N_
from services.indicators import Indicator, minutes_of
from ui.report_charts import bar_chart, heat_chart
from ui.text import Safe, plain, t
from ui.when import weekday_name

_DAY = 24 * 60
# (below so many days, in words)
_AHEAD = ((1, N_("same day")), (2, N_("1 day")), (4, N_("2 to 3 days")), (8, N_("4 to 7 days")), (15, N_("8 to 14 days")),
          (10**6, N_("over 14 days")))  # fmt: skip
Bar = tuple[str, int, str]  # name, count, kind


def charts(found: list[Indicator], load: BayLoad) -> None:
    """All charts; one below the other on an upright tablet."""
    by_key = {one.key: one for one in found}
    _load(load)
    with st.grid(3, min_column_width=300):
        _bars(t("Why wishes were not met"), _reasons(by_key["unmet"]), N_("Every wish was met."))
        _bars(t("How long ahead"), _lead(by_key["lead"]), N_("No booking was made."))
        _bars(t("How bookings came"), _channels(by_key["called"]), N_("No booking was made."))


def _load(load: BayLoad) -> None:
    st.markdown(Safe(f"**:material/garage: {t('Load by hour')}**"))
    if not load.cells:
        st.caption(t("The garage was closed on these days."))
        return
    cells = tuple((day, hour, 100 * taken / open_) for (day, hour), (taken, open_) in sorted(load.cells.items()))
    day, hour, percent = max(cells, key=lambda cell: cell[2])
    names = tuple(weekday_name(number) for number in range(7))
    alt_text = t(
        "Load by hour. Fullest: {day} {hour}:00, {percent} %", day=names[day], hour=hour, percent=round(percent)
    )
    st.altair_chart(_heat(cells, names), width="stretch", alt=alt_text)


@lru_cache(maxsize=16)
def _heat(cells: tuple[tuple[int, int, float], ...], names: tuple[str, ...]) -> alt.LayerChart:
    """The same for every tablet until a place changes: making a chart takes longer than drawing the page."""
    rows = [(names[day], f"{hour}:00", percent, f"{percent:.0f} %") for day, hour, percent in cells]
    table = pd.DataFrame(rows, columns=["day", "hour", "percent", "words"])
    hours = [f"{hour}:00" for hour in sorted({hour for _, hour, _ in cells})]
    return heat_chart(table, [name for name in names if name in set(table["day"])], hours)


def _bars(title: Safe, bars: tuple[Bar, ...], empty: str) -> None:
    with st.container():
        st.markdown(Safe(f"**{title}**"))
        if bars:
            words = ", ".join(name for name, _, _ in bars)
            st.altair_chart(_bar(bars), width="stretch", alt=t("{title}: {words}", title=title, words=words))
        else:
            st.caption(t(empty))


@lru_cache(maxsize=32)
def _bar(bars: tuple[Bar, ...]) -> alt.Chart:
    table = pd.DataFrame(bars, columns=["name", "count", "kind"])
    kinds = [kind for kind in dict.fromkeys(table["kind"]) if kind]
    return bar_chart(table, list(dict.fromkeys(table["name"])), kinds)


def _named(name: str, count: int) -> str:
    return f"{name} · {count}"


def _reasons(unmet: Indicator) -> tuple[Bar, ...]:
    """Wishes not met by reason, the most frequent first."""
    reasons = Counter(
        plain(row.words[0]) for row in unmet.rows if row.counts and row.words and isinstance(row.words[0], Label)
    )
    return tuple((_named(name, count), count, "") for name, count in reasons.most_common())


def _lead(lead: Indicator) -> tuple[Bar, ...]:
    """Bookings by how many days ahead they were made."""
    days = [minutes / _DAY for minutes in minutes_of(lead.rows)]
    counts, below = [], 0
    for limit, name in _AHEAD if days else ():
        so_far = sum(one < limit for one in days)
        counts.append((plain(name), so_far - below))
        below = so_far
    return tuple((_named(name, count), count, "") for name, count in counts)


def _channels(called: Indicator) -> tuple[Bar, ...]:
    """Bookings by the way they came, and by who began."""
    garage, customer = plain("Garage called"), plain("Customer asked")
    all_ = Counter(plain(row.words[0]) for row in called.rows)
    ours = Counter(plain(row.words[0]) for row in called.rows if row.counts)
    bars = [(_named(name, count), part, kind) for name, count in all_.most_common()
            for kind, part in ((customer, count - ours[name]), (garage, ours[name])) if part]  # fmt: skip
    return tuple(sorted(bars, key=lambda bar: bar[2] == garage))
