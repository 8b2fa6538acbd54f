"""Answering what was asked about a car, on its record; and what was asked and answered, for whoever reads it."""

from datetime import datetime

import streamlit as st

from db.enums_reception import OrderTaskKind as Kind
from db.models import Customer, Delay, OrderTask
from services.delays import last_delay
from services.order_facts import OrderFacts
from services.order_tasks import answer, tasks_of
from services.people import names
from ui.act import act
from ui.delay_answer import tell_form
from ui.delay_words import answer_words, delay_words
from ui.here import here, look, person, zone
from ui.job_warranty import clerk_decides
from ui.order_task_rows import task_text, task_words
from ui.promise_inputs import WHY_SOONER
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import moment

ANSWER_EXTRA = "answer_extra"
SOONER = WHY_SOONER[:3]  # how a car planned anew can be ready sooner
_ABOUT_DELAYS = (Kind.DELAY, Kind.REPLAN)


def order_answers(facts: OrderFacts) -> None:
    """What the person may answer about this car, each with its field; nothing when there is nothing."""
    with look() as work:
        found = [one for one in tasks_of(work, facts.order.id) if one.done_at is None and person().has(one.role)]
        staff = names(work) if found else {}
        late = last_delay(work, facts.order.id) if {one.kind for one in found} & {Kind.DELAY, Kind.REPLAN} else None
        customer = work.get(Customer, facts.order.customer_id) if late else None
    for task in found:
        if task.kind == Kind.EXTRA:
            continue  # its form is that of the step
        with st.container(border=True, gap="small", key=f"open_task_{task.id}"):
            _asked(task, staff, here().clock(), late if task.kind in _ABOUT_DELAYS else None)
            if task.kind == Kind.WARRANTY:
                clerk_decides(facts, task.order_job_id)
            elif task.kind == Kind.DELAY and late and customer:
                tell_form(facts, late, customer)
            else:
                if task.kind == Kind.REPLAN and late:
                    st.markdown(answer_words(late, here().clock()))
                _field(task)
    _extra(facts, [one for one in found if one.kind == Kind.EXTRA])


def asked_and_answered(tasks: list[OrderTask], staff: dict[int, str]) -> None:
    """Every task of a car: what was asked by whom, and the answer or whose it still is."""
    now = here().clock()
    for task in tasks:
        with st.container(border=True, gap="xsmall", key=f"task_read_{task.id}"):
            _asked(task, staff, now)
            if task.done_at:
                who = joined(md(staff.get(task.done_by_id or 0, "")), moment(task.done_at, now, zone()))
                st.markdown(joined(Safe(f":material/reply: **{task_text(task.answer)}**"), Safe(f":gray[{who}]")))
            else:
                st.markdown(badge("orange", "hourglass_top", t("waits for: {role}", role=task.role.label)))


def _asked(task: OrderTask, staff: dict[int, str], now: datetime, delay: Delay | None = None) -> None:
    kind = badge(task.kind.color, task.kind.icon, t(task.kind.label))
    st.markdown(joined(kind, delay_words(delay, now) if delay else task_text(task.asked), by=" "))
    st.caption(task_words(task, staff, now))


def _extra(facts: OrderFacts, found: list[OrderTask]) -> None:
    """One tap to the form, unless that is open already."""
    step = f"step:{facts.order.id}"
    if found and st.session_state.get(step) != ANSWER_EXTRA:
        kind = Kind.EXTRA
        row = st.container(border=True, horizontal=True, vertical_alignment="center", key=f"ask_extra_{facts.order.id}")
        asked = joined(*(md(task.asked) for task in found), by="; ")
        row.markdown(joined(badge(kind.color, kind.icon, t(kind.label)), asked, by=" "), width="stretch")
        row.button(t("Record the customer's answer"), key=f"open_extra_{facts.order.id}", icon=":material/phone_in_talk:",
                   type="primary", on_click=st.session_state.__setitem__, args=(step, ANSWER_EXTRA))  # fmt: skip


def _field(task: OrderTask) -> None:
    key = f"task_answer_{task.id}"
    label = t("Findings") if task.kind == Kind.DIAGNOSE else t("Answer")
    if task.kind == Kind.REPLAN:
        st.pills(label, SOONER, format_func=t, key=f"task_pick_{task.id}", label_visibility="collapsed")
    st.text_area(label, key=key, height=96, max_chars=1000)
    st.button(t("Save the answer"), key=f"task_save_{task.id}", icon=":material/reply:", type="primary", on_click=_save,
              args=(task.id, task.order_id, key))  # fmt: skip


def _save(task_id: int, order_id: int, key: str) -> None:
    picked = st.session_state.get(f"task_pick_{task_id}")
    words = " · ".join(part for part in (plain(picked) if picked else "", str(st.session_state.get(key) or "")) if part)
    if act(lambda work: answer(work, task_id, words), done=t("Answered"), at=f"order_{order_id}"):
        st.session_state.pop(key, None)
