"""The third moment: damage marked on the outline of the car, with kind, note and photo."""

from typing import cast

import streamlit as st

from db.enums import DamageKind
from db.models import Attachment, DamageMark
from services import damage_marks
from services.boards import OrderCard
from services.car_shapes import Kind, View
from services.files import attachments
from services.i18n import N_
from services.damage_marks import WHOLE
from services.order_facts import OrderFacts
from ui.act import act
from ui.car_outline import Mark, Tap, car_names, car_outline
from ui.here import look
from ui.photos import photo, photo_input
from ui.text import Safe, badge, joined, md, t

PLACE = "check_in"


def draw(card: OrderCard) -> None:
    """The outline: a tap on the car marks damage of the chosen kind, a tap on a mark opens it."""
    key = card.id
    with look() as work:
        standing, known = damage_marks.marks(work, key), damage_marks.known_marks(work, card.order)
        photos = damage_marks.photos(work, standing)
        others = attachments(work, card.order)
    chosen = next((mark for mark in standing if mark.id == st.session_state.get(f"mark_{key}")), None)
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.segmented_control(t("Kind of damage, then tap the car"), list(DamageKind), default=DamageKind.SCRATCH, format_func=_kind,
                          key=f"kind_{key}", required=True, width="stretch")  # fmt: skip
    with row.popover(
        t("Marked"), icon=":material/edit:", key=f"marked_{key}", disabled=chosen is None, width="content"
    ):
        if chosen:
            _details(key, chosen, photos.get(chosen.attachment_id or 0))
    car_outline(
        f"outline_{key}",
        marks=[_mark(mark) for mark in standing] + [_mark(mark, known=True) for mark in known],
        label=t("The car from all sides, with its damage"),
        names=car_names(t),
        on_tap=lambda tap: _tapped(key, tap),
        on_select=lambda mark: _selected(key, mark),
        selected=str(chosen.id) if chosen else None,
    )
    _car_photos(card, others)


def show(facts: OrderFacts) -> None:
    """The marks on the outline and as a list, to read."""
    order = facts.order
    with look() as work:
        standing, known = damage_marks.marks(work, order.id), damage_marks.known_marks(work, order)
        photos = damage_marks.photos(work, standing)
        others = attachments(work, order)
    if standing or known:
        car_outline(
            f"seen_{order.id}",
            marks=[_mark(mark) for mark in standing] + [_mark(mark, known=True) for mark in known],
            label=t("The car from all sides, with its damage"),
            names=car_names(t),
        )
    for mark in standing:
        st.markdown(joined(badge(mark.kind.color, mark.kind.icon, t(mark.kind.label)), md(mark.note)))
        if mark.attachment_id in photos:
            photo(photos[mark.attachment_id], N_("Photo of the damage"))
    for row in others:
        photo(row, N_("Photo of the car"))


def _details(order_id: int, mark: DamageMark, picture: Attachment | None) -> None:
    kinds = {kind: t(kind.label) for kind in DamageKind}
    args = (order_id, mark.id)
    st.pills(t("Kind"), list(kinds), default=mark.kind, required=True, format_func=kinds.__getitem__, key=f"mark_kind_{mark.id}",
             on_change=_change, args=args)  # fmt: skip
    st.text_input(t("Note"), value=mark.note, key=f"mark_note_{mark.id}", on_change=_change, args=args)
    if picture:
        photo(picture, N_("Photo of the damage"))
    photo_input(
        f"mark_{mark.id}",
        lambda work, data: damage_marks.add_photo(work, order_id, data=data, mark_id=mark.id),
        N_("Photo of the damage"),
    )
    st.button(t("Remove"), icon=":material/delete:", key=f"unmark_{mark.id}", on_click=_remove, args=args)


def _car_photos(card: OrderCard, rows: list[Attachment]) -> None:
    with st.expander(
        t("Photos of the car ({n})", n=len(rows)), key=f"car_photos_{card.id}", icon=":material/photo_camera:"
    ):
        for row in rows:
            photo(row, N_("Photo of the car"))
        photo_input(
            f"car_{card.id}", lambda work, data: damage_marks.add_photo(work, card.id, data=data), N_("Photo of the car")
        )


def _tapped(order_id: int, tap: Tap) -> None:
    kind = st.session_state[f"kind_{order_id}"]
    x, y = round(tap.x * WHOLE), round(tap.y * WHOLE)
    made = act(lambda work: damage_marks.mark(work, order_id, view=tap.view, x=x, y=y, kind=kind), at=PLACE)
    if made:
        st.session_state[f"mark_{order_id}"] = made.id


def _selected(order_id: int, mark: str) -> None:
    st.session_state[f"mark_{order_id}"] = int(mark)


def _change(order_id: int, mark_id: int) -> None:
    kind, note = st.session_state[f"mark_kind_{mark_id}"], st.session_state[f"mark_note_{mark_id}"]
    act(lambda work: damage_marks.change_mark(work, order_id, mark_id=mark_id, kind=kind, note=note), at=PLACE)


def _remove(order_id: int, mark_id: int) -> None:
    act(lambda work: damage_marks.unmark(work, order_id, mark_id=mark_id), at=PLACE)
    st.session_state.pop(f"mark_{order_id}", None)


def _mark(mark: DamageMark, *, known: bool = False) -> Mark:
    return Mark(str(mark.id), cast(View, mark.view), mark.x / WHOLE, mark.y / WHOLE, cast(Kind, mark.kind.value), known)


def _kind(kind: DamageKind) -> Safe:
    return t(kind.label)
