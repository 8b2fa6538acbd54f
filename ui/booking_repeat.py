"""The booking repeated back to the customer, and the tap that makes it."""

from datetime import datetime

import streamlit as st

from db.enums import Channel
from db.models import Appointment
from services.booking import book
from services.catalogue import Estimate
from services.money import show
from services.offers import Offer
from services.wishes import as_asked
from services.work import Work
from ui.act import act, spend, token
from ui.booking_draft import Draft, draft, drop, typed
from ui.booking_wish import wished
from ui.here import show_record, zone
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, later, long_day, span

PLACE = "booking_new"


def repeat_back(current: Draft, told: Estimate, found: list[Offer], wish: datetime | None, currency: str) -> None:
    """Say it back: when, what, what it costs, what to bring; then book."""
    assert current.starts_at
    ends = next((offer.ends_at for offer in found if offer.starts_at == current.starts_at), None)
    with st.container(border=True, gap="xsmall", key="repeat_back"):
        words = joined(long_day(current.starts_at, zone()), clock(current.starts_at, zone()), by=" ")
        done = t("ready about {time}", time=later(ends, current.starts_at, zone())) if ends else None
        head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        head.markdown(Safe(f"#### {joined(words, done)}"), width="content")
        head.button(t("Book"), key="booking_book", icon=":material/event_available:", type="primary", on_click=_book,
                    args=(wish,))  # fmt: skip
        price = md(show(told.price, currency, language()))
        st.markdown(joined(*(md(one.job.name) for one in told.offered), span(told.minutes), price))
        if told.short or typed(current, "booking_stock"):
            st.markdown(badge("violet", "inventory_2", t("parts: we call back within 5 minutes")))
        st.caption(t("To bring: vehicle licence, service book, purchase invoice."))


def _book(wish: datetime | None) -> None:
    """On success the record opens; a refusal keeps everything typed, and the offers are computed anew."""
    current = draft()
    if current is None or current.starts_at is None or current.vehicle_id is None:
        return
    made = act(lambda work: _booked(work, current, wish), at=PLACE, once=token("booking"), done=t("Booked."))
    current.starts_at = None
    spend("booking")
    if made:
        drop()
        show_record("appointment", made.id)


def _booked(work: Work, current: Draft, wish: datetime | None) -> Appointment:
    assert current.starts_at
    assert current.vehicle_id
    day, at, part = wished(current)
    as_tapped = current.starts_at == wish  # only then the bay or person tapped in the calendar is wished for
    return book(
        work,
        current.vehicle_id,
        concern=typed(current, "booking_concern"),
        clarification=typed(current, "booking_note"),
        job_ids=current.jobs,
        starts_at=current.starts_at,
        bay_id=current.bay_id if as_tapped else None,
        staff_id=current.staff_id if as_tapped else None,
        channel=st.session_state.get("booking_channel") or Channel.PHONE,
        garage_called=bool(st.session_state.get("booking_called")),
        waits=bool(st.session_state.get("booking_waits")),
        override_reason=typed(current, "booking_exception"),
        answers=current.answers,
        stock_question=typed(current, "booking_stock"),
        wished_at=as_asked(work.local(current.starts_at), wish, day, part, at),
    )
