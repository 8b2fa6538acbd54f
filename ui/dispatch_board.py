"""Dispatch: for every waiting car who and where, with the reasons; what takes longer and what it will break."""

import streamlit as st

from services.dispatching import Given, Proposal, accept, accept_all, proposals
from services.overruns import Overrun, overruns
from services.refusals import Refusal
from services.shop_floor import floor
from services.workshop_board import matching
from ui.act import act, notices, refuse, said, spend, token
from ui.dispatch_overrun import overrun_row
from ui.dispatch_words import car_line, place_line, reason_badges
from ui.here import look, show_record
from ui.text import Safe, language, md, t
from ui.workshop_dispatch import dispatch_form, reassign_form
from ui.workshop_words import nothing_fits

PLACE = "dispatch"
WORDS = 640  # pixels: the buttons stand beside, or below on an upright tablet
_ALL = "dispatch_all"
_OTHER = "dispatch_other"  # the car for which the supervisor decides otherwise
_EVERY = 60.0  # seconds after which what is free now is another


def dispatch_board(typed: str) -> float | None:
    """What breaks first, then who gets what; what only takes longer comes last."""
    with look() as work:
        shop = floor(work)
        found, late = proposals(work, shop), overruns(work, shop)
    shown = {card.id for card in matching([*(one.card for one in found), *(one.card for one in late)], typed)}
    waiting = [one for one in found if one.card.id in shown]
    longer = [one for one in late if one.card.id in shown]
    notices(PLACE)
    if typed and not shown:
        nothing_fits(typed)
        return _EVERY
    _longer([one for one in longer if one.matters], Safe(f":material/crisis_alert: {t('Promises at risk')}"))
    _waiting(waiting)
    quiet = [one for one in longer if not one.matters]
    _longer(quiet, Safe(f":material/more_time: {t('Running over, no promise at risk')}"))
    return _EVERY


def _longer(late: list[Overrun], heading: Safe) -> None:
    if late:
        _heading(heading, len(late))
    for one in late:
        overrun_row(one, PLACE)


def _heading(words: Safe, number: int) -> None:
    st.markdown(Safe(f"#### {words} :gray-badge[{number:d}]"))


def _waiting(found: list[Proposal]) -> None:
    if not found:
        st.info(t("No car waits to be given out."), icon=":material/done_all:")
        return
    ready = [given for one in found if one.advised and (given := one.given)]
    top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    with top.container(width="content"):
        _heading(Safe(f":material/inbox: {t('To dispatch')}"), len(found))
    if len(ready) > 1:
        top.button(t("Accept all {n}", n=len(ready)), key=_ALL, icon=":material/done_all:", type="primary", on_click=_accept_all,
                   args=(ready, token(_ALL)))  # fmt: skip
    for one in found:
        _row(one)


def _row(one: Proposal) -> None:
    key = one.card.id
    with st.container(border=True, gap="xsmall", key=f"proposal_{key}"):
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
        with row.container(gap="xsmall", width=WORDS):
            car_line(one.card)
            place_line(one)
            reason_badges(one)
        _buttons(row.container(horizontal=True, horizontal_alignment="right", gap="small", width="content"), one)
        notices(f"order_{key}")
        if st.session_state.get(_OTHER) == key and not one.blockers:
            (dispatch_form if one.action == "dispatch" else reassign_form)(one.card.facts)


def _buttons(row: st.delta_generator.DeltaGenerator, one: Proposal) -> None:
    key, given = one.card.id, one.given
    if given:
        kind = "primary" if one.advised and st.session_state.get(_OTHER) != key else "secondary"
        row.button(t("Accept"), key=f"accept_{key}", icon=":material/check:", type=kind, on_click=_accept,  # type: ignore[arg-type]
                   args=(given, token(f"accept_{key}")))  # fmt: skip
    if not one.blockers:
        row.button(
            t("Choose another"),
            key=f"otherwise_{key}",
            icon=":material/swap_horiz:",
            on_click=_other,
            args=(key, one.action, given),
        )
    if row.button(
        t("Open"), key=f"open_{PLACE}_{key}", icon=":material/open_in_full:", on_click=show_record, args=("order", key)
    ):
        st.rerun()


def _other(key: int, action: str, given: Given | None) -> None:
    """Open the choice, on what is proposed; or close it."""
    st.session_state[_OTHER] = None if st.session_state.get(_OTHER) == key else key
    if given:
        st.session_state[f"{action}_staff_{key}"], st.session_state[f"{action}_bay_{key}"] = (
            given.staff_id,
            given.bay_id,
        )


def _accept(given: Given, once: str) -> None:
    if act(lambda work: accept(work, given), done=t("The car is given out."), at=PLACE, once=once):
        spend(f"accept_{given.order_id}")


def _accept_all(wanted: list[Given], once: str) -> None:
    told: list[tuple[str, Refusal | None]] | None = act(lambda work: accept_all(work, wanted), at=PLACE, once=once)
    if told is None:
        return
    spend(_ALL)
    given = [plate for plate, refusal in told if refusal is None]
    if given:
        said(t("Given out: {plates}", plates=", ".join(given)), PLACE)
    for plate, refusal in told:
        if refusal:
            refuse(Safe(f"{md(plate)}: {md(refusal.say(language()))}"), PLACE)
