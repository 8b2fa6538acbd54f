"""The booking calendar: a day by bay or by person, the week, the month; tap a free place to book it, drag a booking to move it."""

from datetime import date, datetime, timedelta

import streamlit as st

from db.enums import BayKind
from db.models import Reservation
from services import permissions as may
from services.booking_calendar import Held, held
from services.capacity import Capacity, capacity
from services.day_loads import DayLoad, cars_by_day, day_loads
from services.slots import instant
from services.work import Work
from ui.act import notices, refuse
from ui.booking_draft import begin
from ui.booking_drag import Drag, drag, exception_form
from ui.booking_month import month_calendar, month_days
from ui.booking_strip import chosen_view, monday, show_day, week_bar
from ui.calendar_acts import CalAct, DayTapped, Picked, Tapped
from ui.calendar_board import CalEvent, CalResource, CalView, calendar
from ui.calendar_hours import closed_stretches, hours_shown
from ui.here import look, person, show_record
from ui.live_feed import live
from ui.load_look import load_event
from ui.text import Safe, joined, language, md, plain, t
from web.live_feed import board as feed

PLACE = "booking"
Shown = tuple[Held, datetime, datetime]  # a place with its wall clock times
_COLORS = {"blue": "#1F5FA8", "primary": "#0B6E6E", "violet": "#6B4FA0", "orange": "#9A5B00", "red": "#B3261E",
           "green": "#2E7D32", "gray": "#5B6770"}  # fmt: skip


@st.fragment
def board(day: date) -> None:
    """Draw a day, in the view chosen; drawn again alone after a drag, and when something happened elsewhere."""
    if st.session_state["booking_day"] != day or any(
        name in st.query_params for name in ("appointment", "order", "new")
    ):
        st.rerun()  # another day, a record or a new booking: that is for the whole page
    seen = feed.version
    _DRAWN[chosen_view()](day)
    live("booking_live", seen=seen)


def _month(day: date) -> None:
    with look() as work:
        loads = day_loads(work, *month_days(day))
        now = work.local(work.now).replace(tzinfo=None)
    month_calendar(day, now, loads)


def _days(day: date) -> None:
    """A day, or the week it lies in."""
    view, by_person = chosen_view(), chosen_view() == "people_day"
    first, days = (monday(day), 7) if view == "week" else (day, 1)
    with look() as work:
        week = capacity(work, monday(day), 7, people=by_person)
        start, end = (instant(one, 0, work.zone) for one in (first, first + timedelta(days=days)))
        rows = [_local(work, row) for row in held(work, start, end, "person" if by_person else "bay")]
        now = work.local(work.now).replace(tzinfo=None)
    week_bar(day, week.window.days, week.load())
    why = week.days[week.window.days.index(day)].reason
    if why and view != "week":  # there it stands above the hours
        st.caption(joined(Safe(":material/event_busy:"), md(plain(why)), by=" "))
    notices(PLACE)
    exception_form(PLACE)
    _calendar(day, now, week, rows)


_DRAWN = {"bays_day": _days, "people_day": _days, "week": _days, "month": _month}


def _local(work: Work, row: Held) -> Shown:
    return row, work.local(row.starts_at).replace(tzinfo=None), work.local(row.ends_at).replace(tzinfo=None)


def _calendar(day: date, now: datetime, week: Capacity, rows: list[Shown]) -> None:
    view = chosen_view()
    by_person = view == "people_day"
    days = week.window.days if view == "week" else (day,)
    shown = [row for row in rows if row[1].date() in days]
    bits = sum(week.window.day(week.window.days.index(one)) for one in days)
    opens, closes = hours_shown(week, bits, [(starts, ends) for _, starts, ends in shown])
    may_move = person().has(*may.BOOKS)
    calendar(
        "booking_calendar",
        events=[
            *_loads(week, shown, view),
            *(_event(row, starts, ends, view, may_move) for row, starts, ends in shown),
        ],
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


def _loads(week: Capacity, shown: list[Shown], view: CalView) -> list[CalEvent]:
    """How full each day of the week is, above its hours."""
    if view != "week":
        return []
    cars, load = cars_by_day((row.whose, starts, ends) for row, starts, ends in shown), week.load()
    return [load_event(DayLoad(one.day, load.get(one.day), cars.get(one.day, 0), one.reason)) for one in week.days]


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
    """A tap opens a record or a day, or begins a booking; a drag moves."""
    by_person = chosen_view() == "people_day"
    if isinstance(what, Tapped):
        _open(int(what.event_id))
        return
    if isinstance(what, DayTapped):
        show_day(what.day)
        return
    owner = int(what.resource_id) if what.resource_id else None
    bay_id, staff_id = (None, owner) if by_person else (owner, None)
    if isinstance(what, Picked):
        begin(wish=what.start, bay_id=bay_id, staff_id=staff_id)
    else:
        drag(Drag(int(what.event_id), what.start, bay_id, staff_id), PLACE)


def _open(reservation_id: int) -> None:
    with look() as work:
        row = work.db.get(Reservation, reservation_id)
    if row is None:
        refuse(t("This place is no longer held. Look at the new state."), PLACE)
    else:
        show_record("order" if row.order_id else "appointment", row.order_id or row.appointment_id)
