"""One complaint: what is wrong, what was planned, done and answered, and the form of the next stage."""

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from db.enums import ComplaintKind, ComplaintStatus
from db.models import Complaint, Staff
from services import complaints
from services.calls import ComplaintCard, complaint_record
from services.care_moves import COMPLAINTS
from services.i18n import N_
from services.people import people_with
from services.permissions import EVERYONE
from services.work import Work
from services.workflow import allowed
from ui.act import act, notices
from ui.follow_up_missing import no_record
from ui.here import asked, here, look, person, show_record, zone
from ui.history import history
from ui.moments import moment_input, moment_picked, next_quarter
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import left, moment, urgency

WORDS = {"plan": N_("What will be done"), "handle": N_("What was done"), "answer": N_("Answer to the customer")}
STANDARD = timedelta(days=2)  # proposed until somebody says otherwise


def complaint_page() -> None:
    """Draw the complaint asked for by `?complaint=` and stop the page; does nothing when none is asked for."""
    key = asked("complaint")
    if key is None:
        return
    with look() as work:
        card, people = complaint_record(work, key), people_with(work, EVERYONE)
    if card is None:
        no_record("complaint")
        st.stop()
    assert card is not None
    _header(card)
    notices("complaint")
    left_side, right_side = st.columns([3, 2], gap="medium")
    with left_side:
        _written(card.complaint)
        _next_stage(card, people)
    with right_side:
        history(card.complaint)
    st.stop()


def _header(card: ComplaintCard) -> None:
    row, now = card.complaint, here().clock()
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("complaint", None), key="back")
    top.header(md(card.customer.name), anchor=False, width="content")
    top.markdown(badge(row.status.color, row.status.icon, t(row.status.label)), width="content")
    if row.due_at and row.status != ComplaintStatus.CLOSED:
        words = joined(moment(row.due_at, now, zone()), left(row.due_at, now))
        top.markdown(badge(urgency(row.due_at, now), "schedule", words), width="content")
    car = md(f"{card.vehicle.plate} {card.vehicle.make} {card.vehicle.model}") if card.vehicle else None
    st.caption(joined(phone(card.customer.phone), car, md(card.order.number if card.order else "")))
    st.caption(joined(t(row.kind.label) if row.kind else None, md(card.responsible)))


def _written(row: Complaint) -> None:
    for label, words in (
        (t("What is wrong"), row.text),
        (t("Plan"), row.plan),
        (t("What was done"), row.handling),
        (t("Answer to the customer"), row.answer),
    ):
        if words:
            st.markdown(Safe(f"**{label}**"))
            st.text(words)


def _next_stage(card: ComplaintCard, people: list[Staff]) -> None:
    row = card.complaint
    step = COMPLAINTS.next_step(row, row.status)
    if step is None:
        st.caption(t("This complaint is closed. The customer is called once more."))
    elif not allowed(step, person()):
        st.caption(t("This step is for: {role}.", role=step.roles[0].label))
    else:
        with st.container(border=True, key="next_step"):
            if step.action == "classify":
                _classify_form(row, people)
            elif step.action in WORDS:
                st.text_area(t(WORDS[step.action]), key=f"{step.action}_words_{row.id}", max_chars=2000)
            st.button(t(step.label), key=f"{step.action}_{row.id}", icon=f":material/{step.icon}:", type="primary",
                      on_click=_do, args=(step.action, row.id))  # fmt: skip


def _classify_form(row: Complaint, people: list[Staff]) -> None:
    named = {p.id: p.name for p in people}
    st.pills(t("What is it about?"), list(ComplaintKind), default=row.kind, format_func=_kind, key=f"kind_{row.id}")
    st.selectbox(t("Who looks after it"), list(named), index=None, format_func=lambda k: named[k], key=f"who_{row.id}",
                 placeholder=t("Choose a person"))  # fmt: skip
    moment_input(t("Answered until"), f"until_{row.id}", next_quarter(here().clock() + STANDARD))


def _kind(kind: ComplaintKind) -> Safe:
    return t(kind.label)


def _do(action: str, key: int) -> None:
    """What was typed is read here, before the unit of work begins: no Streamlit call inside it."""
    words = str(st.session_state.get(f"{action}_words_{key}") or "")
    kind, who = st.session_state.get(f"kind_{key}"), st.session_state.get(f"who_{key}")
    until = moment_picked(f"until_{key}")
    verbs: dict[str, Callable[[Work], Complaint]] = {
        "classify": lambda work: complaints.classify(work, key, kind=kind, responsible_id=who, due_at=until),
        "plan": lambda work: complaints.plan(work, key, what=words),
        "handle": lambda work: complaints.handle(work, key, what=words),
        "answer": lambda work: complaints.answer(work, key, what=words),
        "close": lambda work: complaints.close(work, key),
    }
    act(verbs[action], done=t("Saved"), at="complaint")
