"""Third step: the customer's wish, times to offer, the booking repeated back, and the tap that makes it."""

from datetime import date, datetime, timedelta

import streamlit as st

from db.enums import Channel, UnmetReason
from db.models import Appointment
from services import permissions as may
from services.booking import book
from services.booking_changes import wish_not_met
from services.booking_policy import bookable_days
from services.catalogue import Estimate
from services.money import show
from services.offers import Offer, offers
from services.refusals import Refusal
from services.slots import instant
from services.work import Work
from ui.act import act, spend, token
from ui.booking_draft import Draft, day_format, draft, drop, typed
from ui.booking_what import told_for
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, joined, language, md, t
from ui.when import clock, long_day, moment, span

PLACE = "booking_new"
CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.WECHAT, Channel.WEB, Channel.EMAIL)


def when(current: Draft) -> None:
    """Draw the wish, the offers, and what is to be confirmed."""
    _how()
    with look() as work:
        first, days = bookable_days(work)
        today = work.local(work.now).date()
    day, exception = _wish(today, first, first + timedelta(days=days - 1))
    with look() as work:
        told = told_for(work, current)
        wish = _instant(work, day)
        found = _offers(work, current, told, wish, day if exception else None)
        currency = work.garage.currency
    if isinstance(found, Refusal):
        st.error(md(found.say(language())), icon=":material/block:")
        _unmet(wish)
    elif told:
        _offered(current, found, wish)
        if current.starts_at:
            _repeat(current, told, found, currency)


def _how() -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    with row.container(width="content"):
        st.segmented_control(
            t("How they asked"), CHANNELS, default=Channel.PHONE, key="booking_channel", required=True,
            format_func=lambda one: t(one.label), label_visibility="collapsed",
        )  # fmt: skip
    row.toggle(t("We called them"), key="booking_called")
    row.toggle(t("Waits here"), key="booking_waits")


def _wish(today: date, first: date, last: date) -> tuple[date | None, bool]:
    """The day wished for, and whether it lies outside the policy and is to be an exception."""
    left, right, reason = st.columns([2, 2, 3], vertical_alignment="bottom")
    day = left.date_input(
        t("Day wished"), value=None, key="booking_wish_day", min_value=today, on_change=_other_wish, format=day_format()
    )
    right.time_input(
        t("Time wished"), value=None, key="booking_wish_time", step=timedelta(minutes=15), on_change=_other_wish
    )
    outside = day is not None and not first <= day <= last
    if not outside:
        return day, False
    if not person().has(*may.OVERRIDES_POLICY):
        reason.caption(t("Outside the booking days: only a supervisor or the manager may book it."))
        return day, False
    reason.text_input(t("Reason for the exception"), key="booking_exception", max_chars=300)
    return day, True


def _other_wish() -> None:
    current = draft()
    if current:
        current.starts_at = current.bay_id = current.staff_id = None


def _instant(work: Work, day: date | None) -> datetime | None:
    """The wish as an instant; without a time the day's first hours, without a day none."""
    if day is None:
        return None
    at = st.session_state.get("booking_wish_time")
    return instant(day, at.hour * 60 + at.minute if at else 8 * 60, work.zone)


def _offers(
    work: Work, current: Draft, told: Estimate | None, wish: datetime | None, around: date | None
) -> list[Offer] | Refusal:
    called = bool(st.session_state.get("booking_called"))
    try:
        return offers(work, told.needs, wish, garage_called=called, around=around) if told else []
    except Refusal as refusal:
        return refusal


def _offered(current: Draft, found: list[Offer], wish: datetime | None) -> None:
    """One button for each time, with why it is offered."""
    if not found:
        st.warning(t("No free place in the days that can be booked. Note the wish."), icon=":material/event_busy:")
        return
    with st.container(horizontal=True, gap="small", key="offers"):
        for offer in found:
            chosen = offer.starts_at == current.starts_at
            st.button(
                joined(moment(offer.starts_at, here().clock(), zone()), t(offer.why)),
                key=f"offer_{offer.starts_at:%Y%m%dT%H%M}",
                icon=":material/check_circle:" if chosen else ":material/schedule:",
                type="primary" if chosen else "secondary",
                on_click=_choose,
                args=(offer.starts_at,),
            )
        _unmet(wish)


