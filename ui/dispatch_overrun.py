"""A car that takes longer: what will break, what follows and where it would go, moved by one tap."""

import streamlit as st

from services.overrun_moves import NoPlaceToday, move_what_follows
from services.overruns import Overrun
from services.what_follows import PROMISE, Break, Moved
from ui.act import act, said, spend, token
from ui.here import here, show_record, zone
from ui.text import Safe, badge, joined, language, md, t
from ui.when import moment, span

WORDS = 640  # pixels: the buttons stand beside, or below on an upright tablet


def overrun_row(one: Overrun, place: str) -> None:
    """Draw it; what came of a tap is told at `place`."""
    key, now = one.card.id, here().clock()
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
        key=f"overrun_{key}",
    ):  # fmt: skip
        with st.container(gap="xsmall", width=WORDS):
            until = moment(one.busy.ends_at, now, zone())
            longer = badge("orange", "more_time", t("{span} longer, until {at}", span=span(one.minutes), at=until))
            who = joined(md(one.card.what), md(one.card.technician), md(one.card.bay))
            st.markdown(joined(Safe(f"**{md(one.card.vehicle.plate)}**"), longer, who, by=" "))
            _breaks(one)
            for moved in one.moves:
                st.markdown(_moved(moved))
        row = st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content")
        if one.moves or one.holds or one.stuck:
            row.button(
                t("Move what follows") if one.moves else t("Hold until {at}", at=until),
                key=f"push_{key}",
                icon=":material/low_priority:" if one.moves else ":material/more_time:",
                type="primary" if one.moves and one.matters else "secondary",
                disabled=bool(one.stuck),
                on_click=_push,
                args=(key, place, token(f"push_{key}")),
            )
        if row.button(t("Open"), key=f"open_{place}_late_{key}", icon=":material/open_in_full:", on_click=show_record,
                      args=("order", key)):  # fmt: skip
            st.rerun()


def _breaks(one: Overrun) -> None:
    """What breaks if all just waits, in green what moving saves; and what nobody can move."""
    kept = {(left.plate, left.words) for left in one.left}
    marks = []
    for broken in one.breaks:
        saved = not one.stuck and (broken.plate, broken.words) not in kept
        color, icon = ("green", "event_available") if saved else ("red", "event_busy")
        marks.append(badge(color, icon, _said(broken)))
    if marks:
        st.markdown(joined(*marks, by=" "))
    if one.stuck:
        refusal = NoPlaceToday(plates=", ".join(broken.plate for broken in one.stuck))
        st.markdown(Safe(f":material/block: {md(refusal.say(language()))}"))


def _said(broken: Break) -> Safe:
    at = moment(broken.at, here().clock(), zone())
    return joined(Safe(f"**{md(broken.plate)}**"), t(broken.words, at=at, span=span(broken.minutes)), by=" ")


def _moved(one: Moved) -> Safe:
    """Plate, and what is other than planned: the place, the time."""
    now = here().clock()
    was, at = moment(one.visit.starts_at, now, zone()), moment(one.starts_at, now, zone())
    time = at if was == at else Safe(f"{was} → {at}")
    place = joined(md(one.fit.hand.name), md(one.fit.bay.name)) if one.fit else None
    return Safe(f":material/arrow_forward: {joined(Safe(f'**{md(one.plate)}**'), md(one.customer), place, time)}")


def _push(order_id: int, place: str, once: str) -> None:
    found: Overrun | None = act(lambda work: move_what_follows(work, order_id), at=place, once=once)
    if found is None:
        return
    spend(f"push_{order_id}")
    tell = any(one.words == PROMISE for one in found.left)
    said(t("Moved. The advisor has the task to tell the customers.") if tell else t("The places are held anew."), place)
