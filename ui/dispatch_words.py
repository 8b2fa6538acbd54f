"""How a proposal is said: the car, to whom and where, and why."""

from zoneinfo import ZoneInfo

import streamlit as st

from services.boards import OrderCard
from services.dispatch_reasons import Why
from services.dispatching import Proposal
from services.place_search import Fit
from ui.here import here, zone
from ui.text import Safe, badge, joined, language, md, t
from ui.when import day, later, left, moment, span, urgency


def car_line(card: OrderCard) -> None:
    """Plate, promise, what is to be done and for whom."""
    order, now = card.order, here().clock()
    due = None
    if order.promised_at:
        words = joined(moment(order.promised_at, now, zone()), left(order.promised_at, now))
        due = badge(urgency(order.promised_at, now), "schedule", words)
    about = joined(md(card.what), md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name))
    st.markdown(joined(Safe(f"**{md(card.vehicle.plate)}**"), due, about, by=" "))


def place_line(one: Proposal) -> None:
    """To whom, where, from when until when; what stands in the way instead when it cannot be given out."""
    for refusal in one.blockers:
        st.markdown(Safe(f":material/block: {md(refusal.say(language()))}"))
    if one.fit and not one.blockers:
        st.markdown(Safe(f":material/arrow_forward: **{fit_words(one.fit)}**"))


def fit_words(fit: Fit) -> Safe:
    """Tom · Lift 2 · 10:15 – 11:45."""
    now = here().clock()
    start = max(fit.starts_at, now)
    times = Safe(f"{moment(start, now, zone())} – {later(fit.ends_at, start, zone())}")
    return joined(md(fit.hand.name), md(fit.bay.name), times)


def reason_badges(one: Proposal) -> None:
    """Why, in a few words each. What cannot be given out yet says only why it comes where it does."""
    shown = one.reasons if not one.blockers else ()
    if shown:
        st.markdown(joined(*(badge(why.color, why.icon, why_words(why)) for why in shown), by=" "))


def why_words(why: Why) -> Safe:
    """One reason."""
    now = here().clock()
    at = None
    if why.at:
        local, today = (one.astimezone(ZoneInfo(zone())).date() for one in (why.at, now))
        at = day(local, today) if why.whole_day else moment(why.at, now, zone())
    what = joined(*(t(label) for label in why.labels), by=", ") if why.labels else md(why.what)
    return t(why.words, span=span(why.minutes), at=at, what=what)
