"""What the booking desk must not forget: what is due now, the most urgent first, and what is to be bought."""

from collections.abc import Callable

import streamlit as st

from services.desk_tasks import DeskTask, tasks
from services.purchase_moves import OPEN
from services.purchases import purchase_list
from ui.act import notices
from ui.conflict_list import conflict_list
from ui.here import here, look, person
from ui.live_feed import live
from ui.task_row import task_row
from ui.text import Safe, joined, t
from ui.to_buy import to_buy
from web.live_feed import board as feed

PLACE = "todo"
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
    parts: dict[str, tuple[Safe, Callable[[], None]]] = {
        "mine": (_counted(t("Mine"), len(mine)), lambda: _list(mine)),
        "all": (_counted(t("All"), len(found)), lambda: _list(found)),
        "buy": (_counted(t("To buy"), len(lines)), lambda: to_buy(PLACE)),
    }
    st.session_state.setdefault("todo_part", "mine" if mine else "all")
    chosen = st.segmented_control(
        t("Tasks"), list(parts), key="todo_part", required=True, persist_state="session",
        format_func=lambda name: parts[name][0], label_visibility="collapsed",
    )  # fmt: skip
    notices(PLACE)
    conflict_list()
    parts[chosen or "all"][1]()
    live("todo_feed", seen=seen)


def _counted(words: Safe, many: int) -> Safe:
    return joined(words, Safe(str(many)))


def _list(found: list[DeskTask]) -> None:
    now = here().clock()
    if not found:
        st.caption(t("Nothing to do right now. What becomes due appears here by itself."))
    for task in found:
        task_row(task, now, PLACE)
