"""Damage: marked on the outline of the car by a tap, with kind, note and photo. What earlier visits marked is pale."""

from functools import partial
from typing import cast

import streamlit as st

from db.enums import DamageKind
from db.enums_reception import BodyType
from db.models import DamageMark, Vehicle, WorkOrder
from services import damage_marks
from services.boards import OrderCard
from services.bodies import body_of, set_body
from services.car_shapes import Kind, View
from services.damage_marks import WHOLE
from services.files import attachments
from services.i18n import N_
from services.order_facts import OrderFacts
from ui.act import act, notices
from ui.car_outline import Mark, Tap, car_names, car_outline
from ui.damage_mark import PLACE, car_photos, known_tools, mark_line, new_tools
from ui.here import look
from ui.photos import photo_input
from ui.sheet_taps import with_icon
from ui.text import t


def draw(card: OrderCard) -> None:
    """The outline: a tap on the car marks damage, a tap on a mark opens it. Only this is redrawn by a tap."""
    _board(card.id)


def show(facts: OrderFacts) -> None:
    """The marks on the outline and as a list, to read."""
    order = facts.order
    with look() as work:
        standing, known = damage_marks.marks(work, order.id), damage_marks.known_marks(work, order)
        photos = damage_marks.photos(work, [*standing, *known])
        others = attachments(work, order)
        body = body_of(work.get(Vehicle, order.vehicle_id))
    if standing or known:
        _picture(f"seen_{order.id}", body, standing, known)
    for mark in standing:
        mark_line(mark, photos)
    if known:
        st.caption(t("Known from earlier visits"))
    for mark in known:
        mark_line(mark, photos)
    car_photos(order.id, others)


@st.fragment
def _board(order_id: int) -> None:
    with look() as work:
        order = work.get(WorkOrder, order_id)
        standing = damage_marks.marks(work, order_id)
        known = damage_marks.known_marks(work, order, gone_now=True)
        photos = damage_marks.photos(work, [*standing, *known])
        others, body = attachments(work, order), body_of(work.get(Vehicle, order.vehicle_id))
    chosen_id = st.session_state.get(f"mark_{order_id}")
    chosen = next((mark for mark in (*standing, *known) if mark.id == chosen_id), None)
    notices(PLACE)
    _kinds(order_id, chosen if chosen in standing else None)
    with st.container(key=f"tools_{order_id}"):
        if chosen is None:
            _car_tools(order_id, body)
        elif chosen in standing:
            new_tools(order_id, chosen, photos.get(chosen.attachment_id or 0))
        else:
            known_tools(order_id, chosen, photos.get(chosen.attachment_id or 0))
    _picture(f"outline_{order_id}", body, standing, known, chosen, order_id)
    car_photos(order_id, others)


def _picture(
    key: str, body: BodyType, standing: list[DamageMark], known: list[DamageMark], chosen: DamageMark | None = None,
    order_id: int | None = None,
) -> None:  # fmt: skip
    """To tap for an order, to read without one."""
    car_outline(
        key,
        marks=[_mark(mark) for mark in standing] + [_mark(mark, known=True) for mark in known],
        label=t("The car from all sides, with its damage"),
        names=car_names(t),
        on_tap=partial(_tapped, order_id) if order_id else None,
        on_select=partial(_selected, order_id) if order_id else None,
        selected=str(chosen.id) if chosen else None,
        body=body.value,
    )


def _kinds(order_id: int, chosen: DamageMark | None) -> None:
    """The kind of the open mark; without one, of the next."""
    key = f"kind_{order_id}"
    st.session_state[key] = chosen.kind if chosen else st.session_state.get(f"last_{key}", DamageKind.SCRATCH)
    st.segmented_control(t("Tap the car where it is damaged"), list(DamageKind), format_func=with_icon, key=key, required=True,
                         width="stretch", on_change=_kind, args=(order_id, chosen.id if chosen else None))  # fmt: skip


def _car_tools(order_id: int, body: BodyType) -> None:
    """Which body the car has, and photos of the whole car."""
    left, right = st.columns([4, 3], gap="small")
    key = f"body_{order_id}"
    st.session_state[key] = body
    left.segmented_control(t("Body"), list(BodyType), format_func=with_icon, key=key, required=True, width="stretch",
                           label_visibility="collapsed", on_change=_body, args=(order_id,))  # fmt: skip
    with right:
        photo_input(f"car_{order_id}", lambda work, data: damage_marks.add_photo(work, order_id, data=data),
                    N_("Photo of the car"), several=True)  # fmt: skip


def _body(order_id: int) -> None:
    act(lambda work: set_body(work, order_id, body=st.session_state[f"body_{order_id}"]), at=PLACE)


def _kind(order_id: int, mark_id: int | None) -> None:
    kind = st.session_state[f"kind_{order_id}"]
    st.session_state[f"last_kind_{order_id}"] = kind
    if mark_id:
        act(lambda work: damage_marks.change_mark(work, order_id, mark_id=mark_id, kind=kind), at=PLACE)


def _tapped(order_id: int, tap: Tap) -> None:
    kind = st.session_state.get(f"last_kind_{order_id}", DamageKind.SCRATCH)
    x, y = round(tap.x * WHOLE), round(tap.y * WHOLE)
    made = act(lambda work: damage_marks.mark(work, order_id, view=tap.view, x=x, y=y, kind=kind), at=PLACE)
    if made:
        st.session_state[f"mark_{order_id}"] = made.id


def _selected(order_id: int, mark: str) -> None:
    st.session_state[f"mark_{order_id}"] = int(mark)


def _mark(mark: DamageMark, *, known: bool = False) -> Mark:
    place = (mark.x / WHOLE, mark.y / WHOLE, cast(Kind, mark.kind.value))
    return Mark(str(mark.id), cast(View, mark.view), *place, known, known and mark.gone_order_id is not None)
