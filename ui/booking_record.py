"""One booking's record: what is to do about it, when, where, what; and everything that happened."""

from typing import Any

import streamlit as st

from db.enums import AppointmentStatus
from db.enums_desk import TaskKind
from services import permissions as may
from services.booking_file import BookingFile, booking_file
from services.booking_parts import booking_parts
from services.desk_tasks import DeskTask, tasks_of
from services.money import show
from services.picking import OVER
from ui.act import notices
from ui.booking_car import car_line
from ui.booking_papers import booking_papers
from ui.booking_steps import next_step, other_steps
from ui.booking_wait import parts_card
from ui.here import asked, here, look, person, show_record, zone
from ui.history import history
from ui.symptom_form import answer_lines
from ui.task_row import task_row
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, later, moment, span


def booking_record() -> None:
    """Draw the booking asked for by `?appointment=` and stop the page; nothing when none is asked for."""
    key = asked("appointment")
    if key is None:
        return
    with look() as work:
        file = booking_file(work, key)
        tasks = tasks_of(work, key) if file else []
        parts = booking_parts(work, key) if file else None
    if file is None or parts is None:
        st.warning(t("There is no such booking. The address may be wrong."), icon=":material/search_off:")
        _back(st)
        st.stop()
    part_in = any(task.kind == TaskKind.PART_IN for task in tasks)
    _head(file)
    notices(_place(file))
    _tasks(file, tasks)
    other_steps(file, tasks)
    left, right = st.columns(2)
    with left:
        _what(file)
        parts_card(file, parts)
    with right:
        _where(file)
        _messages(file)
    with st.container(border=True):
        st.markdown(Safe(f"**{t('History')}**"))
        history(file.row)
    _always_in_sight(file, part_in)
    st.stop()


def _place(file: BookingFile) -> str:
    return f"appointment_{file.row.id}"


def _back(where: Any) -> None:
    where.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("appointment", None), key="back")


def _head(file: BookingFile) -> None:
    """Whose car, how to reach them, the papers."""
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    _back(top)
    top.markdown(md(file.row.number), width="content")
    if file.customer.phone and person().has(*may.BOOKS):
        number = file.customer.phone
        top.link_button(t("Call"), f"tel:{number}", icon=":material/call:", key="call")
    with top.container(width="content"):
        booking_papers(file)
    if file.found:
        car_line(file.found)


def _always_in_sight(file: BookingFile, part_in: bool) -> None:
    """Which car, when, where it stands, and the next step, however far the record is scrolled."""
    row, now = file.row, here().clock()
    bar = st.bottom.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="booking_bar"
    )
    at = Safe(f"**{moment(row.starts_at, now, zone())}**") if row.starts_at else None
    state = badge(row.status.color, row.status.icon, t(row.status.label))
    bar.markdown(joined(Safe(f"**{md(file.car.plate)}**"), at, state), width="content")
    with bar.container(horizontal=True, width="content", gap="small"):
        next_step(file, part_in=part_in)


def _tasks(file: BookingFile, tasks: list[DeskTask]) -> None:
    """What is to do about this booking now, with room for a note that goes with the result."""
    for task in tasks:
        task_row(task, here().clock(), _place(file), on_record=True)
    if any(person().has(*task.rule.roles) for task in tasks):
        st.text_input(t("Note"), key=f"task_note_{file.row.id}", max_chars=600, placeholder=t("What was said"),
                      label_visibility="collapsed")  # fmt: skip


def _what(file: BookingFile) -> None:
    row = file.row
    with st.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Concern')}**"))
        st.markdown(md(row.concern))
        if row.clarification:
            st.caption(md(row.clarification))
        answer_lines(row.answers)
        for job in file.jobs:
            st.markdown(joined(md(job.name), span(job.minutes), md(show(job.price, file.currency, language()))))
        total = joined(span(row.minutes), md(show(row.price, file.currency, language())))
        st.markdown(Safe(f"**{joined(t('Told'), total)}**"))


def _where(file: BookingFile) -> None:
    row = file.row
    with st.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Place')}**"))
        for stay in file.stays:
            begins = later(stay.starts_at, row.starts_at or stay.starts_at, zone())
            times = joined(begins, clock(stay.ends_at, zone()), by="–")
            st.markdown(joined(times, md(stay.bay), md(stay.person)))
        if not file.stays:
            st.caption(t("No place is reserved."))
        st.caption(joined(t(row.channel.label), md(file.advisor), t("waits here") if row.waits else None))
        if row.override_reason:
            st.caption(joined(t("Exception"), md(row.override_reason)))
        unmet = t(row.unmet_reason.label) if row.status == AppointmentStatus.UNMET and row.unmet_reason else None
        # Once the part is in and a time agreed, what it waited for says nothing more about where it stands.
        reason = md(row.reason) if row.reason and row.status in (AppointmentStatus.WAITING_PARTS, *OVER) else None
        if reason or unmet:
            st.caption(joined(t(row.status.label), unmet, reason))


def _messages(file: BookingFile) -> None:
    """What the customer was written, or that nothing may be sent."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Messages')}**"))
        if not file.messages:
            st.caption(t("No message: the customer has not agreed to any channel. Tell them by phone."))
        now = here().clock()
        for message in file.messages:
            state = badge(message.state.color, message.state.icon, t(message.state.label))
            at = moment(message.sent_at or message.due_at, now, zone())
            with st.expander(joined(Safe(f"{state} {at}"), t(message.channel.label))):
                st.text(message.text)
                st.caption(md(message.address))
