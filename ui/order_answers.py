"""Answering what was asked about a car, on its record; and what was asked and answered, for whoever reads it."""

from datetime import datetime

import streamlit as st

from db.enums_reception import OrderTaskKind
from db.models import OrderTask
from services.order_facts import OrderFacts
from services.order_tasks import answer, tasks_of
from services.people import names
from ui.act import act
from ui.here import here, look, person, zone
from ui.job_warranty import clerk_decides
from ui.order_task_rows import task_words
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def order_answers(facts: OrderFacts) -> None:
    """What the person may answer about this car, each with its field; nothing when there is nothing."""
    with look() as work:
        found = [one for one in tasks_of(work, facts.order.id) if one.done_at is None and person().has(one.role)]
        staff = names(work) if found else {}
    for task in found:
        with st.container(border=True, gap="small", key=f"open_task_{task.id}"):
            _asked(task, staff, here().clock())
            if task.kind == OrderTaskKind.WARRANTY:
                clerk_decides(facts, task.order_job_id)
            else:
                _field(task)


def asked_and_answered(tasks: list[OrderTask], staff: dict[int, str]) -> None:
    """Every task of a car: what was asked by whom, and the answer or whose it still is."""
    now = here().clock()
    for task in tasks:
        with st.container(border=True, gap="xsmall", key=f"task_read_{task.id}"):
            _asked(task, staff, now)
            if task.done_at:
                who = joined(md(staff.get(task.done_by_id or 0, "")), moment(task.done_at, now, zone()))
                st.markdown(joined(Safe(f":material/reply: **{md(task.answer)}**"), Safe(f":gray[{who}]")))
            else:
                st.markdown(badge("orange", "hourglass_top", t("waits for: {role}", role=task.role.label)))


def _asked(task: OrderTask, staff: dict[int, str], now: datetime) -> None:
    kind = badge(task.kind.color, task.kind.icon, t(task.kind.label))
    st.markdown(joined(kind, md(task.asked), by=" "))
    st.caption(task_words(task, staff, now))


def _field(task: OrderTask) -> None:
    key = f"task_answer_{task.id}"
    label = t("Findings") if task.kind == OrderTaskKind.DIAGNOSE else t("Answer")
    st.text_area(label, key=key, height=96, max_chars=1000)
    st.button(t("Save the answer"), key=f"task_save_{task.id}", icon=":material/reply:", type="primary", on_click=_save,
              args=(task.id, task.order_id, key))  # fmt: skip


def _save(task_id: int, order_id: int, key: str) -> None:
    words = str(st.session_state.get(key) or "")
    if act(lambda work: answer(work, task_id, words), done=t("Answered"), at=f"order_{order_id}"):
        st.session_state.pop(key, None)
