"""One own car, large: where it stands, its jobs with their times and buttons, and what a technician needs a tap away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from db.enums import HoldReason, OrderStatus
from db.enums_workshop import RequisitionStatus
from db.models import Verification
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.clocks import HOLDS, PAUSES, finish_job, hold, pause, start
from services.forecast import Outlook
from services.my_work import JobTime, job_times
from services.order_moves import ORDERS
from services.verification import of_order
from services.work import Work
from services.workflow import allowed
from ui.act import act, notices
from ui.cards import flags, promise
from ui.here import here, look, person, show_record
from ui.job_parts import slip_words
from ui.job_time import left_mark, time_bar, time_words
from ui.rework_note import rework_note
from ui.steps import open_form, take, usable
from ui.text import Safe, badge, joined, md, t
from ui.when import span
from ui.workshop_clocks import reason_words
from ui.workshop_take_over import taken_over

SHOWN = ("diagnose", "ask_parts", "add_extra", "report_delay")  # a tap away; the rest is under the menu
ELSEWHERE = ("start", "finish_job", "pause", "hold", "verify")  # buttons of their own on this card
WORKING = (OrderStatus.IN_WORK, OrderStatus.REWORK)


@dataclass(frozen=True)
class Known:
    """How each of the cars was taken over, by order, the names of the staff, what forecasts rest on, and how far its slips are."""

    verified: Mapping[int, Verification]
    staff: Mapping[int, str]
    outlook: Outlook
    slips: Mapping[int, RequisitionStatus]


@st.fragment
def my_car(card: OrderCard, known: Known) -> None:
    """The card; a tap redraws it alone."""
    with st.container(border=True, gap="small", key=f"my_car_{card.id}"):
        row = known.verified.get(card.id)
        if st.session_state.pop(f"stale:{card.id}", False):
            with look() as work:
                card, row = load_card(work, card.id) or card, of_order(work, card.id)
        _head(card, known.outlook)
        if slip := known.slips.get(card.id):
            st.markdown(badge(slip.color, slip.icon, slip_words(slip)))
        rework_note(card.facts)
        if row:
            taken_over(row, known.staff)
        fresh = row is None and not card.facts.clocks  # nobody has looked at it yet: taking it over is the next step
        _jobs(card, known.staff, fresh=fresh)
        _actions(card, fresh=fresh, taken=row is not None)
        notices(_place(card.id))


def _place(order_id: int) -> str:
    return f"mine_{order_id}"


def _head(card: OrderCard, outlook: Outlook) -> None:
    left, right = st.columns([6, 1])
    right.button(t("Open"), key=f"big_open_{card.id}", icon=":material/open_in_full:", width="stretch", on_click=_open,
                 args=(card.id,))  # fmt: skip
    row = left.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(f"## {md(card.vehicle.plate)}", width="content")
    row.markdown(badge(card.status.color, card.status.icon, t(card.status.label)), width="content")
    with row.container(width="content"):
        promise(card, outlook.of(card.facts, here().clock()))
    with row.container(width="content"):
        flags(card, beside_status=True)
    key = Safe(f":material/key: {md(card.order.key_tag)}") if card.order.key_tag else None
    bay = Safe(f":material/garage: {md(card.bay)}") if card.bay else None
    st.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), bay, key))
    if card.order.concern:
        st.markdown(Safe(f":material/record_voice_over: {md(card.order.concern)}"))
    if card.order.requests:
        st.markdown(badge("orange", "priority_high", md(card.order.requests)))
    held = card.order.hold_reason if card.status == OrderStatus.ON_HOLD else None
    if held and held != HoldReason.PARTS:  # that one is among the flags
        st.markdown(badge(held.color, held.icon, t(held.label)))


def _jobs(card: OrderCard, staff: Mapping[int, str], *, fresh: bool) -> None:
    times = job_times(card.facts, here().clock())
    todo = [one for one in times if one.open]
    for one in todo:
        left, right = st.columns([5, 4], vertical_alignment="center")
        with left.container(gap="xsmall"):
            st.markdown(joined(Safe(f"**{md(one.job.title)}**"), left_mark(one), by=" "))
            time_bar(one)
            st.caption(time_words(one, staff))
        if card.status in WORKING:
            _clock_buttons(card, one, right, next_one=one is todo[0] and not fresh)
    done = (joined(Safe(f":material/check: {md(one.job.title)}"), span(one.clocked)) for one in times if not one.open)
    if words := joined(*done, by="&emsp;"):
        st.caption(words)


def _clock_buttons(card: OrderCard, one: JobTime, right: st.delta_generator.DeltaGenerator, *, next_one: bool) -> None:
    row = right.container(horizontal=True, gap="small")
    key = f"{one.job.id}"
    if person().id in one.running:
        row.button(t("Finish job"), key=f"big_finish_{key}", icon=":material/check:", type="primary", width="stretch",
                   on_click=_finish, args=(card.id, one.job.id, one.needs_words))  # fmt: skip
        with row.popover(t("Pause"), icon=":material/pause:", width="stretch", key=f"big_pause_{key}"):
            _pauses(card.id, key)
    elif card.facts.clocks_beside or not card.facts.clocks_mine:
        blocked = bool(ORDERS.move("start").blockers(card.facts))
        label = t("Join") if one.running else t("Resume") if person().id in one.spent else t("Start")
        row.button(label, key=f"big_start_{key}", icon=":material/play_arrow:", width="stretch", disabled=blocked,
                   type="primary" if next_one and not card.facts.clocks_mine else "secondary", on_click=_start,
                   args=(card.id, one.job.id))  # fmt: skip


def _pauses(order_id: int, key: str) -> None:
    """Only the own clock stops, or the car stands still for everybody."""
    for reason in PAUSES:
        st.button(reason_words(reason), key=f"big_pause_{reason.value}_{key}", width="stretch", on_click=_pause,
                  args=(order_id, reason))  # fmt: skip
    st.caption(t("The car waits:"))
    for reason in HOLDS:
        if reason not in PAUSES:
            st.button(reason_words(reason), key=f"big_hold_{reason.value}_{key}", width="stretch", on_click=_hold,
                      args=(order_id, reason))  # fmt: skip


def _actions(card: OrderCard, *, fresh: bool, taken: bool) -> None:
    """The next step where it is no clock, what is often needed, and the rest under a menu."""
    moves = [m for m in ORDERS.possible(card.facts, card.status) if usable(m) and allowed(m, person())]
    by_name = {move.action: move for move in moves}
    step = ORDERS.next_step(card.facts, card.status)
    row = st.container(horizontal=True, gap="small", key=f"my_actions_{card.id}")
    if step and step.action in by_name and step.action not in ELSEWHERE:
        row.button(t(step.label), key=f"big_{step.action}_{card.id}", icon=f":material/{step.icon}:", type="primary",
                   disabled=bool(step.blockers(card.facts)), on_click=take,
                   args=(step.action, card.id, _place(card.id)))  # fmt: skip
    if "verify" in by_name and not taken and not card.facts.in_rework:
        row.button(t("Take over the car"), key=f"big_verify_{card.id}", icon=":material/assignment_turned_in:",
                   type="primary" if fresh else "secondary", on_click=take, args=("verify", card.id, _place(card.id)))  # fmt: skip
    for move in (by_name[name] for name in SHOWN if name in by_name):
        row.button(t(move.label), key=f"big_{move.action}_{card.id}", icon=f":material/{move.icon}:", on_click=take,
                   args=(move.action, card.id, _place(card.id)))  # fmt: skip


def _open(order_id: int) -> None:
    show_record("order", order_id)
    st.rerun()


def _start(order_id: int, job_id: int) -> None:
    _do(order_id, lambda work: start(work, order_id, job_id=job_id), t("Your clock runs."))


def _pause(order_id: int, reason: HoldReason) -> None:
    _do(order_id, lambda work: pause(work, order_id, reason=reason), t("Your clock is stopped."))


def _hold(order_id: int, reason: HoldReason) -> None:
    _do(order_id, lambda work: hold(work, order_id, reason=reason), t("The car is on hold."))


def _finish(order_id: int, job_id: int, needs_words: bool) -> None:
    """At once, or by way of cause and correction where a fault was looked for."""
    if needs_words:
        st.session_state[f"finish_which_{order_id}"] = job_id
        open_form("finish_job", order_id)
        st.rerun()
    _do(order_id, lambda work: finish_job(work, order_id, job_id=job_id), t("The job is finished."))


def _do(order_id: int, verb: Callable[[Work], object], done: Safe) -> None:
    st.session_state[f"stale:{order_id}"] = True
    act(verb, done=done, at=_place(order_id))
