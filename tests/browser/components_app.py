"""A page with each of our components and what they reported, driven by test_components.py."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import streamlit as st

from db.enums_reception import WarningLight
from ui.calendar_acts import CalAct, Moved
from ui.calendar_board import CalEvent, CalResource, calendar
from ui.car_outline import Mark, Tap, car_names, car_outline
from ui.lamps import lamps
from ui.live_feed import live
from ui.signature import Signed, signature
from web.live_feed import board as feed

st.set_page_config(layout="wide")
st.html(
    "<style>html,body{overscroll-behavior:none}.stMainBlockContainer{padding-left:1.25rem;padding-right:1.25rem}</style>"
)
log: list[str] = st.session_state.setdefault("log", [])
st.session_state.runs = st.session_state.get("runs", 0) + 1


def signed(value: Signed) -> None:
    log.append(f"signed {value.png[:4]!r} {len(value.strokes)} strokes {sum(map(len, value.strokes))} points")


def pad(key: str) -> None:
    got = signature(key, label="Customer's signature", accept="Accept", clear="Clear", on_signed=signed)
    if got:
        log.append(f"returned {key}")


def show_signature() -> None:
    pad("pad")
    if st.button("In a dialog", key="open"):
        st.dialog("Hand over the keys")(pad)("dialog_pad")


def show_car() -> None:
    marks: list[Mark] = st.session_state.setdefault(
        "marks",
        [
            Mark("a", "left", 0.42, 0.6, "scratch"),
            Mark("b", "front", 0.3, 0.8, "dent"),
            Mark("c", "top", 0.35, 0.5, "crack"),
            Mark("d", "rear", 0.75, 0.75, "paint", known=True),
            Mark("e", "right", 0.77, 0.6, "rust", known=True),
            Mark("f", "right", 0.62, 0.35, "missing"),
        ],
    )

    def add(tap: Tap) -> None:
        marks.append(Mark(f"n{len(marks)}", tap.view, tap.x, tap.y, "dent"))
        log.append(f"tap {tap.view} {tap.x:.2f} {tap.y:.2f}")

    def select(mark: str) -> None:
        st.session_state.mark = mark
        log.append(f"select {mark}")

    chosen = st.session_state.get("mark")
    got = car_outline(
        "car", marks=marks, label="Damage", names=car_names(str), on_tap=add, on_select=select, selected=chosen
    )
    if got:
        log.append(f"returned {got.view}")


def show_lamps() -> None:
    lit: list[WarningLight] | None = st.session_state.get("lit")

    def tap(change: dict[WarningLight, bool]) -> None:
        log.append(f"lamps {', '.join(f'{one.value} {on}' for one, on in change.items())}")
        now = {one: one in (lit or ()) for one in WarningLight} | change
        st.session_state.lit = [one for one in WarningLight if now[one]]

    lamps("lamps", lit=lit, on_tap=tap)


def show_calendar() -> None:
    base = datetime.fromisoformat("2026-11-23")
    chinese = st.query_params.get("lang") == "zh_CN"
    booked: dict[str, CalEvent] = st.session_state.setdefault(
        "booked",
        {
            "1": CalEvent("1", "粤B·7K329 Oil service", base.replace(hour=9), base.replace(hour=10, minute=30), "bay1"),
            "2": CalEvent("2", "粤B·D81206 Brakes", base.replace(hour=11), base.replace(hour=12), "bay2", "#B35300"),
        },
    )

    def act(value: CalAct) -> None:
        log.append(str(value))
        if isinstance(value, Moved) and value.resource_id != "bay3":  # the third bay refuses every car
            old = booked[value.event_id]
            booked[old.id] = replace(old, start=value.start, end=value.end, resource_id=value.resource_id)

    if st.button("Next day", key="next"):
        st.session_state.ahead = st.session_state.get("ahead", 0) + 1
    week = st.toggle("Week", key="week")
    calendar(
        "cal",
        events=list(booked.values()),
        day=(base + timedelta(days=st.session_state.get("ahead", 0))).date(),
        resources=[CalResource(f"bay{i}", f"工位 {i}" if chinese else f"Bay {i}") for i in (1, 2, 3)],
        now=base.replace(hour=10),
        view="week" if week else "bays_day",
        opens=time(8),
        closes=time(18),
        language="zh_CN" if chinese else "en",
        dark=st.context.theme.type == "dark",
        on_act=act,
        closed=[
            (base.replace(hour=12), base.replace(hour=13), None),
            (base.replace(hour=15), base.replace(hour=18), "bay3"),
        ],
    )


@st.fragment
def board(key: str) -> None:
    seen = feed.version
    drawn = st.session_state[key] = st.session_state.get(key, 0) + 1
    st.text(f"{key} drawn {drawn}")
    live(key + "_feed", seen=seen)


def show_live() -> None:
    board("upper")
    board("lower")


SHOWS = {
    "live": show_live,
    "signature": show_signature,
    "car": show_car,
    "lamps": show_lamps,
    "calendar": show_calendar,
}
SHOWS[st.query_params["show"]]()
st.button("Run again", key="again")
st.text(f"runs={st.session_state.runs}")
st.text("\n".join(log))
