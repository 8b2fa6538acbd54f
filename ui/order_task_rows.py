"""What others ask of the person at this tablet about cars in the shop: a row each, one tap from the answer."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Literal

import streamlit as st

from db.enums import Answer, Role
from db.enums_reception import OrderTaskKind as Kind
from db.enums_workshop import DelayAnswer, DelayReason
from db.models import Delay, OrderTask, Vehicle
from services import permissions as may
from services.delays import newest_delays
from services.order_tasks import Open, open_tasks, unheld
from services.people import names
from ui.delay_words import delay_words
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

_Asked = tuple[OrderTask, Vehicle, str, dict[int, str], datetime, Role, Safe]


def order_task_rows(page: str, *, folded: bool = False, role: Role | None = None) -> None:
    """The open tasks of the person's roles that work on this page (or of one `role` alone); nothing when there are none. With
    `folded` several of them are one line that names the cars, so that what stands below stays in sight. Inside a fragment."""
    with look() as work:
        found = [one for one in open_tasks(work, person()) if one[0].role in ((role,) if role else may.PAGES[page])]
        staff = names(work) if found else {}
        nobodys = unheld(work, {task.role for task, _, _ in found}) if found else set()
        late = newest_delays(work, {task.order_id for task, _, _ in found if task.kind in _ABOUT_DELAYS})
    own: list[_Asked] = []
    others: list[_Asked] = []
    now = here().clock()
    for task, car, asked in _once(found):
        owner = Role.MANAGER if task.role in nobodys else task.role
        delay = late.get(task.order_id) if task.kind in _ABOUT_DELAYS else None
        row = (task, car, page, staff, now, owner, _words(task, delay, now) if delay else asked)
        (own if owner in person().roles else others).append(row)
    with _drawer(own, page) if folded else nullcontext():
        for row in own:
            _row(*row)
    if others:  # whoever sees the questions of others has not come for them
        with st.expander(t("Asked of others · {n}", n=len(others)), icon=":material/forum:", key=f"others_{page}"):
            for row in others:
                _row(*row)


def _drawer(asked: list[_Asked], page: str) -> AbstractContextManager[object]:
    """What is asked in one line, opened by a tap; a single task needs none."""
    if len(asked) < 2:
        return nullcontext()
    about = [badge(task.kind.color, task.kind.icon, md(car.plate)) for task, car, *_ in asked]
    words = Safe(f"**{t('Asked of you · {n}', n=len(asked))}**")
    return st.expander(joined(words, *about, by=" "), icon=":material/reply:", key=f"asked_{page}")


_ABOUT_DELAYS = (Kind.DELAY, Kind.REPLAN)
_LABELS = (*DelayReason, *DelayAnswer, *Answer)
_OURS = {str(one.label): one for one in _LABELS}


def task_text(words: str) -> Safe:
    """What was asked or answered: the program's own word in the reader's language, what a person wrote as it is."""
    one = _OURS.get(words)
    return t(one.label) if one else md(words)


def _once(found: list[Open]) -> list[tuple[OrderTask, Vehicle, Safe]]:
    """Each task with what is asked; all the extra work of a car is one: the customer is called once."""
    extra: dict[int, list[Safe]] = {}
    for task, _, _ in found:
        if task.kind == Kind.EXTRA:
            extra.setdefault(task.order_id, []).append(md(task.asked))
    rows = []
    for task, _, car in found:
        if task.kind != Kind.EXTRA:
            rows.append((task, car, task_text(task.asked)))
        elif words := extra.pop(task.order_id, None):
            rows.append((task, car, joined(*words, by="; ")))
    return rows


def _words(task: OrderTask, delay: Delay, now: datetime) -> Safe:
    return joined(task_text(task.asked) if task.kind == Kind.REPLAN else None, delay_words(delay, now))


def task_words(task: OrderTask, staff: dict[int, str], now: datetime) -> Safe:
    """Who asked, and when."""
    return joined(md(staff.get(task.by_id or 0, "")), moment(task.created_at, now, zone()))


def _row(
    task: OrderTask, car: Vehicle, page: str, staff: dict[int, str], now: datetime, owner: Role, asked: Safe
) -> None:
    row = st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"order_task_{page}_{task.id}"
    )
    kind = badge(task.kind.color, task.kind.icon, t(task.kind.label))
    mine = owner in person().roles
    whose = None if mine else Safe(f":material/person: {t(owner.label)}")
    with row.container(gap=None, width="stretch"):
        st.markdown(joined(kind, Safe(f"**{md(car.plate)}**"), asked, by=" "))
        st.caption(joined(md(f"{car.make} {car.model}"), task_words(task, staff, now), whose))
    kind_of: Literal["primary", "secondary"] = "primary" if mine else "secondary"
    if row.button(t("Answer"), key=f"answer_task_{page}_{task.id}", icon=":material/reply:", type=kind_of, on_click=_open,
                  args=(task,)):  # fmt: skip
        st.rerun()


def _open(task: OrderTask) -> None:
    """The record with the answer field, also where the guided check-in would open."""
    if task.kind == Kind.EXTRA:
        st.session_state[f"step:{task.order_id}"] = "answer_extra"
    st.session_state["record_of"] = task.order_id
    show_record("order", task.order_id)