def _choose(at: datetime) -> None:
    current = draft()
    if current:
        current.starts_at = at


def _repeat(current: Draft, told: Estimate, found: list[Offer], currency: str) -> None:
    """Say it back to the customer, then book."""
    assert current.starts_at
    ends = next((offer.ends_at for offer in found if offer.starts_at == current.starts_at), None)
    with st.container(border=True, gap="xsmall"):
        words = joined(long_day(current.starts_at, zone()), clock(current.starts_at, zone()), by=" ")
        done = t("ready about {time}", time=clock(ends, zone())) if ends else None
        st.markdown(Safe(f"#### {joined(words, done)}"))
        st.markdown(joined(*(md(one.job.name) for one in told.offered)))
        st.markdown(joined(span(told.minutes), md(show(told.price, currency, language()))))
        st.caption(t("To bring: vehicle licence, service book, purchase invoice."))
        st.button(t("Book"), key="booking_book", icon=":material/event_available:", type="primary", on_click=_book)


def _book() -> None:
    """On success the record opens; a refusal keeps everything typed, and the offers are computed anew."""
    current = draft()
    if current is None or current.starts_at is None or current.vehicle_id is None:
        return
    made = act(lambda work: _booked(work, current), at=PLACE, once=token("booking"), done=t("Booked."))
    current.starts_at = None
    spend("booking")
    if made:
        drop()
        show_record("appointment", made.id)


def _booked(work: Work, current: Draft) -> Appointment:
    assert current.starts_at
    assert current.vehicle_id
    wished = _tapped(work, current)
    return book(
        work,
        current.vehicle_id,
        concern=typed(current, "booking_concern"),
        clarification=typed(current, "booking_note"),
        job_ids=current.jobs,
        starts_at=current.starts_at,
        bay_id=current.bay_id if wished else None,
        staff_id=current.staff_id if wished else None,
        channel=st.session_state.get("booking_channel") or Channel.PHONE,
        garage_called=bool(st.session_state.get("booking_called")),
        waits=bool(st.session_state.get("booking_waits")),
        override_reason=typed(current, "booking_exception"),
    )


def _tapped(work: Work, current: Draft) -> bool:
    """Whether the time chosen is still the one that was tapped in the calendar: only then its bay or person is wished for."""
    return current.starts_at == _instant(work, st.session_state.get("booking_wish_day"))


def _unmet(wish: datetime | None) -> None:
    """Nothing suits: the wish is kept with its reason, for the manager."""
    with st.popover(t("Nothing suits"), icon=":material/sentiment_dissatisfied:"):
        st.pills(t("Why"), list(UnmetReason), key="booking_unmet", format_func=lambda one: t(one.label))
        st.text_input(t("In their words"), key="booking_unmet_note", max_chars=300)
        st.button(t("Keep the wish"), key="booking_keep_wish", on_click=_keep_wish, args=(wish,),
                  disabled=not st.session_state.get("booking_unmet"))  # fmt: skip


def _keep_wish(wish: datetime | None) -> None:
    current = draft()
    if current is None or current.vehicle_id is None:
        return
    vehicle_id, reason = current.vehicle_id, st.session_state["booking_unmet"]
    kept = act(
        lambda work: wish_not_met(
            work,
            vehicle_id,
            concern=typed(current, "booking_concern"),
            job_ids=current.jobs,
            wish=wish,
            unmet=reason,
            note=typed(current, "booking_unmet_note"),
            channel=st.session_state.get("booking_channel") or Channel.PHONE,
        ),
        at=PLACE,
        once=token("booking"),
    )
    spend("booking")
    if kept:
        drop()
        show_record("appointment", kept.id)
