"""What the parts of a claim's screen share: the facts they draw, and fields that are written the moment they are left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.models import ClaimSupplement, Garage, InsuranceClaim
from services.claims import set_field
from services.money import coin
from services.order_facts import OrderFacts
from ui.act import act
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.moments import GRID
from ui.sums import sum_typed_in
from ui.text import Safe

PLACE = "claim"


@dataclass(frozen=True)
class Shown:
    """A claim with what is around it."""

    facts: OrderFacts
    claim: InsuranceClaim
    garage: Garage
    customer: str
    more: list[ClaimSupplement]

    @property
    def order_id(self) -> int:
        """The order it belongs to."""
        return self.facts.order.id


def words(place: DeltaGenerator, shown: Shown, field: str, label: Safe, *, most: int, lines: bool = False) -> None:
    """A field of text."""
    value, key = getattr(shown.claim, field), key_of(shown, field)
    tell: Any = {"key": key, "max_chars": most, "on_change": _write, "args": (shown, field, key, str)}
    if lines:
        place.text_area(label, value=value, height=96, **tell)
    else:
        place.text_input(label, value=value, **tell)


def amount(place: DeltaGenerator, shown: Shown, field: str, label: Safe) -> None:
    """A field for a sum, with as many decimals as the currency has."""
    value, key, smallest = getattr(shown.claim, field), key_of(shown, field), coin(shown.garage.currency)
    digits = -int(smallest.as_tuple().exponent)
    first = float(value) if value is not None else None
    place.number_input(label, value=first, step=float(smallest), format=f"%.{digits}f", key=key, on_change=_write,
                       args=(shown, field, key, None))  # fmt: skip


def instant(place: DeltaGenerator, shown: Shown, field: str, label: Safe) -> None:
    """A field for a moment up to now, on the quarter hour."""
    value, key = getattr(shown.claim, field), key_of(shown, field)
    place.datetime_input(label, wall(value) if value else None, max_value=wall(here().clock()), step=GRID, key=key,
                         format=day_format(), on_change=_write, args=(shown, field, key, _instant))  # fmt: skip


def put(shown: Shown, field: str, value: Any) -> None:
    """Write a field, from a tap."""
    was = getattr(shown.claim, field)
    act(lambda work: set_field(work, shown.order_id, field, value, was=was), at=PLACE)


def key_of(shown: Shown, field: str) -> str:
    """A widget's key goes with what is written, so that another tablet's word is seen; what was refused stays in its field."""
    return f"claim_{field}_{shown.order_id}_{crc32(repr(getattr(shown.claim, field)).encode()):08x}"


def wall(moment: datetime) -> datetime:
    """An instant on the garage's wall clock, as a field shows it."""
    return moment.astimezone(ZoneInfo(zone())).replace(tzinfo=None, second=0, microsecond=0)


def _write(shown: Shown, field: str, key: str, read: Callable[[Any], Any] | None) -> None:
    typed: Any = sum_typed_in(key) if read is None else st.session_state.get(key)
    put(shown, field, read(typed) if read and typed is not None else typed)


def _instant(value: datetime) -> datetime:
    return value.replace(tzinfo=ZoneInfo(zone()))
