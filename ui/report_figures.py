"""A figure, large, with what it was before; a tap shows its formula and the rows behind it."""

from typing import Literal

import streamlit as st

from services.indicators import Indicator, Unit
from ui.here import asked
from ui.report_rows import RECORDS, rows_file, rows_table
from ui.text import Safe, joined, md, t
from ui.when import span

Color = Literal["green", "red", "gray"]
Arrow = Literal["up", "down", "off"]
_DAYS = 2 * 24 * 60  # from so many minutes on a length is said in days


def figures(now: list[Indicator], before: dict[str, Indicator]) -> None:
    """All figures, side by side."""
    with st.grid(5, min_column_width=190):
        for indicator in now:
            _figure(indicator, before[indicator.key])


@st.fragment
def _figure(now: Indicator, before: Indicator) -> None:
    """One figure; a tap redraws it alone."""
    _go_to_record()
    color, arrow = _direction(now, before)
    with st.container(border=True, gap="xsmall", key=f"figure_{now.key}"):
        st.metric(t(now.label), value(now), _compared(now, before), delta_color=color, delta_arrow=arrow)
        if st.button(_counted(now), key=f"why_{now.key}", icon=":material/table_rows:", width="stretch"):
            st.dialog(t(now.label), width="large", icon=":material/functions:")(_behind)(now, before)


def _behind(now: Indicator, before: Indicator) -> None:
    """The formula in words, both figures, the rows and a file of them."""
    _go_to_record()
    st.markdown(Safe(f"**{t(now.formula)}**"))
    st.markdown(
        joined(
            Safe(f"{value(now)} = {_counted(now)}"),
            t("before: {value}", value=Safe(f"{value(before)} = {_counted(before)}")),
        )
    )
    if not now.rows:
        st.caption(t("Nothing to count in these days."))
        return
    rows_table(now)
    st.download_button(t("Rows as a file"), rows_file(now), f"{now.key}.csv", "text/csv", key=f"file_{now.key}",
                       icon=":material/download:", on_click="ignore")  # fmt: skip


def _go_to_record() -> None:
    """A row was tapped: its record is for the whole page."""
    if any(asked(name) is not None for name in RECORDS):
        st.rerun()


def value(one: Indicator) -> Safe:
    """The figure with its unit; a dash when there was nothing to count."""
    if one.value is None:
        return Safe("–")
    if one.unit == Unit.SHARE:
        return t("{percent} %", percent=round(one.value * 100))
    if one.unit == Unit.MINUTES:
        minutes = round(one.value)
        return t("{n} days", n=round(one.value / 1440, 1)) if minutes >= _DAYS else span(minutes)
    return md(round(one.value))


def _both(one: Indicator) -> Safe:
    return Safe(f"{value(one)} = {_counted(one)}")


def _counted(one: Indicator) -> Safe:
    """What was counted over what."""
    if one.unit == Unit.MINUTES:
        return t("{n} bookings", n=one.denominator)
    if one.key == "load":
        return t("{part} of {whole} h", part=round(one.numerator / 60), whole=round(one.denominator / 60))
    return t("{part} of {whole}", part=one.numerator, whole=one.denominator)


def _compared(now: Indicator, before: Indicator) -> Safe:
    """What became of it, in words."""
    if now.value is None:
        return t("nothing to count")
    if before.value is None:
        return t("nothing to compare with")
    if value(now) == value(before):
        return t("as before")
    if now.value > before.value:
        return t("up from {value}", value=value(before))
    return t("down from {value}", value=value(before))


def _direction(now: Indicator, before: Indicator) -> tuple[Color, Arrow]:
    """Its colour and arrow: green where it got better, red where worse, grey where neither or unknown."""
    if now.value is None or before.value is None or value(now) == value(before):
        return "gray", "off"
    up = now.value > before.value
    color: Color = "gray" if not now.better else "green" if up == (now.better > 0) else "red"
    return color, "up" if up else "down"
