"""A booking's papers: the form to sign, labels for its parts, its calendar file. Each is made when it is tapped."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from services.booking_file import BookingFile
from services.booking_papers import booking_form_pdf
from services.calendar_files import appointment_file
from services.day_papers import booking_labels_pdf
from services.i18n import LANGUAGES
from services.work import Work, reading
from services.workspace import Workspace
from ui.addresses import address, server_address
from ui.here import here
from ui.text import Safe, joined, language, md, t


def booking_papers(file: BookingFile) -> None:
    """The buttons of a booking's record: the form in each language, labels when parts are kept, the calendar file."""
    key, number, lang = file.row.id, file.row.number, language()
    row = st.container(horizontal=True, gap="small", key="booking_papers")
    with row:
        for code, name in LANGUAGES.items():
            make = partial(booking_form_pdf, appointment_id=key, language=code, code=address(record_path(key)))
            paper(joined(t("Booking form"), md(name), by=" "), make, f"{number}-{code}.pdf")
        if file.parts_kept:
            labels = partial(booking_labels_pdf, appointment_id=key, language=lang, address=record_addresses())
            paper(t("Labels"), labels, f"{number}-labels-{lang}.pdf", icon="label")
        if file.row.starts_at:
            paper(t("Calendar file"), partial(appointment_file, appointment_id=key), f"{number}.ics", icon="event")


def paper(label: Safe, make: Callable[[Work], bytes], name: str, icon: str = "print") -> None:
    """A button that makes a file only when it is tapped. No Streamlit call happens while it is made."""
    st.download_button(
        label, partial(_make, here(), make), file_name=name, key=f"paper_{name}", icon=f":material/{icon}:",
        mime="text/calendar" if name.endswith(".ics") else "application/pdf", on_click="ignore",
    )  # fmt: skip


def record_path(key: int) -> str:
    """Where a booking's record is."""
    return f"/booking?appointment={key}"


def record_addresses() -> Callable[[int], str]:
    """Full addresses of bookings' records, for QR codes."""
    server = server_address()
    return lambda key: server + record_path(key) if server else ""


def _make(ws: Workspace, make: Callable[[Work], bytes]) -> bytes:
    with reading(ws) as work:
        return make(work)
