"""The customer's wish by taps: a day with how full it is, and the morning, the afternoon or an hour of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import streamlit as st

from services.free_time import Need
from services.wishes import AFTERNOON, MORNING, Mood, WishDay, Wishes, wishes
from services.work import Work
from ui.booking_draft import Draft, day_format, draft
from ui.text import Safe, joined, md, t
from ui.when import day as day_words

DAY, TIME, PART = "booking_wish_day", "booking_wish_time", "booking_wish_part"
SOON, OTHER, ANY = "soon", "other", "any"


def wished(current: Draft) -> tuple[date | None, time | None, str | None]:
    """The day, time and part of the day asked for so far."""
    known = {name: st.session_state.get(name, current.typed.get(name)) for name in (DAY, TIME, PART)}
    day, at, part = known[DAY], known[TIME], known[PART]
    return (
        day if isinstance(day, date) else None,
        at if isinstance(at, time) else None,
        part if part in (MORNING, AFTERNOON) else None,
    )


def read_wish(work: Work, current: Draft, needs: list[Need], *, today: bool) -> tuple[Wishes, datetime | None]:
    """The days one can wish for, and the present wish as an instant; `today` also where bookings begin tomorrow."""
    day, at, part = wished(current)
    known = wishes(work, needs, day=None, today=today)
    if day is None or known.day(day):
        return known, known.moment(day, part, at)
    return known, wishes(work, needs, day=day).moment(day, part, at)


def wish_taps(current: Draft, known: Wishes, today: date) -> None:
    """Draw the days, then the times of the day chosen."""
    day, at, part = wished(current)
    names = {SOON: t("As soon as possible")}
    names |= {one.day.isoformat(): _day_name(one, today) for one in known.days} | {OTHER: t("Another day")}
    other = known.day(day) is None if day else bool(st.session_state.get("booking_day_asked"))
    chosen = OTHER if other else day.isoformat() if day else SOON
    _pills(t("Day wished"), names, chosen, "booking_days", _day_tapped)
    if other:
        st.session_state["booking_other_day"] = day if day and day >= today else None
        st.date_input(t("Day wished"), key="booking_other_day", min_value=today, format=day_format(),
                      on_change=_other_day, width=220)  # fmt: skip
    if day or other:
        _times(known.day(day), at, part)


def _times(day: WishDay | None, at: time | None, part: str | None) -> None:
    names = {ANY: t("Any time"), MORNING: t("Morning"), AFTERNOON: t("Afternoon")}
    hours = day.full_hours() if day else [time(hour) for hour in range(8, 18)]
    names |= {f"{hour:%H:%M}": md(f"{hour:%H:%M}") for hour in sorted({*hours, *([at] if at else [])})}
    names[OTHER] = t("Another time")
    other = at is None and bool(st.session_state.get("booking_time_asked"))
    chosen = OTHER if other else f"{at:%H:%M}" if at else part or ANY
    _pills(t("Time wished"), names, chosen, "booking_times", _time_tapped)
    if other:
        st.session_state["booking_other_time"] = at
        st.time_input(t("Time wished"), key="booking_other_time", step=timedelta(minutes=15), on_change=_other_time,
                      width=220)  # fmt: skip


def _pills(label: Safe, names: dict[str, Safe], chosen: str, key: str, tapped: Callable[[], None]) -> None:
    st.session_state[key] = chosen
    st.pills(label, list(names), key=key, format_func=lambda one: md(names[one]), on_change=tapped, required=True, wrap=True,
             label_visibility="collapsed")  # fmt: skip


def _day_name(one: WishDay, today: date) -> Safe:
    mood = t("exception") if not one.allowed and one.mood is not Mood.CLOSED else t(one.mood.label)
    return joined(day_words(one.day, today), Safe(f":{one.mood.color}[{mood}]"), by=" ")


def _day_tapped() -> None:
    tapped = st.session_state["booking_days"]
    _wish("booking_day_asked", tapped == OTHER)
    _wish(DAY, None if tapped in (SOON, OTHER, None) else date.fromisoformat(tapped))


def _other_day() -> None:
    _wish(DAY, st.session_state["booking_other_day"])


def _time_tapped() -> None:
    tapped = st.session_state["booking_times"]
    _wish("booking_time_asked", tapped == OTHER)
    _wish(PART, tapped if tapped in (MORNING, AFTERNOON) else None)
    _wish(TIME, None if tapped in (ANY, MORNING, AFTERNOON, OTHER, None) else time.fromisoformat(tapped))


def _other_time() -> None:
    _wish(TIME, st.session_state["booking_other_time"])


def _wish(name: str, value: object) -> None:
    """Another wish: the time chosen before and the bay or person tapped in the calendar no longer count."""
    current = draft()
    if current:
        st.session_state[name] = current.typed[name] = value
        current.starts_at = current.bay_id = current.staff_id = None
