"""A customer who does not want the walk-around signs for that."""

from functools import partial

import streamlit as st

from db.models import Attachment, Inspection
from services import inspections
from services.consents import Signature
from services.i18n import N_
from ui.act import act
from ui.here import look
from ui.photos import photo
from ui.sheet_taps import PLACE
from ui.signature import Signed, signature
from ui.text import badge, t


def draw(order_id: int, sheet: Inspection | None) -> None:
    """The pad while the signature is missing; nothing for everybody else."""
    if sheet is None or not sheet.declined:
        return
    if sheet.signature_id:
        st.markdown(badge("green", "signature", t("Declined and signed for")))
        return
    signature(
        f"declined_sign_{order_id}", label=str(t("I do not want the walk-around: the car's condition is recorded without me.")),
        accept=str(t("Sign")), clear=str(t("Clear")), on_signed=partial(_signed, order_id),
    )  # fmt: skip


def show(sheet: Inspection) -> None:
    """On the record: whether it was declined, and the signature."""
    if not sheet.declined:
        return
    if sheet.signature_id is None:
        st.markdown(badge("orange", "signature", t("Walk-around declined, not signed for")))
        return
    with look() as work:
        drawn = work.get(Attachment, sheet.signature_id)
    st.markdown(badge("gray", "signature", t("Walk-around declined")))
    photo(drawn, N_("Signature"))


def _signed(order_id: int, signed: Signed) -> None:
    drawn = Signature(signed.png, signed.strokes)
    act(lambda work: inspections.sign_declined(work, order_id, signature=drawn), done=t("Signed"), at=PLACE)
