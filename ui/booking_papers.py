"""A booking's papers: the form to sign, labels for its parts, its calendar file. Each is made when it is tapped."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from services.booking_file import BookingFile
from services.booking_papers import booking_form_pdf
from services.calendar_files import appointment_file
from services.day_papers import booking_labels_pdf
from ui.addresses import address, server_address
from ui.papers import in_languages, paper
from ui.text import language, t


def booking_papers(file: BookingFile) -> None:
    """The buttons of a booking's record: the form in each language, labels when parts are kept, the calendar file."""
    key, number, lang = file.row.id, file.row.number, language()
    row = st.container(horizontal=True, gap="small", key="booking_papers")
    with row:
        in_languages(
            t("Booking form"), partial(booking_form_pdf, appointment_id=key, code=address(record_path(key))), number
        )
        if file.parts_kept:
            labels = partial(booking_labels_pdf, appointment_id=key, language=lang, address=record_addresses())
            paper(t("Labels"), labels, f"{number}-labels-{lang}.pdf", icon="label")
        if file.row.starts_at:
            paper(t("Calendar file"), partial(appointment_file, appointment_id=key), f"{number}.ics", icon="event")


def record_path(key: int) -> str:
    """Where a booking's record is."""
    return f"/booking?appointment={key}"


def record_addresses() -> Callable[[int], str]:
    """Full addresses of bookings' records, for QR codes."""
    server = server_address()
    return lambda key: server + record_path(key) if server else ""
