"""Settings: the checklists of the health check: which are in use, in what order, and the points of the one opened."""

import streamlit as st

from db.models import CheckTemplate
from services.health_templates import new_template, put_first, template_name, templates, use_template
from ui.act import act, notices
from ui.here import look
from ui.settings_points import PLACE, points
from ui.text import Safe, badge, joined, t

OPEN = "checklist_open"


@st.fragment
def checklists() -> None:
    """The checklists as lines; of the one opened the points, and nothing else."""
    with look() as work:
        rows = templates(work)
    notices(PLACE)
    opened = next((row for row in rows if row.id == st.session_state.get(OPEN)), None)
    first = next((row.id for row in rows if row.active), None)
    for row in [opened] if opened else rows:
        _line(row, is_open=row is opened, first=row.id == first)
    if opened:
        points(opened.id)
    else:
        _new(rows)


def _line(row: CheckTemplate, *, is_open: bool, first: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"checklist_line_{row.id}"):
        name = joined(Safe(f"**{t(template_name(row))}**"), _usual() if first else None, by=" ")
        st.markdown(name, width="stretch")
        key = f"checklist_used_{row.id}"
        st.session_state[key] = row.active
        st.toggle(t("In use"), key=key, on_change=_use, args=(row.id, key))
        st.button(t("Put first"), key=f"checklist_first_{row.id}", icon=":material/vertical_align_top:", disabled=first,
                  on_click=_first, args=(row.id,))  # fmt: skip
        st.button(t("Close") if is_open else t("Points"), key=f"checklist_points_{row.id}", on_click=_open,
                  icon=":material/expand_less:" if is_open else ":material/edit:", args=(None if is_open else row.id,))  # fmt: skip


def _usual() -> Safe:
    return badge("green", "star", t("usual"))


def _new(rows: list[CheckTemplate]) -> None:
    with st.popover(t("New checklist"), icon=":material/add:", key="checklist_new"):
        st.text_input(t("Name"), key="checklist_name", max_chars=80)
        names = {row.id: t(template_name(row)) for row in rows}
        st.pills(t("Begin with the points of"), [0, *names], default=0, required=True, key="checklist_like",
                 format_func=lambda key: names[key] if key else t("Empty"))  # fmt: skip
        st.button(t("Add"), type="primary", icon=":material/add:", key="checklist_add", on_click=_add)


def _add() -> None:
    name, like = st.session_state["checklist_name"], st.session_state["checklist_like"] or None
    row = act(lambda work: new_template(work, name=name, like=like), done=t("Saved"), at=PLACE)
    if row:
        st.session_state[OPEN] = row.id
        del st.session_state["checklist_name"]


def _open(key: int | None) -> None:
    st.session_state[OPEN] = key


def _use(key: int, widget: str) -> None:
    active = st.session_state[widget]
    act(lambda work: use_template(work, key, active=active), at=PLACE)


def _first(key: int) -> None:
    act(lambda work: put_first(work, key), at=PLACE)
