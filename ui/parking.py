"""Where a finished car is parked: a place used before is one tap, another is typed; and how it looks after the wash."""

from functools import partial

import streamlit as st

from services import parking
from services.files import attachments
from services.i18n import N_
from services.order_facts import OrderFacts
from services.work import Work
from services.workshop import wash
from ui.here import look
from ui.photos import photo, photo_input
from ui.text import Safe, badge, md, t
from ui.workshop_parts import save


def place_field(order_id: int, stands: str = "") -> None:
    """The places lately used as pills, and a field for another."""
    with look() as work:
        places = {place: md(place) for place in parking.known_places(work)}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    if places:
        left.pills(t("Where it is parked"), list(places), default=stands if stands in places else None,
                   format_func=places.__getitem__, key=f"place_{order_id}", wrap=True)  # fmt: skip
    (right if places else st).text_input(
        t("Another place") if places else t("Where it is parked"), key=f"wash_place_{order_id}", max_chars=60
    )


def place_chosen(order_id: int) -> str:
    """What was typed, else the place tapped."""
    typed = str(st.session_state.get(f"wash_place_{order_id}") or "")
    return typed or str(st.session_state.get(f"place_{order_id}") or "")


def wash_form(facts: OrderFacts) -> None:
    """Washed and parked: a photo and where."""
    key = facts.order.id
    _photos(facts)
    place_field(key)
    st.button(t("Washed and parked"), key=f"washed_{key}", icon=":material/local_car_wash:", type="primary", on_click=_washed,
              args=(key,))  # fmt: skip


def park_form(facts: OrderFacts) -> None:
    """A finished car stands somewhere else now."""
    key = facts.order.id
    stands_at(facts)
    place_field(key, facts.order.place)
    st.button(
        t("Save"), key=f"park_{key}", icon=":material/local_parking:", type="primary", on_click=_parked, args=(key,)
    )
    _photos(facts)


def stands_at(facts: OrderFacts) -> None:
    """Where the finished car stands; nothing before."""
    if facts.order.place:
        st.markdown(place_badge(facts.order.place))


def place_badge(place: str) -> Safe:
    """A parking place in words that are found at a glance."""
    return badge("green", "local_parking", md(place))


def washed_photos(facts: OrderFacts) -> None:
    """The photos of the finished car, side by side; nothing without one."""
    with look() as work:
        kept = attachments(work, facts.order, parking.PHOTO)
    if kept:
        row = st.container(horizontal=True, gap="small")
        for picture in kept:
            with row.container(width="content"):
                photo(picture, N_("Photo of the finished car"))


def _photos(facts: OrderFacts) -> None:
    key = facts.order.id
    washed_photos(facts)
    photo_input(f"washed_{key}", partial(_keep, key), N_("Photo of the finished car"), several=True)


def _keep(order_id: int, work: Work, data: bytes) -> object:
    return parking.add_photo(work, order_id, data)


def _washed(order_id: int) -> None:
    place = place_chosen(order_id)
    save(order_id, lambda work: wash(work, order_id, place=place), t("The car is ready."), *_fields(order_id))


def _parked(order_id: int) -> None:
    place = place_chosen(order_id)
    save(order_id, lambda work: parking.park(work, order_id, place=place), t("Parked at {place}.", place=place),
         *_fields(order_id))  # fmt: skip


def _fields(order_id: int) -> tuple[str, str]:
    return f"wash_place_{order_id}", f"place_{order_id}"
