"""The fields of a claim that was not handed in, each written the moment it is left."""

from typing import Any
from zlib import crc32

import streamlit as st

from db.models import PayerClaim
from services.claim_fields import WORDS, set_field
from ui.act import act
from ui.text import Safe, t

PLACE = "payer_claim"


def fields(claim: PayerClaim) -> None:
    """What failed, why, at which reading, which part, of whom it is asked and under which number of theirs."""
    _area(claim, "failure", t("What failed"))
    _area(claim, "cause", t("Cause"))
    with st.grid(2, min_column_width=220, gap="small"):
        st.number_input(t("Odometer (km)"), value=claim.odometer_km, min_value=0, step=1, key=_key(claim, "odometer_km"),
                        on_change=_write, args=(claim, "odometer_km"))  # fmt: skip
        _line(claim, "part_code", t("Part number"), 60)
        names(claim)


def names(claim: PayerClaim) -> None:
    """Of whom it is asked, and under which number of theirs."""
    _line(claim, "payer_name", t("Asked of"), 120)
    _line(claim, "reference", t("Their reference"), 60)


def _area(claim: PayerClaim, field: str, label: Safe) -> None:
    st.text_area(label, value=getattr(claim, field), max_chars=WORDS, height=96, key=_key(claim, field), on_change=_write,
                 args=(claim, field))  # fmt: skip


def _line(claim: PayerClaim, field: str, label: Safe, most: int) -> None:
    st.text_input(label, value=getattr(claim, field), max_chars=most, key=_key(claim, field), on_change=_write,
                  args=(claim, field))  # fmt: skip


def _key(claim: PayerClaim, field: str) -> str:
    """A widget's key goes with what is written, so that another tablet's word is seen; what was refused stays in its field."""
    return f"payer_claim_{field}_{claim.id}_{crc32(repr(getattr(claim, field)).encode()):08x}"


def _write(claim: PayerClaim, field: str) -> None:
    typed: Any = st.session_state.get(_key(claim, field))
    was = getattr(claim, field)
    act(lambda work: set_field(work, claim.id, field, typed, was=was), at=PLACE)
