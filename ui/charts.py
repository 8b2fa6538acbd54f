"""Charts, as pure functions of a DataFrame."""

import altair as alt
import pandas as pd

COLORS = ("#9FB3BC", "#0B6E6E", "#E0A030")


def load_chart(
    rows: pd.DataFrame, kinds: list[str], now: pd.Timestamp, opens: pd.Timestamp, closes: pd.Timestamp
) -> alt.LayerChart:
    """Taken time per bay over the day. `rows`: bay, starts, ends (wall clock), kind; a red rule stands at `now`."""
    x = alt.X(
        "starts:T", title=None, scale=alt.Scale(domain=[opens, closes]), axis=alt.Axis(format="%H:%M", tickCount=6)
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(cornerRadius=3, height=16)
        .encode(
            x=x,
            x2="ends:T",
            y=alt.Y("bay:N", title=None, sort=None),
            color=alt.Color(
                "kind:N",
                title=None,
                sort=kinds,
                legend=alt.Legend(orient="top"),
                scale=alt.Scale(domain=kinds, range=list(COLORS)),
            ),
        )
    )
    rule = alt.Chart(pd.DataFrame({"now": [now]})).mark_rule(color="#C0392B", strokeWidth=2).encode(x="now:T")
    chart: alt.LayerChart = alt.LayerChart(layer=[bars, rule], height=alt.Step(30))
    return chart
