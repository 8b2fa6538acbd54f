"""One mark of damage: what can be done with it, and how it is read. And the photos of the whole car."""

from collections.abc import Mapping, Sequence

import streamlit as st

from db.models import Attachment, DamageMark
from services import damage_marks
from services.i18n import N_
from ui.act import act
from ui.here import here, zone
from ui.photos import photo, photo_input
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import moment

PLACE = "damage"


def new_tools(order_id: int, mark: DamageMark, picture: Attachment | None) -> None:
    """Note, photo, remove, and back to the whole car."""
    args = (order_id, mark.id)
    note, photos, rest = st.columns([4, 4, 3], gap="small", vertical_alignment="bottom")
    note.text_input(t("Note"), value=mark.note, key=f"mark_note_{mark.id}", on_change=_note, args=args, placeholder=plain("Note"),
                    label_visibility="collapsed")  # fmt: skip
    with photos.container(horizontal=True, gap="small", vertical_alignment="center"):
        if picture:
            photo(picture, N_("Photo of the damage"), width=64)
        photo_input(f"mark_{mark.id}", lambda work, data: damage_marks.add_photo(work, order_id, data=data, mark_id=mark.id),
                    N_("Photo of the damage"))  # fmt: skip
    with rest.container(horizontal=True, gap="small"):
        st.button(
            t("Remove"), icon=":material/delete:", key=f"unmark_{mark.id}", on_click=_remove, args=args, width="stretch"
        )
        _close(order_id)


def known_tools(order_id: int, mark: DamageMark, picture: Attachment | None) -> None:
    """Since when it is known, and whether it is still there."""
    line, still, rest = st.columns([4, 4, 3], gap="small", vertical_alignment="bottom")
    with line.container(horizontal=True, gap="small", vertical_alignment="center"):
        if picture:
            photo(picture, N_("Photo of the damage"), width=64)
        st.markdown(_words(mark))
    key, words = f"still_{mark.id}", {True: t("Still there"), False: t("Gone")}
    st.session_state[key] = mark.gone_order_id is None
    still.segmented_control(t("Known damage"), list(words), format_func=words.__getitem__, key=key, required=True, width="stretch",
                            label_visibility="collapsed", on_change=_still, args=(order_id, mark.id))  # fmt: skip
    with rest:
        _close(order_id)


def mark_line(mark: DamageMark, photos: Mapping[int, Attachment]) -> None:
    """A mark to read, with its photo."""
    st.markdown(_words(mark))
    picture = photos.get(mark.attachment_id or 0)
    if picture:
        photo(picture, N_("Photo of the damage"))


def car_photos(order_id: int, rows: Sequence[Attachment]) -> None:
    """The photos of the whole car, opened by a tap: they are read from the disk only then."""
    if not rows:
        return
    words, key = t("Photos of the car ({n})", n=len(rows)), f"car_photos_{order_id}"
    shown = st.expander(words, key=key, icon=":material/photo_library:", on_change="rerun")
    if shown.open:
        with shown.container(horizontal=True, gap="small"):
            for row in rows:
                photo(row, N_("Photo of the car"))


def _words(mark: DamageMark) -> Safe:
    kind = badge(mark.kind.color, mark.kind.icon, t(mark.kind.label))
    return joined(kind, moment(mark.at, here().clock(), zone()), md(mark.note))


def _close(order_id: int) -> None:
    st.button(
        t("Done"),
        icon=":material/check:",
        key=f"mark_done_{order_id}",
        on_click=_done,
        args=(order_id,),
        width="stretch",
    )


def _done(order_id: int) -> None:
    st.session_state.pop(f"mark_{order_id}", None)


def _note(order_id: int, mark_id: int) -> None:
    note = st.session_state[f"mark_note_{mark_id}"]
    act(lambda work: damage_marks.change_mark(work, order_id, mark_id=mark_id, note=note), at=PLACE)


def _still(order_id: int, mark_id: int) -> None:
    gone = not st.session_state[f"still_{mark_id}"]
    act(lambda work: damage_marks.found_gone(work, order_id, mark_id=mark_id, gone=gone), at=PLACE)


def _remove(order_id: int, mark_id: int) -> None:
    act(lambda work: damage_marks.unmark(work, order_id, mark_id=mark_id), at=PLACE)
    _done(order_id)
