"""The day plan of the workshop: who does what where until when."""

from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.enums_workshop import BarKind, Risk
from services.day_plan import Bar, By, DayPlan, PlanRow
from services.day_plan import day_plan as load_plan
from services.i18n import N_
from services.permissions import may_open
from ui.day_bars import DayBar, DayRow, day_bars
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, badge, joined, plain, t
from ui.when import clock
from ui.workshop_words import nothing_fits

ROWS: dict[By, str] = {"people": N_("People"), "bays": N_("Bays")}
_BOOKING = "plan_booking"  # the booking that was tapped
_EVERY = 60.0  # seconds after which the line of now has moved


def day_plan(typed: str, row: DeltaGenerator) -> float | None:
    """Today by person or by bay, with what runs over."""
    if booking := st.session_state.pop(_BOOKING, None):
        st.switch_page("../pages/booking.py", query_params={"appointment": booking})
    by = row.segmented_control(t("Day plan"), list(ROWS), default="people", required=True, key="plan_by", width="content",
                               format_func=lambda name: t(ROWS[name]), label_visibility="collapsed",
                               persist_state="session")  # fmt: skip
    with look() as work:
        plan = load_plan(work, by=by, typed=typed)
    if typed and not any(one.bars for one in plan.rows):
        nothing_fits(typed)
    st.markdown(joined(*(badge(kind.color, kind.icon, t(kind.label)) for kind in BarKind), _late(), by=" "))
    hours = range(int((plan.ends_at - plan.starts_at) / timedelta(hours=1)))
    day_bars(
        f"day_{by}",
        hours=[clock(plan.starts_at + timedelta(hours=hour), zone()) for hour in hours],
        rows=[_row(plan, one) for one in plan.rows],
        now=_minute(plan, here().clock()),
        on_open=_open,
    )
    return _EVERY


def _late() -> Safe:
    return badge(Risk.LATE.color, Risk.LATE.icon, t(Risk.LATE.label))


def _row(plan: DayPlan, row: PlanRow) -> DayRow:
    ran = [(_minute(plan, starts), _minute(plan, ends)) for starts, ends in row.clocked]
    return DayRow(row.name, [_bar(plan, bar) for bar in row.bars], ran)


def _bar(plan: DayPlan, bar: Bar) -> DayBar:
    until = bar.until or bar.ends_at
    ends = plain("until {time}", time=clock(until, zone()))
    late = bar.risk == Risk.LATE and bar.kind != BarKind.DONE
    return DayBar(
        max(_minute(plan, bar.starts_at), 0),
        _minute(plan, bar.ends_at),
        _minute(plan, until),
        Risk.LATE.color if late else bar.kind.color,
        [bar.plate, bar.what, " · ".join((*bar.beside, ends))],
        _target(bar),
    )


def _target(bar: Bar) -> str:
    """What a tap opens: the car in the shop, else its booking for those who have that screen."""
    if bar.order_id:
        return f"order {bar.order_id}"
    return f"appointment {bar.appointment_id}" if bar.appointment_id and may_open(person(), "booking") else ""


def _open(target: str) -> None:
    name, key = target.split()
    if name == "order":
        show_record("order", int(key))
    else:
        st.session_state[_BOOKING] = key
    st.rerun()


def _minute(plan: DayPlan, moment: datetime) -> int:
    return int((moment - plan.starts_at) / timedelta(minutes=1))
