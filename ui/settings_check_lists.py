"""Settings: the checklists of the workshop's three checks, for every car or for a kind of work."""

import streamlit as st

from db.enums import Skill
from db.enums_reception import TemplateKind
from db.models import CheckTemplate
from services.check_lists import lists, new_list, use_list
from services.check_points import KINDS
from services.health_templates import template_name
from ui.act import act, notices
from ui.here import look
from ui.settings_check_points import PLACE, points
from ui.text import Safe, badge, joined, t

OPEN = "check_list_open"


@st.fragment
def check_lists() -> None:
    """The lists of one check as lines; of the one opened the points, and nothing else."""
    kind = st.segmented_control(t("Check"), list(KINDS.values()), default=TemplateKind.SELF, required=True, key="check_kind",
                                format_func=_kind, label_visibility="collapsed", width="stretch")  # fmt: skip
    with look() as work:
        rows = lists(work, kind or TemplateKind.SELF)
    notices(PLACE)
    opened = next((row for row in rows if row.id == st.session_state.get(OPEN)), None)
    for row in [opened] if opened else rows:
        _line(row, is_open=row is opened)
    if opened:
        points(opened.id)
    else:
        _new(kind or TemplateKind.SELF)


def _kind(kind: TemplateKind) -> Safe:
    return Safe(f":material/{kind.icon}: {t(kind.label)}")


def _line(row: CheckTemplate, *, is_open: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"check_list_line_{row.id}"):
        st.markdown(joined(Safe(f"**{t(template_name(row))}**"), _for(row), by=" "), width="stretch")
        key = f"check_list_used_{row.id}"
        st.session_state[key] = row.active
        st.toggle(t("In use"), key=key, on_change=_use, args=(row.id, key))
        st.button(t("Close") if is_open else t("Points"), key=f"check_list_points_{row.id}", on_click=_open,
                  icon=":material/expand_less:" if is_open else ":material/edit:", args=(None if is_open else row.id,))  # fmt: skip


def _for(row: CheckTemplate) -> Safe | None:
    """For which cars an own list is; the name of a standard one says that already."""
    if row.standard:
        return None
    return badge("gray", "directions_car", t(row.skill.label) if row.skill else t("Every car"))


def _new(kind: TemplateKind) -> None:
    with st.popover(t("New checklist"), icon=":material/add:", key="check_list_new"):
        st.text_input(t("Name"), key="check_list_name", max_chars=80)
        st.pills(t("For cars with this work"), [None, *Skill], default=None, key="check_list_skill", format_func=_skill)
        st.button(t("Add"), type="primary", icon=":material/add:", key="check_list_add", on_click=_add, args=(kind,))


def _skill(skill: Skill | None) -> Safe:
    return t(skill.label) if skill else t("Every car")


def _add(kind: TemplateKind) -> None:
    name, skill = st.session_state["check_list_name"], st.session_state["check_list_skill"]
    row = act(lambda work: new_list(work, kind=kind, name=name, skill=skill), done=t("Saved"), at=PLACE)
    if row:
        st.session_state[OPEN] = row.id
        del st.session_state["check_list_name"]


def _open(key: int | None) -> None:
    st.session_state[OPEN] = key


def _use(key: int, widget: str) -> None:
    active = st.session_state[widget]
    act(lambda work: use_list(work, key, active=active), at=PLACE)
