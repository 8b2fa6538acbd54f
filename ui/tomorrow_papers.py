"""The papers of a day: notice, board by bay and by person, labels. In the language of who prints them."""

from functools import partial

import streamlit as st

from services.day_papers import labels_pdf, notice_pdf
from services.preparation import Preparation
from services.schedule_paper import schedule_pdf
from ui.addresses import address
from ui.booking_papers import record_addresses
from ui.papers import paper
from ui.text import language, t


def day_papers(found: Preparation) -> None:
    """The buttons; labels only when there is a part to stick one on."""
    if not found.bookings:
        return
    lang, day, code = language(), found.day, address("/booking?view=tomorrow")
    notice = partial(notice_pdf, day=day, language=lang, code=code)
    bays = partial(schedule_pdf, day=day, by="bay", language=lang, code=code)
    people = partial(schedule_pdf, day=day, by="person", language=lang, code=code)
    with st.container(horizontal=True, gap="small", key="tomorrow_papers"):
        paper(t("Next-day notice"), notice, f"{day}-notice-{lang}.pdf")
        paper(t("Board by bay"), bays, f"{day}-bays-{lang}.pdf", "calendar_view_day")
        paper(t("Board by person"), people, f"{day}-people-{lang}.pdf", "groups")
        if any(kept.kept for one in found.bookings for kept in one.parts):
            labels = partial(labels_pdf, day=day, language=lang, address=record_addresses())
            paper(t("Labels"), labels, f"{day}-labels-{lang}.pdf", "label")
