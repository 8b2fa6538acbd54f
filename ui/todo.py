"""What the booking desk must not forget: what is due now, the most urgent first, and what is to be bought."""

import streamlit as st

from services.desk_tasks import DeskTask, tasks
from services.i18n import N_
from services.purchase_moves import OPEN
from services.purchases import purchase_list
from ui.act import notices
from ui.conflict_list import conflict_list
from ui.here import here, look, person
from ui.live_feed import live
from ui.task_row import task_row
from ui.text import Safe, t
from ui.to_buy import to_buy
from web.live_feed import board as feed

PLACE = "todo"
PARTS = {"mine": N_("Mine"), "all": N_("All"), "buy": N_("To buy")}
EVERY_SECONDS = 60  # time alone makes tasks due
LEAVES = ("appointment", "order", "new")


@st.fragment(run_every=EVERY_SECONDS)
def todo() -> None:
    """The list; drawn again each minute, and when something happened anywhere in the garage."""
    if any(name in st.query_params for name in LEAVES):
        st.rerun()  # a record or a booking was opened meanwhile: that is for the whole page
    seen = feed.version
    with look() as work:
        found = tasks(work)
        lines = purchase_list(work, tuple(OPEN))
    mine = [task for task in found if task.is_of(person())]
    counts = {"mine": len(mine), "all": len(found), "buy": len(lines)}
    st.session_state.setdefault("todo_part", "mine" if mine else "all")
    part = st.segmented_control(
        t("Tasks"), list(PARTS), key="todo_part", required=True, persist_state="session", label_visibility="collapsed",
        format_func=lambda name: Safe(f"{t(PARTS[name])} · {counts[name]:d}"),
    )  # fmt: skip
    notices(PLACE)
    conflict_list()
    if part == "buy":
        to_buy(PLACE, lines)
    else:
        _list(mine if part == "mine" else found)
    live("todo_feed", seen=seen)


def _list(found: list[DeskTask]) -> None:
    now = here().clock()
    if not found:
        st.caption(t("Nothing to do right now. What becomes due appears here by itself."))
    for task in found:
        task_row(task, now, PLACE)
