"""What others ask of the person at this tablet about cars in the shop: a row each, one tap from the answer."""

from datetime import datetime
from typing import Literal

import streamlit as st

from db.enums import Role
from db.models import OrderTask, Vehicle
from services import permissions as may
from services.order_tasks import open_tasks, unheld
from services.people import names
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def order_task_rows(page: str) -> None:
    """The open tasks of the person's roles that work on this page; nothing when there are none. Inside a fragment."""
    with look() as work:
        found = [one for one in open_tasks(work, person()) if one[0].role in may.PAGES[page]]
        staff = names(work) if found else {}
        nobodys = unheld(work, {task.role for task, _, _ in found}) if found else set()
    now = here().clock()
    for task, _, car in found:
        _row(task, car, page, staff, now, Role.MANAGER if task.role in nobodys else task.role)


def task_words(task: OrderTask, staff: dict[int, str], now: datetime) -> Safe:
    """Who asked, and when."""
    return joined(md(staff.get(task.by_id or 0, "")), moment(task.created_at, now, zone()))


def _row(task: OrderTask, car: Vehicle, page: str, staff: dict[int, str], now: datetime, owner: Role) -> None:
    row = st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"order_task_{page}_{task.id}"
    )
    kind = badge(task.kind.color, task.kind.icon, t(task.kind.label))
    mine = owner in person().roles
    whose = None if mine else Safe(f":material/person: {t(owner.label)}")
    with row.container(gap=None, width="stretch"):
        st.markdown(joined(kind, Safe(f"**{md(car.plate)}**"), md(task.asked), by=" "))
        st.caption(joined(md(f"{car.make} {car.model}"), task_words(task, staff, now), whose))
    kind_of: Literal["primary", "secondary"] = "primary" if mine else "secondary"
    if row.button(t("Answer"), key=f"answer_task_{page}_{task.id}", icon=":material/reply:", type=kind_of, on_click=_open,
                  args=(task.order_id,)):  # fmt: skip
        st.rerun()


def _open(order_id: int) -> None:
    """The record with the answer field, also where the guided check-in would open."""
    st.session_state["record_of"] = order_id
    show_record("order", order_id)
