"""What can be done with a booking: the next step in reach of the thumb, the others in a row; some need a word more."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from db.enums import AppointmentStatus
from db.enums_desk import TaskKind
from services import permissions as may
from services.appointment_moves import Facts
from services.arrivals import arrive
from services.booking import confirm
from services.booking_changes import cancel, no_show, tried
from services.booking_file import BookingFile
from services.desk_tasks import DeskTask
from services.refusals import Refusal
from services.workflow import Move, allowed
from ui.act import act
from ui.booking_draft import book_again
from ui.booking_jobs import change_jobs_form
from ui.booking_new_time import agree_form, move_form
from ui.booking_wait import wait_form
from ui.here import here, person, show_record
from ui.text import language, md, t

BookingMove = Move[Facts]
SOON = timedelta(hours=12)
AGAIN = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.UNMET)


def next_step(file: BookingFile, *, part_in: bool) -> None:
    """The one thing to do next with this booking."""
    status, steps = file.row.status, {one.action: one for one in file.moves if allowed(one, person())}
    if status == AppointmentStatus.WAITING_PARTS and "confirm" in steps:
        agree_form(file, due=True) if part_in else move_form(file)
    elif "confirm" in steps:
        _button(file, steps["confirm"])
        if steps["confirm"].blockers(file.facts):
            agree_form(file, due=True)
    elif "arrive" in steps:
        _button(file, steps["arrive"])
    elif file.order_id:
        st.button(t("Open the work order"), key="open_order", icon=":material/open_in_full:", type="primary",
                  on_click=_open_order, args=(file.order_id,))  # fmt: skip
    if status in AGAIN:
        book_again_button(file, "primary")


def other_steps(file: BookingFile, tasks: Sequence[DeskTask]) -> None:
    """The other things that can be done now."""
    kinds = {task.kind for task in tasks}
    shown = {"tried", "no_show"} if TaskKind.MISSING in kinds else set()  # the task's row has them
    if file.row.status == AppointmentStatus.WAITING_PARTS and TaskKind.PART_IN not in kinds:
        shown.add("move")  # the next step
    with st.container(horizontal=True, gap="small", key="booking_steps"):
        for step in file.moves:
            if allowed(step, person()) and step.action in _OTHERS.keys() - shown:
                _OTHERS[step.action](file, step)
        if file.row.status == AppointmentStatus.WAITING_PARTS:
            book_again_button(file, "secondary")


def book_again_button(file: BookingFile, kind: str) -> None:
    """Another booking of the same car with the same concern and jobs, at the times."""
    if person().has(*may.BOOKS):
        st.button(t("Book again"), key=f"again_{file.row.id}", icon=":material/event_repeat:",
                  type="primary" if kind == "primary" else "secondary", on_click=book_again, args=(file.row.id,))  # fmt: skip


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
    """A car booked for another day, or long overdue, may arrive now, but that is not the next thing to do."""
    starts, now = file.row.starts_at, here().clock()
    late = timedelta(minutes=file.facts.grace_minutes)
    return step.action != "arrive" or starts is None or starts - SOON < now < starts + late


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


def _cancel_form(file: BookingFile, step: BookingMove) -> None:
    with st.popover(t(step.label), icon=f":material/{step.icon}:"):
        st.text_input(t("Reason"), key=f"cancel_reason_{file.row.id}", max_chars=400)
        st.button(t(step.label), key=f"cancel_{file.row.id}", type="primary", on_click=_cancel, args=(file.row.id,))


def _cancel(key: int) -> None:
    reason = st.session_state[f"cancel_reason_{key}"]
    act(lambda work: cancel(work, key, reason=reason), at=f"appointment_{key}", done=t("Cancelled."))


_OTHERS: dict[str, Callable[[BookingFile, BookingMove], None]] = {
    "change_jobs": change_jobs_form,
    "move": lambda file, _: move_form(file),
    "wait_parts": wait_form,
    "tried": _button,
    "no_show": _button,
    "cancel": _cancel_form,
}  # giving up is done while booking, where the wish is known
