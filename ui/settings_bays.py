"""Settings: the bays."""

import streamlit as st

from db.enums import BayKind
from db.models import Bay
from services.bays import add_bay, all_bays, change_bay
from ui.act import act, notices
from ui.conflict_list import conflict_list
from ui.here import look
from ui.text import t


@st.fragment
def bays() -> None:
    """Every bay as a row to change, and one more to add."""
    with look() as work:
        rows = all_bays(work)
    notices("bays")
    conflict_list()
    for bay in rows:
        _row(bay)
    with st.form("bay_new", border=True):
        name, kind, button = st.columns([3, 3, 2], vertical_alignment="bottom")
        name.text_input(t("New bay"), key="bay_new_name")
        kind.selectbox(t("Kind of bay"), list(BayKind), format_func=lambda kind: t(kind.label), key="bay_new_kind")
        button.form_submit_button(t("Add"), on_click=_add, icon=":material/add:", key="bay_add", width="stretch")


def _row(bay: Bay) -> None:
    with st.form(f"bay_{bay.id}", border=True):
        name, kind, used, button = st.columns([3, 3, 2, 2], vertical_alignment="center")
        name.text_input(t("Bay"), bay.name, key=f"bay_name_{bay.id}", label_visibility="collapsed")
        kind.selectbox(t("Kind of bay"), list(BayKind), list(BayKind).index(bay.kind), lambda kind: t(kind.label),
                       key=f"bay_kind_{bay.id}", label_visibility="collapsed")  # fmt: skip
        used.toggle(t("In use"), bay.active, key=f"bay_used_{bay.id}")
        button.form_submit_button(
            t("Save"),
            on_click=_change,
            args=(bay.id,),
            icon=":material/save:",
            key=f"bay_save_{bay.id}",
            width="stretch",
        )


def _change(bay_id: int) -> None:
    name, kind, used = (st.session_state[f"bay_{field}_{bay_id}"] for field in ("name", "kind", "used"))
    act(lambda work: change_bay(work, bay_id, name=name, kind=kind, active=used), done=t("Saved"), at="bays")


def _add() -> None:
    name, kind = st.session_state["bay_new_name"], st.session_state["bay_new_kind"]
    if act(lambda work: add_bay(work, name=name, kind=kind), done=t("Saved"), at="bays"):
        st.session_state["bay_new_name"] = ""
