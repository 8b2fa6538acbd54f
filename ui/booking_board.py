"""The booking calendar: a day by bay or by person, or the week; tap a free place to book it, drag a booking to move it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.enums import BayKind
from db.models import Appointment, Reservation
from services import permissions as may
from services.booking import move_stay
from services.booking_calendar import Held, held
from services.capacity import Capacity, capacity
from services.i18n import N_
from services.slots import instant
from services.work import Work
from ui.act import act, notices, refuse
from ui.booking_draft import begin, day_format
from ui.calendar_board import CalAct, CalEvent, CalResource, CalView, Moved, Picked, Tapped, calendar
from ui.calendar_hours import closed_stretches, hours_shown
from ui.here import here, look, person, show_record, zone
from ui.live_feed import live
from ui.text import Safe, joined, language, plain, t
from ui.when import weekday
from web.live_feed import board as feed

PLACE = "booking"
VIEWS: dict[CalView, str] = {"bays_day": N_("Bays"), "people_day": N_("People"), "week": N_("Week")}
_COLORS = {"blue": "#1F5FA8", "primary": "#0B6E6E", "violet": "#6B4FA0", "orange": "#9A5B00", "red": "#B3261E",
           "green": "#2E7D32", "gray": "#5B6770"}  # fmt: skip


def chosen_day() -> date:
    """The day shown: today, unless another was chosen. Asked before anything is drawn."""
    if "booking_day" not in st.session_state:
        st.session_state["booking_day"] = here().clock().astimezone(ZoneInfo(zone())).date()
    day: date = st.session_state["booking_day"]
    return day


@st.fragment
def board(day: date) -> None:
    """Draw a day, in the view chosen; drawn again alone after a drag, and when something happened elsewhere."""
    if st.session_state["booking_day"] != day or any(
        name in st.query_params for name in ("appointment", "order", "new")
    ):
        st.rerun()  # another day, a record or a new booking: that is for the whole page
    seen = feed.version
    with look() as work:
        week = capacity(work, _monday(day), 7)
        first, days = (_monday(day), 7) if _view() == "week" else (day, 1)
        start, end = (instant(one, 0, work.zone) for one in (first, first + timedelta(days=days)))
        rows = [_local(work, row) for row in held(work, start, end)]
        now = work.local(work.now).replace(tzinfo=None)
    _bar(day, week)
    notices(PLACE)
    _calendar(day, now, week, rows)
    live("booking_live", seen=seen)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _go(days: int | None) -> None:
    """`days` on from the day shown; None goes to today."""
    if days is None:
        st.session_state.pop("booking_day", None)
    else:
        st.session_state["booking_day"] += timedelta(days=days)


def _bar(day: date, week: Capacity) -> None:
    """Week back, its days with how full their bays are, week on."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.button(":material/chevron_left:", key="week_back", help=t("Week before"), on_click=_go, args=(-7,))
    with row.container(width="stretch"):
        _days(day, week)
    row.button(":material/chevron_right:", key="week_on", help=t("Week after"), on_click=_go, args=(7,))


def day_controls(row: DeltaGenerator) -> None:
    """Today, any date, and the view, in the first row of the screen."""
    row.button(t("Today"), key="go_today", icon=":material/today:", on_click=_go, args=(None,))
    with row.container(width=170):
        st.date_input(t("Day"), key="booking_day", label_visibility="collapsed", format=day_format(),
                      persist_state="session")  # fmt: skip
    with row.container(width="content"):
        st.segmented_control(
            t("View"), list(VIEWS), default="bays_day", key="booking_view", format_func=lambda view: t(VIEWS[view]),
            label_visibility="collapsed", required=True, persist_state="session",
        )  # fmt: skip


def _days(day: date, week: Capacity) -> None:
    """The days of the week with how full their bays are; a tap shows one."""
    load = week.load()
    labels = {one: _with_load(one, load) for one in week.window.days}
    key = f"week_{_monday(day)}"
    if st.session_state.get(key) != day:
        st.session_state[key] = day
    st.segmented_control(
        t("Day"), week.window.days, key=key, on_change=_picked_day, args=(key,), label_visibility="collapsed", width="stretch",
        format_func=lambda one: labels[one], required=True,
    )  # fmt: skip


