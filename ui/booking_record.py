"""One booking's record: when, where, what; the next step, a new time, cancelling; and everything that happened."""

from datetime import timedelta

import streamlit as st

from db.enums import AppointmentStatus
from services.appointment_moves import Facts
from services.arrivals import arrive
from services.booking import confirm, move
from services.booking_changes import cancel, no_show, tried, wait_parts
from services.booking_file import BookingFile, booking_file
from services.money import show
from services.offers import Offer, offers
from services.refusals import Refusal
from services.workflow import Move, allowed
from ui.act import act, notices
from ui.booking_draft import day_format
from ui.booking_jobs import change_jobs_form
from ui.booking_new import car_line
from ui.booking_symptoms import answer_lines
from ui.here import asked, here, look, person, show_record, zone
from ui.history import history
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, moment, span

BookingMove = Move[Facts]


def booking_record() -> None:
    """Draw the booking asked for by `?appointment=` and stop the page; nothing when none is asked for."""
    key = asked("appointment")
    if key is None:
        return
    with look() as work:
        file = booking_file(work, key)
    if file is None:
        st.warning(t("There is no such booking. The address may be wrong."), icon=":material/search_off:")
        st.button(
            t("Calendar"), icon=":material/arrow_back:", on_click=show_record, args=("appointment", None), key="back"
        )
        st.stop()
    _head(file)
    notices(_place(file))
    _steps(file)
    left, right = st.columns(2)
    with left:
        _what(file)
    with right:
        _where(file)
    _messages(file)
    with st.container(border=True):
        st.markdown(Safe(f"**{t('History')}**"))
        history(file.row)
    st.stop()


def _place(file: BookingFile) -> str:
    return f"appointment_{file.row.id}"


def _head(file: BookingFile) -> None:
    row = file.row
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(
        t("Calendar"), icon=":material/arrow_back:", on_click=show_record, args=("appointment", None), key="back"
    )
    if row.starts_at:
        top.markdown(Safe(f"### {moment(row.starts_at, here().clock(), zone())}"), width="content")
    top.markdown(badge(row.status.color, row.status.icon, t(row.status.label)), width="content")
    top.markdown(md(row.number), width="content")
    if file.found:
        car_line(file.found, booked=False)


def _steps(file: BookingFile) -> None:
    """The buttons of what can be done now; those that need a word more open a small form."""
    with st.container(horizontal=True, gap="small", key="booking_steps"):
        for step in file.moves:
            if allowed(step, person()):
                _STEPS[step.action](file, step)
        if file.order_id:
            st.button(t("Open the work order"), key="open_order", icon=":material/open_in_full:", on_click=_open_order,
                      args=(file.order_id,))  # fmt: skip


def _open_order(order_id: int) -> None:
    show_record("appointment", None)
    show_record("order", order_id)


def _button(file: BookingFile, step: BookingMove) -> None:
    reasons: list[Refusal] = step.blockers(file.facts)
    st.button(
        t(step.label),
        key=f"{step.action}_{file.row.id}",
        icon=f":material/{step.icon}:",
        type="primary" if step.primary and not reasons and _due(file, step) else "secondary",
        disabled=bool(reasons),
        help=md(reasons[0].say(language())) if reasons else None,
        on_click=_tap,
        args=(step.action, file.row.id),
    )


def _due(file: BookingFile, step: BookingMove) -> bool:
    """A car that is booked for another day may arrive today, but that is not the next thing to do."""
    starts = file.row.starts_at
    return step.action != "arrive" or starts is None or starts - here().clock() < timedelta(hours=12)


def _tap(action: str, key: int) -> None:
    place = f"appointment_{key}"
    if action == "arrive":
        order = act(lambda work: arrive(work, key), at=place, done=t("Arrived."))
        if order:
            _open_order(order.id)
    elif action == "confirm":
        act(lambda work: confirm(work, key), at=place, done=t("Confirmed."))
    elif action == "tried":
        act(lambda work: tried(work, key), at=place, done=t("Noted."))
    else:
        act(lambda work: no_show(work, key), at=place, done=t("Noted."))


