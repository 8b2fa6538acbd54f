"""Charts of the reports, as pure functions of a DataFrame. Ground and ink of every mark are given, so that they read on light
and dark alike, and every value stands in words beside its colour."""

import altair as alt
import pandas as pd

BAR = "#2A8F8C"  # reads on white and on the dark ground
BARS = (BAR, "#B9812E")
LOW, HIGH = "#DCEDEC", "#0B6E6E"  # the load of an hour, from empty to full
DARK, LIGHT = "#15202B", "#FFFFFF"
ROW = 34  # pixels of a line


def heat_chart(rows: pd.DataFrame, days: list[str], hours: list[str]) -> alt.LayerChart:
    """The load by weekday and hour. `rows`: day, hour, percent (0 to 100), words."""
    base = alt.Chart(rows).encode(
        x=alt.X("hour:N", title=None, sort=hours, axis=alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False)),
        y=alt.Y("day:N", title=None, sort=days, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[alt.Tooltip("day:N", title=" "), alt.Tooltip("hour:N", title=" "), alt.Tooltip("words:N", title=" ")],
    )
    most = max(float(rows["percent"].max()), 1.0)
    cells = base.mark_rect(cornerRadius=4, stroke="transparent", strokeWidth=3).encode(
        color=alt.Color("percent:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[LOW, HIGH]))
    )
    words = base.mark_text(fontSize=13).encode(
        text="words:N", color=alt.condition(alt.datum.percent > most * 0.55, alt.value(LIGHT), alt.value(DARK))
    )
    chart: alt.LayerChart = alt.LayerChart(layer=[cells, words], height=alt.Step(ROW))
    return chart


def bar_chart(rows: pd.DataFrame, order: list[str], kinds: list[str]) -> alt.Chart:
    """Counts as bars, one line each. `rows`: name (with its count in words), count, kind; without `kinds` in one colour."""
    color = alt.Color(
        "kind:N", title=None, sort=kinds, legend=alt.Legend(orient="top"), scale=alt.Scale(domain=kinds, range=list(BARS))
    )  # fmt: skip
    chart: alt.Chart = (
        alt.Chart(rows, height=alt.Step(ROW))
        .mark_bar(cornerRadius=3, height=18, color=BAR)
        .encode(
            x=alt.X("count:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d", tickCount=5)),
            y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=260, domain=False, ticks=False)),
            tooltip=[alt.Tooltip("name:N", title=" ")],
            **({"color": color} if kinds else {}),
        )
    )
    return chart
