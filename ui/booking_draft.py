"""The booking that is being made: kept until it is booked or thrown away (in the database by ui/booking_kept.py)."""

from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from services.rebooking import booked_before
from ui.act import spend
from ui.booking_kept import forget, keep, put_aside
from ui.here import look
from ui.text import language

KEY = "booking_draft"
# What people type or choose. Streamlit forgets a widget that is not drawn; the draft remembers it between the steps.
TYPED = (
    "booking_search", "booking_name", "booking_phone", "booking_plate", "booking_car", "booking_messages", "booking_concern",
    "booking_note", "booking_group", "booking_find_job", "booking_channel", "booking_waits", "booking_called",
    "booking_wish_day", "booking_wish_time", "booking_exception", "booking_unmet", "booking_unmet_note",
    "booking_stock", "booking_wish_part", "booking_except", "booking_day_asked", "booking_time_asked",
)  # fmt: skip


@dataclass
class Draft:
    """Where the booking stands: `step` 0 who, 1 what, 2 when. `bay_id` and `staff_id` are wishes of a tap on the calendar."""

    step: int = 0
    vehicle_id: int | None = None
    adding: bool = False
    jobs: list[int] = field(default_factory=list)
    starts_at: datetime | None = None
    bay_id: int | None = None
    staff_id: int | None = None
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # by symptom and question
    typed: dict[str, object] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)


def draft() -> Draft | None:
    """The booking being made, None when there is none."""
    found: Draft | None = st.session_state.get(KEY)
    return found


def begin(*, wish: datetime | None = None, bay_id: int | None = None, staff_id: int | None = None) -> Draft:
    """Start a booking, with the wall clock time, bay or person that was tapped. What was begun before is kept and only moved."""
    current: Draft = st.session_state.setdefault(KEY, Draft())
    if wish:
        current.bay_id, current.staff_id, current.starts_at = bay_id, staff_id, None
        current.typed |= {"booking_wish_day": wish.date(), "booking_wish_time": wish.time()}
        for name in ("booking_wish_day", "booking_wish_time"):
            st.session_state.pop(name, None)
    st.query_params["new"] = "1"
    return current


def book_again(appointment_id: int) -> None:
    """Begin a booking of the same car with the concern and jobs of an earlier one, at the times. For callbacks; NotFound."""
    with look() as work:
        earlier = booked_before(work, appointment_id)
    put_aside()
    _clear()
    current = begin()
    current.vehicle_id, current.jobs, current.answers = earlier.vehicle_id, earlier.jobs, earlier.answers
    current.step = 2 if earlier.jobs else 1
    current.typed |= {"booking_concern": earlier.concern, "booking_note": earlier.clarification}
    current.typed["booking_waits"] = earlier.waits
    st.query_params.pop("appointment", None)


def open_draft() -> None:
    """Begin a booking, or go on with the one begun."""
    begin()


def leave_draft() -> None:
    """Back to the calendar; the draft stays."""
    st.query_params.pop("new", None)


def drop() -> None:
    """Throw the draft away, or be done with it."""
    _clear()
    forget()
    leave_draft()


def _clear() -> None:
    """Take it off this tablet."""
    st.session_state.pop(KEY, None)
    for name in TYPED:
        st.session_state.pop(name, None)
    spend("booking")
    spend("booking_customer")


def keep_typed(current: Draft) -> None:
    """Carry what was typed over to this run: into the draft where the widgets have it, back to them where they lost it; and
    keep it in the database."""
    current.typed |= {name: st.session_state[name] for name in TYPED if name in st.session_state}
    keep(current, TYPED)
    for name in TYPED:
        if name in current.typed and name not in st.session_state:
            st.session_state[name] = current.typed[name]


def typed(current: Draft, name: str) -> str:
    """A text as typed last."""
    return str(st.session_state.get(name, current.typed.get(name)) or "")


def go(step: int) -> None:
    """Another step of the booking."""
    current = draft()
    if current:
        current.step = step


def day_format() -> str:
    """How a date field writes its day in the reader's language."""
    return "DD/MM/YYYY" if language() == "en" else "YYYY/MM/DD"
