"""One call the garage makes first: what to say, the offer ready before the phone is lifted, the result in one tap."""

from datetime import date

import streamlit as st

from db.enums_desk import OutreachReason
from services import permissions as may
from services.outreach_calls import Occasion
from services.outreach_claims import Claim, open_call
from services.outreach_log import Logged
from services.outreach_offer import Prepared, prepare
from services.refusals import Refusal
from ui.act import act, notices
from ui.estimate_told import estimate_lines
from ui.here import asked, here, look, person, zone
from ui.job_choice import job_choice
from ui.outreach_result import leave_call, results, times
from ui.outreach_words import date_words, script, why
from ui.text import Safe, badge, joined, language, md, phone, t
from ui.when import clock, moment

PLACE = "call"


def call_page() -> None:
    """Draw the call asked for by `?call=` and `?reason=` and stop the page; does nothing when none is asked for."""
    key = asked("call")
    if key is None:
        return
    back = st.container(horizontal=True, vertical_alignment="center", gap="small")
    back.button(t("To call"), icon=":material/arrow_back:", on_click=leave_call, key="back")
    reason, about = st.query_params.get("reason", ""), st.query_params.get("about", "")
    try:
        known = OutreachReason(reason)
        with look() as work:
            ready = prepare(work, Occasion(key, known, about), st.session_state.get(_jobs_key(key)))
            garage, today = work.garage, work.local(work.now).date()
    except (Refusal, ValueError) as refused:
        words = md(refused.say(language())) if isinstance(refused, Refusal) else t("There is no such record.")
        st.warning(words, icon=":material/info:")
        st.stop()
    with back:
        _head(ready)
    st.markdown(joined(why(ready.due.reason, ready.due.due_on, ready.due.about, ready.due.what, ready.due.at_km, today),
                       _expected(ready)))  # fmt: skip
    notices(PLACE)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.info(script(ready, garage.name, today, garage.currency), icon=":material/record_voice_over:")
        _offer(ready, garage.currency)
        _contacts(ready, today)
    with right:
        if ready.claim:
            _held(ready, ready.claim)
        elif person().has(*may.CALLS):
            results(ready, today)
    st.stop()


def _head(ready: Prepared) -> None:
    customer, car = ready.customer, ready.car
    st.markdown(Safe(f"### :material/call: {phone(customer.phone)}"), width="content")
    best = t("best time: {when}", when=customer.call_when) if customer.call_when else None
    st.markdown(
        joined(Safe(f"**{md(customer.name)}**"), md(car.plate), md(f"{car.make} {car.model}".strip()), best),
        width="content",
    )


def _expected(ready: Prepared) -> Safe | None:
    return t("about {km} km by now", km=f"{ready.expected_km:,}") if ready.expected_km else None


def _offer(ready: Prepared, currency: str) -> None:
    """The jobs with price and parts, three times, and other jobs where others fit better."""
    key = ready.car.id
    chosen = st.session_state.get(_jobs_key(key))
    jobs = list(ready.due.jobs if chosen is None else chosen)
    estimate_lines(ready.told, currency)
    if ready.no_times:
        st.error(md(ready.no_times.say(language())), icon=":material/block:")
    times(ready)
    with st.expander(t("Other jobs"), icon=":material/build:", key=f"call_other_{key}", expanded=not jobs,
                     on_change="rerun") as other:  # fmt: skip
        if other.open:
            job_choice(jobs, f"call_{key}", lambda picked: st.session_state.update({_jobs_key(key): picked}))


def _jobs_key(key: int) -> str:
    return f"call_jobs_{key}"


def _held(ready: Prepared, claim: Claim) -> None:
    words = t("{name} has had it open since {at}", name=claim.name, at=clock(claim.since, zone()))
    st.warning(words, icon=":material/phone_in_talk:")
    st.button(t("Take over"), key="call_take_over", icon=":material/swap_horiz:", on_click=_take_over, width="stretch",
              args=(ready.customer.id,))  # fmt: skip


def _take_over(customer_id: int) -> None:
    act(lambda work: open_call(work, customer_id, take_over=True), at=PLACE)


def _contacts(ready: Prepared, today: date) -> None:
    """What was said before, newest first."""
    with st.container(gap="xsmall"):
        st.markdown(Safe(f"**{t('Earlier contacts')}**"))
        if not ready.contacts:
            st.caption(t("Not called so far."))
        for one in ready.contacts:
            _contact(one, today)


def _contact(one: Logged, today: date) -> None:
    now = here().clock()
    if one.result:
        what = badge(one.result.color, one.result.icon, t(one.result.label))
    else:
        what = t("reached") if one.reached else t("not reached")
    again = date_words(one.again_on, today) if one.again_on else None
    about = t(one.reason.label) if one.reason else t(one.channel.label)
    st.markdown(joined(Safe(f":small[{moment(one.at, now, zone())}]"), what, again, about, md(one.by), md(one.note)))
