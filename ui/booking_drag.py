"""A booking dragged in the calendar: it moves, or it snaps back and the reason is said; where a rule of the garage's own stands in
the way, who may make an exception is asked why."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from db.models import Appointment
from services import permissions as may
from services.booking import move_stay
from services.booking_policy import PolicyRefusal
from services.refusals import ReasonMissing
from services.slots import instant
from services.work import Work
from ui.act import act, refuse
from ui.here import person
from ui.text import joined, language, md, t
from ui.when import weekday

_HELD = "booking_drag"  # a drag that waits for the reason of an exception
_REASON = "booking_drag_reason"


@dataclass(frozen=True)
class Drag:
    """Where a reserved place was dragged to: wall clock time, and the bay or person of the column."""

    reservation_id: int
    starts: datetime
    bay_id: int | None
    staff_id: int | None
    why: str = ""


def drag(to: Drag, place: str) -> None:
    """Move what was dragged. From a callback."""
    st.session_state.pop(_HELD, None)
    if stopped := _move(to, place, ""):
        st.session_state.pop(f"notices:{place}", None)  # said with the question instead
        st.session_state[_HELD] = Drag(to.reservation_id, to.starts, to.bay_id, to.staff_id, stopped.say(language()))


def exception_form(place: str) -> None:
    """Ask for the reason of the exception a drag needs, if one waits for it."""
    held: Drag | None = st.session_state.get(_HELD)
    if held is None:
        return
    with st.container(border=True, key="booking_exception_drag"):
        st.warning(md(held.why), icon=":material/gavel:")
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        when = joined(weekday(held.starts.date()), md(f"{held.starts:%H:%M}"), by=" ")
        row.text_input(t("Reason for the exception"), key=_REASON, max_chars=300, width="stretch")
        row.button(t("Move to {time} all the same", time=when), key="drag_anyway", type="primary",
                   on_click=_anyway, args=(held, place))  # fmt: skip
        row.button(t("Leave it where it was"), key="drag_leave", on_click=_leave)


def _anyway(held: Drag, place: str) -> None:
    """A missing reason keeps the question; anything else ends it: the booking moved, or stands where it stood, and why is said."""
    reason = st.session_state[_REASON]
    if not reason.strip():
        refuse(md(ReasonMissing().say(language())), place)
    elif _move(held, place, reason) is None:
        _leave()


def _leave() -> None:
    for key in (_HELD, _REASON):
        st.session_state.pop(key, None)


def _move(to: Drag, place: str, reason: str) -> PolicyRefusal | None:
    """Move, or keep the refusal as a notice; gives the rule back that this person may make an exception to."""
    stopped: list[PolicyRefusal] = []

    def verb(work: Work) -> Appointment:
        starts = instant(to.starts.date(), to.starts.hour * 60 + to.starts.minute, work.zone)
        try:
            return move_stay(work, to.reservation_id, starts_at=starts, bay_id=to.bay_id, staff_id=to.staff_id,
                             override_reason=reason)  # fmt: skip
        except PolicyRefusal as refusal:
            stopped.append(refusal)
            raise

    moved = act(verb, done=t("Moved to {time}.", time=f"{to.starts:%H:%M}"), at=place)
    return stopped[0] if moved is None and stopped and person().has(*may.OVERRIDES_POLICY) else None
