"""One point of the health check: what it is, what was measured, its grade; a note and a photo where they belong."""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from db.enums_reception import Grade, Measure
from db.models import HealthResult
from services import health
from services.health_points import STEPS, UNITS
from services.health_sheet import Point
from services.i18n import N_
from services.work import Work
from ui.act import act
from ui.photos import photo, photo_input
from ui.text import Safe, badge, joined, md, t

PLACE = "health"
BAD = (Grade.SOON, Grade.NOW)


def point_row(order_id: int, point: Point, on_order: frozenset[int]) -> None:
    """The row of a point; every tap is written at once. `on_order` are the catalogue's jobs on the order."""
    with st.container(border=True, gap="xsmall", key=f"point_{order_id}_{point.item.id}"):
        name, values, grades, more = st.columns([4, 3.2, 5, 1], vertical_alignment="center", wrap=False, gap="small")
        with name:
            _name(order_id, point, on_order)
        with values:
            for part in (point, point.air):
                if part and part.item.measure != Measure.NONE:
                    _value(order_id, part)
        with grades:
            _grade(order_id, point)
        with more:
            _more(order_id, point)


def _name(order_id: int, point: Point, on_order: frozenset[int]) -> None:
    st.markdown(joined(Safe(f"**{t(point.name)}**"), _before(point), by="  \n"))
    air = point.air.grade if point.air else None
    low = badge(air.color, air.icon, joined(t("Pressure"), t(air.label))) if air in BAD else None
    note = Safe(f":material/sticky_note_2: {md(point.note)}") if point.note else None
    there = point.order_job_id or point.item.job_id in on_order
    words = badge("blue", "request_quote", t("on the estimate")) if point.grade in BAD and there else None
    if marks := joined(low, words, note, by=" "):
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


def _value(order_id: int, point: Point) -> None:
    """What was measured. A refused value stays as it was typed until another is taken."""
    key, unit = f"measured_{order_id}_{point.item.id}", UNITS[point.item.measure]
    if not st.session_state.get(f"refused_{key}"):
        kept = point.result.value if point.result else None
        st.session_state[key] = None if kept is None else float(kept)
    row = st.container(horizontal=True, vertical_alignment="center", gap="xsmall")
    row.number_input(t(point.item.measure.label), min_value=0.0, step=STEPS[point.item.measure], format="%.1f", key=key,
                     label_visibility="collapsed", on_change=_measured, args=(order_id, point.item.id, key))  # fmt: skip
    row.markdown(md(unit), width="content")


def _measured(order_id: int, item_id: int, key: str) -> None:
    typed = st.session_state[key]
    value = None if typed is None else Decimal(str(typed))
    taken = act(lambda work: health.measure(work, order_id, item_id=item_id, value=value), at=PLACE)
    st.session_state[f"refused_{key}"] = taken is None


def _grade(order_id: int, point: Point) -> None:
    key = f"grade_{order_id}_{point.item.id}"
    st.session_state[key] = point.own_grade  # what another tablet wrote counts here too
    st.segmented_control(t("Grade"), list(Grade), format_func=_word, key=key, width="stretch", label_visibility="collapsed",
                         on_change=_graded, args=(order_id, point.item.id, key))  # fmt: skip


def _word(grade: Grade) -> Safe:
    return Safe(f":{grade.color}[:material/{grade.icon}:] {t(grade.label)}")


def _graded(order_id: int, item_id: int, key: str) -> None:
    grade = st.session_state[key]
    _write(lambda work: health.grade(work, order_id, item_id=item_id, grade=grade))


def _more(order_id: int, point: Point) -> None:
    """Note and photo, drawn only while they are open."""
    icon = ":material/photo_camera:" if point.photo else ":material/more_horiz:"
    with st.popover(icon, key=f"more_{order_id}_{point.item.id}", on_change="rerun") as more:
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
