"""Tomorrow: the next open day's bookings, what is prepared for each, and what is still missing by closing time."""

from functools import partial

import streamlit as st

from db.choice import Choice
from db.enums_desk import ReturnKind
from services import permissions as may
from services.day_bookings import Planned, PlannedPart
from services.papers import quantity_words
from services.picking import Left, left_over, pick, put_away, put_back
from services.preparation import DayName, Preparation, preparation
from services.purchases import plan
from ui.act import act, notices
from ui.here import here, look, person, show_record, zone
from ui.live_feed import live
from ui.text import Safe, badge, joined, language, md, t
from ui.tomorrow_papers import day_papers
from ui.when import clock, left, urgency
from web.live_feed import board as feed

PLACE = "tomorrow"


@st.fragment
def tomorrow() -> None:
    """The whole eve; it redraws when something happened anywhere in the garage."""
    if any(name in st.query_params for name in ("appointment", "order", "new")):
        st.rerun()  # a record or a new booking was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        found, left_parts = preparation(work), left_over(work)
    notices(PLACE)
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.markdown(f"#### {md(DayName(found.day).say(language()))}", width="content")
    _state(top, found)
    day_papers(found)
    if not found.bookings:
        st.caption(t("Nothing is booked on this day."))
    for one in found.bookings:
        _booking(one)
    _left(left_parts)
    live("tomorrow_feed", seen=seen)


def _state(top: st.delta_generator.DeltaGenerator, found: Preparation) -> None:
    """How many are ready, and how long there is time."""
    if not found.bookings:
        return
    done = not found.open
    words = t("{n} of {all} ready", n=found.ready, all=len(found.bookings))
    top.markdown(
        badge("green" if done else "orange", "task_alt" if done else "pending_actions", words), width="content"
    )
    if found.due_at and not done:
        now = here().clock()
        due = t("until {time}: {left}", time=clock(found.due_at, zone()), left=left(found.due_at, now))
        top.markdown(badge(urgency(found.due_at, now), "schedule", due), width="content")


def _booking(one: Planned) -> None:
    """One car: when, who, what; where and by whom; its parts; one tap when they lie ready."""
    key = one.row.id
    with st.container(border=True, gap="xsmall", key=f"tomorrow_{key}"):
        head = st.container(horizontal=True, vertical_alignment="center", gap="small")
        said = head.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch")
        at = clock(one.row.starts_at, zone()) if one.row.starts_at else None
        said.markdown(f"#### {joined(at, md(one.car.plate), by='  ')}", width="content")
        for kind in _kinds(one):
            said.markdown(badge(kind.color, kind.icon, t(kind.label)), width="content")
        if one.ready:
            said.markdown(badge("green", "task_alt", t("prepared")), width="content")
        if one.row.waits:
            said.markdown(badge("blue", "chair", t("waits here")), width="content")
        _buttons(head.container(horizontal=True, gap="small", width="content"), one)
        st.caption(joined(md(one.customer.name), md(f"{one.car.make} {one.car.model}"), md(one.advisor)))
        st.markdown(md(one.what))
        _place(one)
        for kept in one.parts:
            _part(one, kept)


def _kinds(one: Planned) -> list[Choice]:
    """What stands out about a booking: it comes back, or is not confirmed."""
    returns: list[ReturnKind] = [one.row.returns] if one.row.returns else []
    return [*returns, *([] if one.row.status == one.row.status.CONFIRMED else [one.row.status])]


def _buttons(head: st.delta_generator.DeltaGenerator, one: Planned) -> None:
    key = one.row.id
    picked = any(kept.picked_at for kept in one.parts)
    if person().has(*may.ISSUES_PARTS):
        if one.to_pick:
            head.button(t("Picked"), key=f"pick_{key}", icon=":material/shelves:", type="primary", on_click=_pick,
                        args=(key,))  # fmt: skip
        elif picked:
            head.button(t("Undo"), key=f"put_back_{key}", icon=":material/undo:", on_click=_put_back, args=(key,))
    head.button(
        t("Open"), key=f"open_{key}", icon=":material/open_in_full:", on_click=show_record, args=("appointment", key)
    )


def _place(one: Planned) -> None:
    for stay in one.stays:
        times = Safe(f"{clock(stay.starts_at, zone())}–{clock(stay.ends_at, zone())}")
        who = [md(name) for name in stay.people]
        line = joined(times, md(stay.bay), *who)
        st.markdown(Safe(f":material/garage: {line}"))
    if not one.placed:
        st.markdown(badge("red", "warning", t("no bay or technician")))


def _part(one: Planned, kept: PlannedPart) -> None:
    """A part with its place in the store; what is missing can be planned with one tap."""
    part = kept.part
    line = st.container(horizontal=True, vertical_alignment="center", gap="small")
    line.markdown(_stand(kept), width="content")
    amount = md(quantity_words(kept.needed, part.unit))
    stock = t("{n} in stock", n=quantity_words(part.on_hand, part.unit))
    where = Safe(f":material/shelves: **{md(part.place)}**") if part.place else None
    line.markdown(joined(where, Safe(f"**{amount}** {md(part.name)}"), md(part.code), stock), width="stretch")
    if kept.missing and kept.bought is None and person().has(*may.ISSUES_PARTS, *may.BOOKS):
        line.button(t("Plan purchase"), key=f"buy_{one.row.id}_{part.id}", icon=":material/add_shopping_cart:",
                    on_click=_buy, args=(one.row.id, kept))  # fmt: skip


def _stand(kept: PlannedPart) -> Safe:
    """How a part stands, in words and colour."""
    if kept.missing:
        lacks = badge("red", "error", t("{n} missing", n=quantity_words(kept.missing, kept.part.unit)))
        return joined(
            lacks, badge(kept.bought.color, kept.bought.icon, t(kept.bought.label)) if kept.bought else None, by=" "
        )
    if kept.picked_at:
        words = joined(t("picked"), clock(kept.picked_at, zone()), md(kept.picked_by), by=" ")
        return badge("green", "check", words)
    return badge("orange", "shelves", t("to pick"))


def _left(found: list[Left]) -> None:
    """Parts that lie ready for bookings that are over: they belong on their shelves."""
    if found:
        st.markdown(Safe(f"**:material/assignment_return: {t('To put back on the shelf')}**"))
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"left_{one.id}"):
            st.markdown(badge(one.status.color, one.status.icon, t(one.status.label)), width="content")
            st.markdown(joined(Safe(f"**{md(one.plate)}**"), md(one.number), md(one.parts)), width="stretch")
            if person().has(*may.ISSUES_PARTS):
                st.button(
                    t("Put back"), key=f"put_away_{one.id}", icon=":material/check:", on_click=_put_away, args=(one.id,)
                )


def _put_away(key: int) -> None:
    act(partial(put_away, appointment_id=key), at=PLACE, done=t("Put back."))


def _pick(key: int) -> None:
    act(partial(pick, appointment_id=key), at=PLACE, done=t("Picked."))


def _put_back(key: int) -> None:
    act(partial(put_back, appointment_id=key), at=PLACE, done=t("Put back."))


def _buy(key: int, kept: PlannedPart) -> None:
    act(
        lambda work: plan(work, part_id=kept.part.id, quantity=kept.missing, appointment_id=key),
        at=PLACE, done=t("On the purchase plan."),
    )  # fmt: skip
