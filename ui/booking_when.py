"""Third step: price and duration told, the customer's wish, times to offer, and what becomes of them."""

from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from db.enums import Channel, UnmetReason
from services import permissions as may
from services.booking_changes import wish_not_met
from services.booking_policy import bookable_days
from services.catalogue import Estimate
from services.offers import Offer, offers
from services.refusals import Refusal
from services.wishes import Wishes
from services.work import Work
from ui.act import act, spend, token
from ui.booking_draft import Draft, draft, drop, typed
from ui.booking_repeat import repeat_back
from ui.booking_what import told_for
from ui.booking_wish import read_wish, wish_taps, wished
from ui.estimate_told import told_line
from ui.here import here, look, person, show_record, zone
from ui.text import language, md, plain, t
from ui.when import later, moment

PLACE = "booking_new"
CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.WECHAT, Channel.WEB, Channel.EMAIL)


@dataclass(frozen=True)
class Seen:
    """What the database says about the present wish. `outside` lies beyond the days that can be booked."""

    told: Estimate
    known: Wishes
    wish: datetime | None
    found: list[Offer] | Refusal
    outside: bool
    excepted: bool
    today: date
    currency: str


def when(current: Draft) -> None:
    """Draw the wish, the offers, and what is to be confirmed."""
    authorised = person().has(*may.OVERRIDES_POLICY)
    with look() as work:
        seen = _seen(work, current, authorised)
    if seen is None:
        st.caption(t("Choose the likely jobs: time, price and stock appear here."))
        return
    _told_and_how(seen.told, seen.currency)
    wish_taps(current, seen.known, seen.today)
    if seen.outside:
        _reason(authorised)
    if isinstance(seen.found, Refusal):
        st.error(md(seen.found.say(language())), icon=":material/block:")
    else:
        _offered(current, seen.found)
        if current.starts_at:
            repeat_back(current, seen.told, seen.found, seen.wish, seen.currency)
    _otherwise(seen, authorised)


def _seen(work: Work, current: Draft, authorised: bool) -> Seen | None:
    """None when no job is chosen: nothing can be offered."""
    told, day = told_for(work, current), wished(current)[0]
    if told is None:
        return None
    known, wish = read_wish(work, current, told.needs, today=authorised)
    today, outside = work.local(work.now).date(), day is not None and _outside(work, day)
    excepted = authorised and (outside or bool(current.typed.get("booking_except")))
    found = _offers(work, told, wish, (day or today) if excepted else None)
    return Seen(told, known, wish, found, outside, excepted, today, work.garage.currency)


def _otherwise(seen: Seen, authorised: bool) -> None:
    """Where nothing suits: an exception by whoever may make one, or the wish kept."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _unmet(seen.wish)
        if authorised and not seen.outside:
            st.toggle(t("Exception to the rules"), key="booking_except", on_change=_other_offers)
            if seen.excepted:
                _reason(authorised)


def _outside(work: Work, day: date) -> bool:
    first, days = bookable_days(work)
    return not 0 <= (day - first).days < days


def _told_and_how(told: Estimate, currency: str) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row.container(width="content"):
        told_line(told, currency)
    with row.container(width="content"):
        st.segmented_control(
            t("How they asked"), CHANNELS, default=Channel.PHONE, key="booking_channel", required=True,
            format_func=lambda one: t(one.label), label_visibility="collapsed",
        )  # fmt: skip
    row.toggle(t("We called them"), key="booking_called")
    row.toggle(t("Waits here"), key="booking_waits")


def _reason(authorised: bool) -> None:
    """Whoever may make exceptions gives the reason right here; who may not is told whom to ask."""
    if authorised:
        st.text_input(t("Reason for the exception"), key="booking_exception", max_chars=300,
                      placeholder=plain("Reason for the exception"), label_visibility="collapsed")  # fmt: skip
    else:
        st.caption(t("Outside the booking days: only a supervisor or the manager may book it."))


def _other_offers() -> None:
    current = draft()
    if current:
        current.starts_at = None


def _offers(work: Work, told: Estimate, wish: datetime | None, around: date | None) -> list[Offer] | Refusal:
    called = bool(st.session_state.get("booking_called"))
    try:
        return offers(work, told.needs, wish, garage_called=called, around=around)
    except Refusal as refusal:
        return refusal


def _offered(current: Draft, found: list[Offer]) -> None:
    """One button for each time, with why it is offered and when the car would be ready."""
    if not found:
        st.warning(t("No free place in the days that can be booked. Note the wish."), icon=":material/event_busy:")
        return
    with st.container(key="offers"):
        for place, offer in zip(st.columns(len(found), gap="small"), found, strict=True):
            chosen = offer.starts_at == current.starts_at
            place.button(
                moment(offer.starts_at, here().clock(), zone()),
                key=f"offer_{offer.starts_at:%Y%m%dT%H%M}",
                icon=":material/check_circle:" if chosen else ":material/schedule:",
                type="primary" if chosen else "secondary",
                width="stretch",
                on_click=_choose,
                args=(offer.starts_at,),
            )
            ready = later(offer.ends_at, offer.starts_at, zone())
            place.caption(f"**{t(offer.why)}** · {t('ready about {time}', time=ready)}")


def _choose(at: datetime) -> None:
    current = draft()
    if current:
        current.starts_at = at


def _unmet(wish: datetime | None) -> None:
    """Nothing suits: the wish is kept with its reason, for the manager."""
    with st.popover(t("Nothing suits"), icon=":material/sentiment_dissatisfied:", key="nothing_suits"):
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
            clarification=typed(current, "booking_note"),
            answers=current.answers,
        ),
        at=PLACE,
        once=token("booking"),
    )
    spend("booking")
    if kept:
        drop()
        show_record("appointment", kept.id)
