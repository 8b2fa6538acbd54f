"""Settings: the points of one of the workshop's checklists; one is opened to change it."""

import streamlit as st

from db.models import CheckTemplateItem
from services.check_lists import add_point, change_point, use_point
from services.check_points import words_of
from services.health_items import move_up
from services.health_templates import items_of
from ui.act import act
from ui.here import look
from ui.text import Safe, badge, joined, t

PLACE = "check_lists"
OPEN = "check_point_open"
NEW = 0


def points(template_id: int) -> None:
    """Each point to be switched off, moved up or changed; and a new one."""
    with look() as work:
        rows = items_of(work, template_id)
    for row in rows:
        _line(row, first=row is rows[0])
        if st.session_state.get(OPEN) == row.id:
            _form(row)
    if st.session_state.get(OPEN) == NEW:
        _form(CheckTemplateItem(template_id=template_id))
    else:
        st.button(t("New point"), icon=":material/add:", key="check_point_new", on_click=_open, args=(NEW,))


def _line(row: CheckTemplateItem, *, first: bool) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"check_point_line_{row.id}"
    ):
        safety = badge("red", "health_and_safety", t("safety")) if row.safety else None
        photo = badge("blue", "photo_camera", t("with photo")) if row.photo else None
        st.markdown(joined(Safe(f"**{t(words_of(row.point, row.title))}**"), safety, photo, by=" "), width="stretch")
        key = f"check_point_used_{row.id}"
        st.session_state[key] = row.active
        st.toggle(t("In use"), key=key, on_change=_use, args=(row.id, key))
        st.button(t("Up"), key=f"check_point_up_{row.id}", icon=":material/arrow_upward:", disabled=first, on_click=_up,
                  args=(row.id,))  # fmt: skip
        st.button(
            t("Change"), key=f"check_point_change_{row.id}", icon=":material/edit:", on_click=_open, args=(row.id,)
        )


def _form(row: CheckTemplateItem) -> None:
    """What is typed stays until it is saved or discarded."""
    key = f"check_point_{row.id or NEW}"
    with st.container(border=True, key=f"{key}_form"):
        if not row.point:
            st.text_input(t("Point"), value=row.title, key=f"{key}_title", max_chars=120)
        row_of = st.container(horizontal=True, gap="medium")
        row_of.toggle(t("Concerns safety"), value=row.safety, key=f"{key}_safety")
        row_of.toggle(t("Only with a photo"), value=row.photo, key=f"{key}_photo")
        buttons = st.container(horizontal=True, gap="small")
        buttons.button(
            t("Save"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save, args=(row, key)
        )
        buttons.button(
            t("Discard"), type="tertiary", icon=":material/delete:", key=f"{key}_discard", on_click=_open, args=(None,)
        )


def _open(key: int | None) -> None:
    st.session_state[OPEN] = key


def _save(row: CheckTemplateItem, key: str) -> None:
    title = st.session_state.get(f"{key}_title")
    safety, photo = st.session_state[f"{key}_safety"], st.session_state[f"{key}_photo"]
    if row.id:
        saved = act(
            lambda work: change_point(work, row.id, title=title, safety=safety, photo=photo), done=t("Saved"), at=PLACE
        )
    else:
        saved = act(
            lambda work: add_point(work, row.template_id, title=title or "", safety=safety, photo=photo),
            done=t("Saved"),
            at=PLACE,
        )
    if saved:
        _open(None)


def _use(key: int, widget: str) -> None:
    active = st.session_state[widget]
    act(lambda work: use_point(work, key, active=active), at=PLACE)


def _up(key: int) -> None:
    act(lambda work: move_up(work, key), at=PLACE)
