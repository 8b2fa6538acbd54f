"""One task of the booking desk as a row: until when, which car, what to do, whose; the number to call, and the one-tap results."""

from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.choice import Label
from db.enums_desk import TaskKind, TaskOutcome
from services import permissions as may
from services.booking_changes import no_show
from services.desk_rules import Result
from services.desk_tasks import DeskTask, settle
from services.normalize import phone_shown
from ui.act import act
from ui.booking_draft import book_again
from ui.here import person, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import left, moment, urgency

FAR = timedelta(hours=12)
WORDS = 430  # pixels: the buttons stand beside them, or below when they are many or the tablet stands upright
NEW_BOOKING = (TaskKind.REBOOK, TaskKind.OFFER, TaskKind.DECIDE)
NEW_TIME = (TaskKind.PART_IN, TaskKind.PART_LATE)


def task_row(task: DeskTask, now: datetime, place: str, *, on_record: bool = False) -> None:
    """Draw it; what came of a tap is told at `place`. On the booking's own record without car and number."""
    key = f"{task.kind.value}_{task.row.id}"
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
        key=f"task_{place}_{key}",
    ):  # fmt: skip
        with st.container(gap=None, width=WORDS):
            _words(task, now, on_record)
        buttons = st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content")
        if not on_record:
            _reach(buttons, task, f"{place}_{key}")
        if person().has(*task.rule.roles):
            _results(buttons, task, now, place, on_record)


def due_badge(due_at: datetime, now: datetime) -> Safe:
    """Until when, in words and colour: what is left or how late it is; the day when that is far."""
    words = left(due_at, now) if abs(due_at - now) < FAR else moment(due_at, now, zone())
    return badge(urgency(due_at, now), "schedule", words)


def _words(task: DeskTask, now: datetime, on_record: bool) -> None:
    kind = badge(task.kind.color, task.kind.icon, t(task.kind.label))
    tries = badge("orange", "phone_missed", t("tried {n}×", n=task.tries)) if task.tries else None
    plate = None if on_record else Safe(f"**{md(task.vehicle.plate)}**")
    st.markdown(joined(due_badge(task.due_at, now), plate, kind, tries, by=" "))
    at = task.row.starts_at
    booked = Safe(f":material/event: {moment(at, now, zone())}") if at and not on_record else None
    whose = None if task.is_of(person()) else t(task.role.label) if task.role else md(task.advisor)
    owner = Safe(f":material/person: {whose}") if whose else None
    customer = None if on_record else md(task.customer.name)
    about = [t(one) if isinstance(one, Label) else md(one) for one in task.words]
    st.caption(joined(booked, customer, *about, owner))


def _reach(buttons: DeltaGenerator, task: DeskTask, key: str) -> None:
    number = task.customer.phone
    if number and person().has(*may.BOOKS):
        buttons.link_button(md(phone_shown(number)), f"tel:{number}", icon=":material/call:", key=f"call_{key}")
    buttons.button(":material/open_in_full:", key=f"open_{key}", help=t("Open"), on_click=_open, args=(task.row.id,))


def _results(buttons: DeltaGenerator, task: DeskTask, now: datetime, place: str, on_record: bool) -> None:
    primary = "primary" if task.due_at <= now else "secondary"
    key = task.row.id
    first = _first_button(buttons, task, place, on_record)
    for number, result in enumerate(task.results):
        buttons.button(
            t(result.label),
            key=f"{place}_{task.kind.value}_{result.outcome.value}_{key}",
            icon=f":material/{result.icon}:",
            type="primary" if primary == "primary" and not number and not first else "secondary",
            on_click=_settle,
            args=(key, task.kind, result, place),
        )


def _first_button(buttons: DeltaGenerator, task: DeskTask, place: str, on_record: bool) -> bool:
    """The step that is more than a note: a new booking, a new time, the no-show. Whether there is one."""
    key, name = task.row.id, f"{place}_step_{task.kind.value}_{task.row.id}"
    if task.kind in NEW_BOOKING and person().has(*may.BOOKS):
        buttons.button(
            t("Book again"), key=name, icon=":material/event_repeat:", type="primary", on_click=_again, args=(key,)
        )
        return True
    if task.kind in NEW_TIME and not on_record:
        label = t("Agree a time") if task.kind == TaskKind.PART_IN else t("Move")
        buttons.button(label, key=name, icon=":material/event_available:", type="primary", on_click=_open, args=(key,))
        return True
    if task.kind == TaskKind.MISSING and task.tries:
        buttons.button(
            t("No-show"), key=name, icon=":material/person_off:", type="primary", on_click=_gone, args=(key, place)
        )
        return True
    return task.kind in NEW_TIME


def _settle(key: int, kind: TaskKind, result: Result, place: str) -> None:
    note = str(st.session_state.get(f"task_note_{key}") or "")
    done = t("Confirmed.") if (kind, result.outcome) == (TaskKind.CONFIRM, TaskOutcome.DONE) else t("Noted.")
    if act(lambda work: settle(work, key, kind, result.outcome, note), at=place, done=done):
        st.session_state.pop(f"task_note_{key}", None)


def _gone(key: int, place: str) -> None:
    act(lambda work: no_show(work, key), at=place, done=t("Noted."))


def _open(key: int) -> None:
    show_record("appointment", key)
    st.rerun()


def _again(key: int) -> None:
    book_again(key)
    st.rerun()
