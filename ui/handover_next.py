"""The next service by date and mileage, corrected by a tap where somebody knows better; what the garage answers for."""

from datetime import date

import streamlit as st

from db.models import Guarantee, Handover
from services import free_services, guarantees, handover
from services.boards import OrderCard
from services.due_dates import months_on
from services.i18n import translate
from services.next_service import REASONS, NextService, next_service, regular_jobs
from ui.handover_parts import part, point_rows, tap
from ui.here import look
from ui.text import Safe, badge, joined, language, md, t
from ui.when import full_date

MONTHS = (3, 6, 12, 18, 24)
KM = (5_000, 7_500, 10_000, 15_000, 20_000, 30_000)


def draw(card: OrderCard, row: Handover | None) -> None:
    """When the car comes back, how far the garage answers for its work, and what is free."""
    with look() as work:
        told = next_service(work, card.facts, row)
        promised = guarantees.proposal(work, card.facts)
        shown = _shown(card)
        free = None if regular_jobs(work, card.facts) else free_services.first_free(work, card.vehicle, shown)
        today = work.local(work.now).date()
    _next(told)
    _correct(card, told, shown, today)
    if free:
        words = until(free.until, free.km)
        st.markdown(badge("green", "redeem", t("The first service is free: {until}", until=words)))
    if promised:
        part(t("Warranty on this work"))
        st.markdown(joined(*(Safe(f"- {guarantee_words(one)}") for one in promised), by="\n"))
    point_rows(card, row, "next")


def until(day: date | None, km: int | None) -> Safe:
    """Until which day, or up to which reading."""
    return joined(full_date(day) if day else None, t("{km} km", km=f"{km:,}") if km else None, by=f" {t('or')} ")


def guarantee_words(one: Guarantee) -> Safe:
    """Oil service · until 23 Nov 2027 or 61,250 km."""
    return joined(Safe(f"**{md(one.title)}**"), t("until {until}", until=until(one.until, one.until_km)))


def _next(told: NextService) -> None:
    if not told.on and told.km is None:
        st.markdown(badge("gray", "event_busy", t("No next service is known for this car.")))
        return
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        if told.on:
            st.metric(t("Next service"), full_date(told.on), width="content")
        if told.km is not None:
            st.metric(t("or at") if told.on else t("Next service"), t("{km} km", km=f"{told.km:,}"), width="content")
    likely = t("likely {day}", day=full_date(told.expected)) if told.expected else None
    use = t("{km} km a year", km=f"{told.year_km:,}") if told.year_km else None
    why = badge("blue", "edit", md(translate(language(), told.reason))) if told.reason else None
    words = joined(use, likely)
    if words or why:
        st.markdown(joined(Safe(f":gray[{words}]") if words else None, why, by=" "))


def _correct(card: OrderCard, told: NextService, shown: int | None, today: date) -> None:
    """First why, then until when: each tap is kept. Taking the reason back brings back what was reckoned."""
    key = card.id
    why, months, km = f"next_why_{key}", f"next_months_{key}", f"next_km_{key}"
    st.session_state.setdefault(why, told.reason if told.reason in REASONS else None)
    st.pills(
        t("Sooner or later than reckoned"),
        REASONS,
        format_func=t,
        key=why,
        on_change=_changed,
        args=(key, told, shown, today),
    )
    if not st.session_state[why]:
        return
    left, right = st.columns(2, gap="small")
    st.session_state[months] = next((one for one in MONTHS if months_on(today, one) == told.on), None)
    left.pills(t("In months"), MONTHS, key=months, on_change=_changed, args=(key, told, shown, today))
    if shown is not None:
        st.session_state[km] = next((one for one in KM if told.km == shown + one), None)
        right.pills(t("In km"), KM, format_func=lambda one: f"{one:,}", key=km, on_change=_changed,
                    args=(key, told, shown, today))  # fmt: skip


def _changed(order_id: int, told: NextService, shown: int | None, today: date) -> None:
    reason = st.session_state.get(f"next_why_{order_id}")
    months, more = st.session_state.get(f"next_months_{order_id}"), st.session_state.get(f"next_km_{order_id}")
    on = months_on(today, months) if months else told.on
    km = shown + more if more and shown is not None else told.km
    if reason and (on or km):
        tap(lambda work: handover.correct_next(work, order_id, on=on, km=km, reason=reason))
    elif not reason:
        tap(lambda work: handover.correct_next(work, order_id))


def _shown(card: OrderCard) -> int | None:
    sheet = card.facts.inspection
    return sheet.odometer_km if sheet and sheet.odometer_km is not None else card.vehicle.odometer_km
