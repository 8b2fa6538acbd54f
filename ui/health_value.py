"""A measured value of the health check: the usual ones by a tap, any other typed."""

from decimal import Decimal

import streamlit as st

from db.enums_reception import Measure
from services import health
from services.health_points import STEPS, UNITS, amount
from services.health_sheet import Point
from ui.act import act, notices
from ui.text import Safe, md, t

USUAL: dict[Measure, tuple[str, ...]] = {
    Measure.TREAD: ("1", "1.6", "2", "2.5", "3", "3.5", "4", "5", "6", "7", "8"),
    Measure.PRESSURE: ("1.6", "1.8", "2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "3", "3.2"),
    Measure.THICKNESS: ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12"),
    Measure.VOLTS: ("11.5", "11.8", "12", "12.2", "12.3", "12.4", "12.5", "12.6", "12.7", "12.8"),
    Measure.PERCENT: ("60", "65", "70", "75", "80", "85", "90", "95", "100"),
    Measure.CELSIUS: ("140", "150", "160", "170", "180", "190", "200", "210", "220", "230"),
}


def value_button(order_id: int, point: Point) -> None:
    """The value, or its unit while there is none; a tap offers values, and the one tapped is written and the offer closed."""
    measure, key = point.item.measure, f"measured_{order_id}_{point.item.id}"
    kept = point.result.value if point.result else None
    label = Safe(f"**{md(amount(measure, kept))}**") if kept is not None else Safe(f":gray[{md(UNITS[measure])}]")
    with st.popover(label, key=f"{key}_open", on_change="rerun", width=112) as offer:
        if offer.open:
            notices(key)
            _offer(order_id, point, kept, key)


def _offer(order_id: int, point: Point, kept: Decimal | None, key: str) -> None:
    """A refused value stays in the field as it was typed, until another is taken."""
    measure, args = point.item.measure, (order_id, point.item.id, key)
    usual = {Decimal(value): md(value) for value in USUAL[measure]}
    st.session_state[f"{key}_pills"] = kept if kept in usual else None
    st.pills(
        t(measure.label), list(usual), format_func=usual.__getitem__, key=f"{key}_pills", on_change=_tapped, args=args
    )
    if not st.session_state.get(f"{key}_refused"):
        st.session_state[key] = None if kept is None else float(kept)
    st.number_input(
        t("Another value"), min_value=0.0, step=STEPS[measure], format="%.1f", key=key, on_change=_typed, args=args
    )


def _tapped(order_id: int, item_id: int, key: str) -> None:
    _write(order_id, item_id, key, st.session_state[f"{key}_pills"])


def _typed(order_id: int, item_id: int, key: str) -> None:
    typed = st.session_state[key]
    _write(order_id, item_id, key, None if typed is None else Decimal(str(typed)))


def _write(order_id: int, item_id: int, key: str, value: Decimal | None) -> None:
    taken = act(lambda work: health.measure(work, order_id, item_id=item_id, value=value), at=key)
    st.session_state[f"{key}_refused"] = taken is None
    if taken is not None:
        st.session_state[f"{key}_open"] = False
