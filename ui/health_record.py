"""What the health check found, to read on the record."""

import streamlit as st

from db.enums_reception import Grade
from services import health
from services.health_sheet import Group, Point, words_of
from services.i18n import N_
from services.order_facts import OrderFacts
from ui.here import look
from ui.photos import photo
from ui.text import Safe, badge, joined, md, t


def health_section(facts: OrderFacts) -> None:
    """What is not good first and in full, with photos; then the values and the points that are good, group by group."""
    with look() as work:
        groups = health.sheet(work, facts.order.id)
    for point in (point for group in groups for point in group.points if _stands_out(point)):
        with st.container(border=True, gap="xsmall", key=f"found_{point.item.id}"):
            words = joined(Safe(f"**{t(words_of(point))}**"), md(point.value), md(point.note))
            st.markdown(joined(_grade(point), words, by=" "))
            if point.photo:
                photo(point.photo, N_("Photo of the point"))
    for group in groups:
        _rest(group)


def _stands_out(point: Point) -> bool:
    return point.grade != Grade.GOOD or bool(point.note or point.photo)


def _grade(point: Point) -> Safe | None:
    return badge(point.grade.color, point.grade.icon, t(point.grade.label)) if point.grade else None


def _rest(group: Group) -> None:
    rest = [point for point in group.points if not _stands_out(point)]
    if rest:
        said = joined(*(joined(t(words_of(point)), md(point.value), by=" ") for point in rest))
        st.markdown(
            joined(
                Safe(f":gray[{t(group.group.label)}]"), badge("green", "check", t(Grade.GOOD.label)), said, by="&ensp;"
            )
        )
