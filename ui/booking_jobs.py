"""Other jobs for a booking that stands: chosen by taps, told to the customer, then kept."""

from functools import partial

import streamlit as st

from services import permissions as may
from services.appointment_moves import Facts
from services.booking_file import BookingFile
from services.booking_jobs import change_jobs, job_ids_of
from services.catalogue import Estimate, estimate
from services.refusals import NotFound
from services.work import Work
from services.workflow import Move
from ui.act import act
from ui.estimate_told import told_line
from ui.here import look, person
from ui.job_choice import chosen_jobs, job_choice, job_name
from ui.text import t


def change_jobs_form(file: BookingFile, step: Move[Facts]) -> None:
    """The button with what opens under it; read only once it is open."""
    key = file.row.id
    with st.popover(t(step.label), icon=f":material/{step.icon}:", key=f"jobs_{key}", on_change="rerun") as opened:
        if opened.open:
            _form(key)
        else:
            st.session_state.pop(_name(key), None)


def _form(key: int) -> None:
    with look() as work:
        chosen: list[int] = st.session_state.setdefault(_name(key), job_ids_of(work, key))
        told, currency = _told(work, chosen, key), work.garage.currency
    put = partial(_put, key)
    if told:
        chosen_jobs({one.job.id: job_name(one, currency) for one in told.offered}, f"jobs_in_{key}", put)
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    with row.container(width="content"):
        if told:
            told_line(told, currency)
    row.button(t("Save"), key=f"change_jobs_{key}", type="primary", icon=":material/save:", disabled=told is None,
               on_click=_save, args=(key,))  # fmt: skip
    if person().has(*may.OVERRIDES_POLICY):
        st.text_input(t("Reason for the exception"), key=f"jobs_reason_{key}", max_chars=300)
    job_choice(chosen, f"booked_{key}", put)


def _put(key: int, jobs: list[int]) -> None:
    st.session_state[_name(key)] = jobs


def _told(work: Work, chosen: list[int], key: int) -> Estimate | None:
    try:
        return estimate(work, chosen, without=key) if chosen else None
    except NotFound:  # a job is no longer offered: it has to be chosen anew
        chosen.clear()
        return None


def _name(key: int) -> str:
    return f"jobs_of_{key}"


def _save(key: int) -> None:
    jobs = list(st.session_state[_name(key)])
    reason = str(st.session_state.get(f"jobs_reason_{key}") or "")
    if act(
        lambda work: change_jobs(work, key, jobs, override_reason=reason), at=f"appointment_{key}", done=t("Changed.")
    ):
        st.session_state.pop(_name(key), None)
        st.session_state[f"jobs_{key}"] = False
