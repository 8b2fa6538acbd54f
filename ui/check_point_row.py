"""One point of a check: in order, not in order or does not apply by one tap; a note and a photo where they belong."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from db.enums import CheckLevel
from db.enums_workshop import CheckMark
from db.models import Attachment
from services import check_draft
from services.check_marks import MOST_NOTE, Said
from services.check_points import Point
from services.i18n import N_
from services.left_undone import WHY
from services.work import Work
from ui.act import act
from ui.photos import photo, photo_input
from ui.text import Safe, badge, joined, md, plain, t

Pictures = dict[int, Attachment]
Known = Callable[[Point], None]


def point_row(
    order_id: int, level: CheckLevel, point: Point, said: Said, pictures: Pictures, known: Known | None = None
) -> None:
    """The row of a point; every tap is kept at once. What is not in order has its note and photo open. `known` draws what the
    order says about it."""
    name = f"{level.value}_{order_id}_{point.key}"
    with st.container(border=True, gap="xsmall", key=f"check_{name}"):
        if point.explain:
            _undone(order_id, level, point, said, known)
            return
        row = st.container(horizontal=True, vertical_alignment="center", gap="small")
        with row.container(width="stretch", gap=None):
            st.markdown(joined(Safe(f"**{t(point.words)}**"), *_marks(point, said), by=" "))
        key = f"mark_{name}"
        st.session_state[key] = said.mark  # what the person's other tablet wrote counts here too
        row.segmented_control(t(point.words), list(CheckMark), format_func=_icon, key=key, label_visibility="collapsed",
                              on_change=_marked, args=(order_id, level, point.key, key))  # fmt: skip
        if known:
            known(point)
        if said.mark == CheckMark.FAIL:
            _more(order_id, level, point, said, pictures)
            return
        if point.photo and said.mark != CheckMark.NOT_APPLICABLE:
            _photo(order_id, level, point, said, pictures)
        with row.popover(":material/more_horiz:", key=f"more_{name}", on_change="rerun") as more:
            if more.open:
                _more(order_id, level, point, said, pictures)


def _undone(order_id: int, level: CheckLevel, point: Point, said: Said, known: Known | None) -> None:
    """What was not done: a reason by a tap, or another in words."""
    name = f"{level.value}_{order_id}_{point.key}"
    st.markdown(joined(Safe(f"**{md(point.words)}**"), _explained(said), by=" "))
    if known:
        known(point)
    reasons = [plain(why) for why in WHY]
    tapped, typed = f"why_{name}", f"why_words_{name}"
    st.session_state[tapped] = said.note if said.note in reasons else None
    st.pills(t("Why it was not done"), reasons, format_func=md, key=tapped, on_change=_said_why,
             args=(order_id, level, point.key, tapped))  # fmt: skip
    st.text_input(t("Another reason"), said.note if said.note not in reasons else "", key=typed, max_chars=MOST_NOTE,
                  on_change=_said_why, args=(order_id, level, point.key, typed))  # fmt: skip


def _explained(said: Said) -> Safe:
    return badge("green", "check", t("explained")) if said.note else badge("orange", "help", t("to be explained"))


def _said_why(order_id: int, level: CheckLevel, key: str, widget: str) -> None:
    words = st.session_state[widget] or ""
    act(lambda work: check_draft.explain(work, order_id, level, key, words), at=place(order_id))


def _marks(point: Point, said: Said) -> list[Safe | None]:
    told = said.mark if said.mark != CheckMark.PASS else None
    return [
        badge("red", "health_and_safety", t("safety")) if point.safety else None,
        badge(told.color, told.icon, t(told.label)) if told else None,
        Safe(":material/photo_camera:") if said.photo else None,
        Safe(f":material/sticky_note_2: {md(said.note)}") if said.note and said.mark != CheckMark.FAIL else None,
    ]


def _icon(mark: CheckMark) -> Safe:
    return Safe(f":{mark.color}[:material/{mark.icon}:]")


def _more(order_id: int, level: CheckLevel, point: Point, said: Said, pictures: Pictures) -> None:
    key = f"point_note_{level.value}_{order_id}_{point.key}"
    st.text_input(t("Note"), value=said.note, key=key, max_chars=MOST_NOTE, on_change=_noted,
                  args=(order_id, level, point.key, key))  # fmt: skip
    _photo(order_id, level, point, said, pictures)


def _photo(order_id: int, level: CheckLevel, point: Point, said: Said, pictures: Pictures) -> None:
    if said.photo in pictures:
        photo(pictures[said.photo], N_("Photo of the point"))
    photo_input(
        f"check_{level.value}_{order_id}_{point.key}",
        partial(_kept, order_id, level, point.key),
        N_("Photo of the point"),
    )


def _kept(order_id: int, level: CheckLevel, key: str, work: Work, data: bytes) -> object:
    return check_draft.add_photo(work, order_id, level, key, data)


def _marked(order_id: int, level: CheckLevel, key: str, widget: str) -> None:
    what = st.session_state[widget]
    act(lambda work: check_draft.mark(work, order_id, level, key, what), at=place(order_id))


def _noted(order_id: int, level: CheckLevel, key: str, widget: str) -> None:
    words = st.session_state[widget]
    act(lambda work: check_draft.note(work, order_id, level, key, words), at=place(order_id))


def place(order_id: int) -> str:
    """Where what came of a tap on a check is said."""
    return f"check_{order_id}"