def _picked_day(key: str) -> None:
    if st.session_state[key]:
        st.session_state["booking_day"] = st.session_state[key]


def _with_load(day: date, load: dict[date, float]) -> Safe:
    return joined(weekday(day), t("{percent} %", percent=round(load[day] * 100)) if day in load else t("closed"))


def _local(work: Work, row: Held) -> tuple[Held, datetime, datetime]:
    """A place with its wall clock times."""
    return row, work.local(row.starts_at).replace(tzinfo=None), work.local(row.ends_at).replace(tzinfo=None)


def _view() -> CalView:
    view: CalView = st.session_state.get("booking_view") or "bays_day"
    return view


def _calendar(day: date, now: datetime, week: Capacity, rows: list[tuple[Held, datetime, datetime]]) -> None:
    view = _view()
    by_person = view == "people_day"
    days = week.window.days if view == "week" else (day,)
    shown = [
        row for row in rows if (row[0].staff_id if by_person else row[0].bay_id) is not None and row[1].date() in days
    ]
    bits = sum(week.window.day(week.window.days.index(one)) for one in days)
    opens, closes = hours_shown(week, bits, [(starts, ends) for _, starts, ends in shown])
    may_move = person().has(*may.BOOKS)
    calendar(
        "booking_calendar",
        events=[_event(held_row, starts, ends, view, may_move) for held_row, starts, ends in shown],
        resources=None if view == "week" else _resources(week, by_person),
        day=day,
        now=now,
        view=view,
        opens=opens,
        closes=closes,
        language="zh_CN" if language() == "zh_CN" else "en",
        dark=st.context.theme.type == "dark",
        on_act=_acted,
        closed=closed_stretches(week, day, view),
        height=590,
    )


def _resources(week: Capacity, by_person: bool) -> list[CalResource]:
    if by_person:
        return [CalResource(str(one.id), one.name) for one in week.people if one.skills]
    return [CalResource(str(one.id), _bay_title(one.name, one.kind)) for one in week.bays]


def _bay_title(name: str, kind: BayKind) -> str:
    """The name, with the kind of bay unless the name says it."""
    words = plain(kind.label)
    said = any(word.casefold() in name.casefold() for word in (words, *words.split()))
    return name if said or name in words else f"{name} ({words})"


def _event(row: Held, starts: datetime, ends: datetime, view: CalView, may_move: bool) -> CalEvent:
    owner = row.staff_id if view == "people_day" else row.bay_id
    return CalEvent(
        id=f"{row.reservation_id}",
        title=" · ".join(part for part in (row.plate, row.what, row.customer) if part) or plain("Taken"),
        start=starts,
        end=ends,
        resource_id=None if view == "week" else str(owner),
        color=_COLORS.get(row.status.color if row.status else "gray", _COLORS["gray"]),
        movable=may_move and row.movable,
    )


def _acted(what: CalAct) -> None:
    """A tap opens a record or begins a booking; a drag moves."""
    if isinstance(what, Picked):
        owner = int(what.resource_id) if what.resource_id else None
        by_person = st.session_state.get("booking_view") == "people_day"
        begin(wish=what.start, bay_id=None if by_person else owner, staff_id=owner if by_person else None)
    elif isinstance(what, Tapped):
        _open(int(what.event_id))
    else:
        _move(what)


def _open(reservation_id: int) -> None:
    with look() as work:
        row = work.db.get(Reservation, reservation_id)
    if row is None:
        refuse(t("This place is no longer held. Look at the new state."), PLACE)
    else:
        show_record("order" if row.order_id else "appointment", row.order_id or row.appointment_id)


def _move(what: Moved) -> None:
    owner = int(what.resource_id) if what.resource_id else None
    by_person = st.session_state.get("booking_view") == "people_day"

    def verb(work: Work) -> Appointment:
        starts = instant(what.start.date(), what.start.hour * 60 + what.start.minute, work.zone)
        bay, person = (None, owner) if by_person else (owner, None)
        return move_stay(work, int(what.event_id), starts_at=starts, bay_id=bay, staff_id=person)

    act(verb, done=t("Moved to {time}.", time=f"{what.start:%H:%M}"), at=PLACE)
