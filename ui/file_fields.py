"""What the files know about a customer and a car, to read; what is missing to fill in, written the moment it is typed."""

from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.choice import Label
from db.enums import Channel
from services.boards import OrderCard
from services.customer_fields import BY_MESSAGE, CAR, CUSTOMER, DATES, allow, vin_oddities, write_car, write_customer
from services.customers import EARLIEST
from services.i18n import LANGUAGES
from services.normalize import phone_shown
from services.work import Work
from ui.act import act
from ui.booking_draft import day_format
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import full_date

PLACE = "check_in"
CUSTOMER_NEEDED = ("name", "phone", "language")
CAR_NEEDED = ("plate", "make", "model", "vin")
LATER = ("email", *DATES)
LATEST = date(2099, 12, 31)  # the calendar of the field ends there; the service says what is sensible


def customer_fields(card: OrderCard, correcting: bool) -> None:
    """Name, phone and language."""
    for field in CUSTOMER_NEEDED:
        _field(st.container(gap=None), card, field, correcting)


def car_fields(card: OrderCard, correcting: bool) -> None:
    """Plate, make, model and VIN, with what looks wrong about the VIN."""
    for field in CAR_NEEDED:
        _field(st.container(gap=None), card, field, correcting)
    for odd in vin_oddities(card.vehicle.vin):
        st.markdown(badge("orange", "warning", t(odd)))


def may_send(card: OrderCard, allowed: dict[Channel, bool], correcting: bool) -> None:
    """On which channels the customer takes messages; asked once, then told."""
    yes = [channel for channel in BY_MESSAGE if allowed.get(channel)]
    if allowed and not correcting:
        marks = joined(*(badge("green", channel.icon, t(channel.label)) for channel in yes), by=" ")
        st.markdown(joined(Safe(f":gray[{t('Messages')}]"), marks or t("none wanted"), by="&ensp;"))
        return
    key = f"messages_{card.id}"
    st.pills(
        t("Messages may be sent by"), BY_MESSAGE, selection_mode="multi", default=yes, key=key, on_change=_allow,
        args=(card.customer.id, key), format_func=lambda channel: Safe(f":material/{channel.icon}: {t(channel.label)}"),
    )  # fmt: skip


def later_fields(card: OrderCard) -> None:
    """What helps but does not hold anybody up, behind one tap: e-mail and the dates of the car's papers."""
    missing = [field for field in LATER if not value_of(card, field)]
    label = t("Add later: {n} more", n=len(missing)) if missing else t("E-mail and the car's papers")
    with st.expander(label, icon=":material/playlist_add:", key=f"later_{card.id}"):
        _field(st.container(gap=None), card, "email", True)
        for column, field in zip(st.columns(len(DATES), gap="small"), DATES, strict=True):
            _field(column, card, field, True)


def unsaved(card: OrderCard) -> dict[str, Any]:
    """What stands in a field and was refused, or has not been written yet."""
    typed = {field: st.session_state.get(f"{field}_{card.id}") for field in (*CUSTOMER, *CAR)}
    return {field: value for field, value in typed.items() if value and value != _typed(field, value_of(card, field))}


def write_field(work: Work, card: OrderCard, field: str, value: Any, seen: Any) -> object:
    """Write one field where it belongs."""
    if field in CUSTOMER:
        return write_customer(work, card.customer.id, field=field, value=value, seen=seen)
    return write_car(work, card.vehicle.id, field=field, value=value, seen=seen)


def _typed(field: str, value: Any) -> Any:
    """A value as it stands in its field."""
    return phone_shown(value) if field == "phone" else value


def _field(place: DeltaGenerator, card: OrderCard, field: str, open_: bool) -> None:
    value, key, label = value_of(card, field), f"{field}_{card.id}", _label(field)
    tell: dict[str, Any] = {"key": key, "on_change": _write, "args": (card, field, key, value)}
    if value and not open_:
        place.markdown(f":gray[{t(label)}]&ensp;**{_shown(field, value)}**")
    elif field == "language":
        place.pills(
            t(label), list(LANGUAGES), default=value or None, format_func=lambda code: md(LANGUAGES[code]), **tell
        )
    elif field in DATES:
        place.date_input(t(label), value, format=day_format(), min_value=EARLIEST, max_value=LATEST, **tell)
    elif field == "phone":
        place.text_input(t(label), phone_shown(value), type="phone", placeholder="", autocomplete="off", **tell)
    else:
        place.text_input(t(label), value or "", placeholder=plain("Ask the customer") if not value else None, **tell)


def _label(field: str) -> Label:
    return CUSTOMER[field] if field in CUSTOMER else CAR[field]


def value_of(card: OrderCard, field: str) -> Any:
    """What the files know about one field."""
    return getattr(card.customer if field in CUSTOMER else card.vehicle, field)


def _shown(field: str, value: Any) -> Safe:
    if field == "language":
        return md(LANGUAGES.get(value, value))
    if field == "phone":
        return md(phone_shown(value))
    return full_date(value) if isinstance(value, date) else md(value)


def _write(card: OrderCard, field: str, key: str, seen: Any) -> None:
    """What is refused stays in its field, with the reason above; what was written comes back as it is kept."""
    value = st.session_state[key]
    if field == "language" and value is None:
        return
    done = act(lambda work: write_field(work, card, field, value, seen), at=PLACE)
    if done:
        st.session_state.pop(key, None)


def _allow(customer_id: int, key: str) -> None:
    channels = {Channel(channel) for channel in st.session_state[key]}
    act(lambda work: allow(work, customer_id, channels=channels) or True, at=PLACE)