def _move_form(file: BookingFile, step: BookingMove) -> None:
    """New times, nearest to the present one first; drawn only once it is open."""
    with st.popover(t("Move"), icon=":material/event_repeat:", key=f"move_{file.row.id}", on_change="rerun") as opened:
        if opened.open:
            _new_times(file)


def _new_times(file: BookingFile) -> None:
    day = st.date_input(t("Day wished"), value=None, key=f"move_day_{file.row.id}", min_value=here().clock().date(),
                        format=day_format())  # fmt: skip
    with look() as work:
        local = work.local(file.row.starts_at or work.now)
        wish = local.replace(year=day.year, month=day.month, day=day.day) if day else local
        try:
            found: list[Offer] = offers(work, file.needs, wish, without=file.row.id, garage_called=True)
        except Refusal as refusal:
            found = []
            words = md(refusal.say(language()))
        else:
            words = t("No free place in the days that can be booked.")
    shown = [offer for offer in found if offer.starts_at != file.row.starts_at]
    if not shown:
        st.caption(words)
    for offer in shown:
        st.button(
            joined(moment(offer.starts_at, here().clock(), zone()), t(offer.why)),
            key=f"move_{file.row.id}_{offer.starts_at:%Y%m%dT%H%M}",
            width="stretch",
            on_click=_move,
            args=(file.row.id, offer),
        )


def _move(key: int, offer: Offer) -> None:
    act(
        lambda work: move(work, key, starts_at=offer.starts_at),
        at=f"appointment_{key}",
        done=t("Moved to {time}.", time=clock(offer.starts_at, zone())),
    )


def _cancel_form(file: BookingFile, step: BookingMove) -> None:
    with st.popover(t(step.label), icon=f":material/{step.icon}:"):
        st.text_input(t("Reason"), key=f"cancel_reason_{file.row.id}", max_chars=400)
        st.button(t(step.label), key=f"cancel_{file.row.id}", type="primary", on_click=_cancel, args=(file.row.id,))


def _cancel(key: int) -> None:
    reason = st.session_state[f"cancel_reason_{key}"]
    act(lambda work: cancel(work, key, reason=reason), at=f"appointment_{key}", done=t("Cancelled."))


def _parts_form(file: BookingFile, step: BookingMove) -> None:
    with st.popover(t(step.label), icon=f":material/{step.icon}:"):
        st.text_input(t("Which part"), key=f"part_{file.row.id}", max_chars=400)
        st.button(t(step.label), key=f"wait_parts_{file.row.id}", on_click=_wait, args=(file.row.id,))


def _wait(key: int) -> None:
    part = st.session_state[f"part_{key}"]
    act(lambda work: wait_parts(work, key, part=part), at=f"appointment_{key}", done=t("Noted."))


def _nothing(_file: BookingFile, _step: BookingMove) -> None:
    """Giving up is done while booking, where the wish is known."""


_STEPS = {
    "confirm": _button, "arrive": _button, "tried": _button, "no_show": _button, "move": _move_form, "cancel": _cancel_form,
    "wait_parts": _parts_form, "give_up": _nothing, "change_jobs": change_jobs_form,
}  # fmt: skip


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
        st.markdown(Safe(f"**{t('Told')}: {total}**"))


def _where(file: BookingFile) -> None:
    row = file.row
    with st.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Place')}**"))
        for stay in file.stays:
            times = f"{clock(stay.starts_at, zone())}–{clock(stay.ends_at, zone())}"
            st.markdown(joined(Safe(times), md(stay.bay), md(stay.person)))
        if not file.stays:
            st.caption(t("No place is reserved."))
        st.caption(joined(t(row.channel.label), md(file.advisor), t("waits here") if row.waits else None))
        for text in (row.override_reason, row.reason):
            if text:
                st.caption(md(text))
        if row.status == AppointmentStatus.UNMET and row.unmet_reason:
            st.caption(t(row.unmet_reason.label))


def _messages(file: BookingFile) -> None:
    """What the customer was written, or that nothing may be sent."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(Safe(f"**{t('Messages')}**"))
        if not file.messages:
            st.caption(t("No message: the customer has not agreed to any channel. Tell them by phone."))
        for message in file.messages:
            state = badge(message.state.color, message.state.icon, t(message.state.label))
            st.markdown(joined(state, t(message.channel.label), md(message.address)))
            st.text(message.text)
