"""One call: the number large, what to say, the questions, the result, and what went before."""

from datetime import datetime

import streamlit as st

from db.enums import FollowUpStatus
from services.calls import CallRecord, Visit, call_record, next_call, open_calls
from services.follow_ups import miss, reach
from ui.act import act, notices
from ui.follow_up_answers import questions
from ui.follow_up_missing import no_record
from ui.here import asked, here, look, person, show_record, zone
from ui.moments import moment_input, moment_picked
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import left, moment

TO_CALL = (FollowUpStatus.DUE, FollowUpStatus.NOT_REACHED)


def call_page() -> None:
    """Draw the call asked for by `?follow_up=` and stop the page; does nothing when none is asked for."""
    key = asked("follow_up")
    if key is None:
        return
    with look() as work:
        record, garage, following = call_record(work, key), work.garage.name, next_call(open_calls(work), work.now)
    if record is None:
        no_record("follow_up")
        st.stop()
    assert record is not None
    _header(record)
    notices("call")
    left_side, right_side = st.columns([3, 2], gap="medium")
    with left_side:
        _script(record, garage)
        if record.card.follow_up.status in TO_CALL:
            _to_call(key)
        elif record.card.follow_up.status == FollowUpStatus.REACHED:
            questions(record)
        else:
            _result(record)
            _next(following.follow_up.id if following else None)
    with right_side:
        _before(record)
    st.stop()


def _header(record: CallRecord) -> None:
    call, customer, car = record.card.follow_up, record.card.customer, record.card.vehicle
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("follow_up", None), key="back")
    top.header(f":material/call: {phone(customer.phone) or t('no phone number')}", anchor=False, width="content")
    top.markdown(badge(call.status.color, call.status.icon, t(call.status.label)), width="content")
    st.caption(joined(md(customer.name), md(car.plate), md(f"{car.make} {car.model}"), md(customer.call_when)))


def _script(record: CallRecord, garage: str) -> None:
    order, now = record.card.order, here().clock()
    when = moment(order.delivered_at or order.arrived_at, now, zone())
    said = t("Hello {customer}, this is {name} from {garage}. You picked up your {car} with us {when}. "
             "May I ask you six short questions?",
             customer=md(record.card.customer.name), name=md(person().name), garage=md(garage),
             car=md(record.card.vehicle.model or record.card.vehicle.plate), when=when)  # fmt: skip
    st.info(said, icon=":material/record_voice_over:")


def _to_call(key: int) -> None:
    st.button(t("Reached"), key=f"reach_{key}", icon=":material/phone_in_talk:", type="primary", width="stretch",
              on_click=_reach, args=(key,))  # fmt: skip
    with st.container(border=True, key=f"missed_{key}"):
        st.text_input(t("Note"), key=f"miss_note_{key}", max_chars=500)
        moment_input(t("Call again at (empty: next open day)"), f"again_{key}", None)
        st.button(
            t("Not reached"),
            key=f"miss_{key}",
            icon=":material/phone_missed:",
            width="stretch",
            on_click=_miss,
            args=(key,),
        )


def _result(record: CallRecord) -> None:
    call = record.card.follow_up
    st.markdown(f"**:material/{call.status.icon}: {t(call.status.label)}**")
    if call.recommend is not None:
        st.markdown(t("Would recommend us: {n} of 10", n=call.recommend))
    if call.comment:
        st.markdown(md(call.comment))
    if record.complaint_id:
        st.button(t("Open the complaint"), key="to_complaint", icon=":material/report:", on_click=_to_complaint,
                  args=(record.complaint_id,))  # fmt: skip


def _next(follow_up_id: int | None) -> None:
    if follow_up_id is None:
        st.caption(t("No other call is due now."))
    else:
        st.button(t("Next call"), key="next_call", icon=":material/call:", type="primary", on_click=show_record,
                  args=("follow_up", follow_up_id))  # fmt: skip


def _before(record: CallRecord) -> None:
    now = here().clock()
    for tried in record.attempts:
        what = t("reached") if tried.reached else t("not reached")
        st.caption(joined(Safe(f":material/history: {moment(tried.at, now, zone())}"), what, md(tried.note)))
    st.markdown(Safe(f"**{t('Last visits')}**"))
    for visit in record.visits:
        _visit(visit, now)


def _visit(visit: Visit, now: datetime) -> None:
    order = visit.order
    with st.container(border=True, gap="xsmall"):
        st.markdown(joined(md(order.number), md(", ".join(visit.jobs) or order.concern)))
        if order.promised_at and order.delivered_at:
            late = (
                left(order.promised_at, order.delivered_at) if order.delivered_at > order.promised_at else t("in time")
            )
            promised = t("promised {at}", at=moment(order.promised_at, now, zone()))
            given = t("handed over {at}", at=moment(order.delivered_at, now, zone()))
            st.caption(joined(promised, given, late))
        if order.advice:
            st.caption(joined(t("Advice for later"), md(order.advice)))


def _reach(key: int) -> None:
    act(lambda work: reach(work, key), at="call")


def _miss(key: int) -> None:
    note, again_at = str(st.session_state.get(f"miss_note_{key}") or ""), moment_picked(f"again_{key}")
    done = act(lambda work: miss(work, key, note=note, again_at=again_at), done=t("The try is noted"), at="call")
    if done:
        st.session_state[f"miss_note_{key}"] = ""
        st.session_state[f"again_{key}"] = None


def _to_complaint(complaint_id: int) -> None:
    show_record("follow_up", None)
    show_record("complaint", complaint_id)
