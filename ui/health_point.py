"""One point of the health check: what it is, what was measured, its grade; a note and a photo where they belong."""

from collections.abc import Callable

import streamlit as st

from db.enums_reception import Grade, Measure
from db.models import HealthResult
from services import health
from services.health_sheet import Point, words_of
from services.i18n import N_
from services.work import Work
from ui.act import act
from ui.health_value import value_button
from ui.photos import photo, photo_input
from ui.text import Safe, badge, joined, md, t

PLACE = "health"
BAD = (Grade.SOON, Grade.NOW)


def point_row(order_id: int, point: Point, on_order: frozenset[int]) -> None:
    """The row of a point; every tap is written at once. `on_order` are the catalogue's jobs on the order."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"point_{order_id}_{point.item.id}"
    ):
        with st.container(width="stretch", gap=None):
            _name(order_id, point, on_order)
        for part in (point, point.air):
            if part and part.item.measure != Measure.NONE:
                value_button(order_id, part)
        _grade(order_id, point)
        _more(order_id, point)


def _name(order_id: int, point: Point, on_order: frozenset[int]) -> None:
    st.markdown(joined(Safe(f"**{t(words_of(point))}**"), _before(point), by="  \n"))
    air = point.air.grade if point.air else None
    low = badge(air.color, air.icon, joined(t("Pressure"), t(air.label))) if air in BAD else None
    note = Safe(f":material/sticky_note_2: {md(point.note)}") if point.note else None
    picture = Safe(":material/photo_camera:") if point.photo else None
    there = point.order_job_id or point.item.job_id in on_order
    words = badge("blue", "request_quote", t("on the estimate")) if point.grade in BAD and there else None
    if marks := joined(low, words, picture, note, by=" "):
        st.markdown(marks)
    if point.own_grade in BAD and not there:
        st.button(t("Put on the estimate"), icon=":material/add:", key=f"propose_{order_id}_{point.item.id}", type="tertiary",
                  on_click=_write, args=(lambda work: health.propose(work, order_id, item_id=point.item.id),))  # fmt: skip


def _before(point: Point) -> Safe | None:
    """What the last visit found."""
    grade = point.last.grade if point.last else None
    words = t(grade.label) if grade in BAD else None
    said = joined(md(point.last_value), words)
    return Safe(f":gray[:small[{t('last time {value}', value=said)}]]") if said else None


def _grade(order_id: int, point: Point) -> None:
    key = f"grade_{order_id}_{point.item.id}"
    st.session_state[key] = point.own_grade  # what another tablet wrote counts here too
    st.segmented_control(t("Grade"), list(Grade), format_func=_word, key=key, label_visibility="collapsed",
                         on_change=_graded, args=(order_id, point.item.id, key))  # fmt: skip


def _word(grade: Grade) -> Safe:
    return Safe(f":{grade.color}[:material/{grade.icon}:] {t(grade.label)}")


def _graded(order_id: int, item_id: int, key: str) -> None:
    grade = st.session_state[key]
    _write(lambda work: health.grade(work, order_id, item_id=item_id, grade=grade))


def _more(order_id: int, point: Point) -> None:
    """Note and photo, drawn only while they are open."""
    with st.popover(":material/more_horiz:", key=f"more_{order_id}_{point.item.id}", on_change="rerun") as more:
        if not more.open:
            return
        key = f"point_note_{order_id}_{point.item.id}"
        st.text_input(t("Note"), value=point.note, key=key, max_chars=200, on_change=_noted,
                      args=(order_id, point.item.id, key))  # fmt: skip
        if point.photo:
            photo(point.photo, N_("Photo of the point"))
        photo_input(
            f"health_{order_id}_{point.item.id}",
            lambda work, data: health.add_photo(work, order_id, item_id=point.item.id, data=data),
            N_("Photo of the point"),
        )


def _noted(order_id: int, item_id: int, key: str) -> None:
    words = st.session_state[key]
    _write(lambda work: health.note(work, order_id, item_id=item_id, note=words))


def _write(verb: Callable[[Work], HealthResult]) -> None:
    act(verb, at=PLACE)
