"""The result of a call in one tap: booked at the time chosen, later, not reached, no, done elsewhere, never again."""

from datetime import date, timedelta

import streamlit as st

from db.enums_desk import OutreachReason, OutreachResult
from services.i18n import N_
from services.outreach_calls import Occasion, call_booked, call_result
from services.outreach_claims import let_go
from services.outreach_offer import Prepared
from ui.act import act, spend, token
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.text import joined, t
from ui.when import moment

PLACE = "call"
R = OutreachResult
LATER = {1: N_("tomorrow"), 3: N_("in 3 days"), 7: N_("in a week"), 14: N_("in 2 weeks"), 30: N_("in a month")}
_DATED = {
    OutreachReason.SERVICE: N_("Done elsewhere on"),
    OutreachReason.FIRST_SERVICE: N_("Done elsewhere on"),
    OutreachReason.INSPECTION: N_("Renewed elsewhere until"),
    OutreachReason.INSURANCE: N_("Renewed elsewhere until"),
}
_OTHERS = (R.NOT_REACHED, R.NO, R.DONE_ELSEWHERE, R.NEVER)


def times(ready: Prepared) -> None:
    """The times to offer; one is chosen."""
    if not ready.times:
        if ready.told and not ready.no_times:
            st.warning(t("No free place in the days that can be booked."), icon=":material/event_busy:")
        return
    key = _key(ready, "time")
    names = {one.starts_at: joined(moment(one.starts_at, here().clock(), zone()), t(one.why)) for one in ready.times}
    if st.session_state.get(key) not in names:  # gone meanwhile
        st.session_state[key] = ready.times[0].starts_at
    st.pills(t("Times to offer"), list(names), key=key, wrap=True, required=True, format_func=lambda at: names[at])


def results(ready: Prepared, today: date) -> None:
    """A note, and one tap for each result."""
    chosen = st.session_state.get(_key(ready, "time"))
    st.text_input(t("Note"), key=_key(ready, "note"), max_chars=500)
    free = ready.told is not None and bool(ready.times)
    label = t("Booked: {time}", time=moment(chosen, here().clock(), zone())) if free and chosen else t(R.BOOKED.label)
    st.button(label, key="call_booked", icon=f":material/{R.BOOKED.icon}:", type="primary", width="stretch",
              disabled=not free or chosen is None, on_click=_book, args=(ready,))  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for result in _OTHERS:
            st.button(t(result.label), key=f"call_{result}", icon=f":material/{result.icon}:", on_click=_say,
                      args=(ready, result))  # fmt: skip
    st.pills(t("Call again"), list(LATER), key=_key(ready, "later"), format_func=lambda days: t(LATER[days]),
             on_change=_later, args=(ready, today), wrap=True)  # fmt: skip
    _days(ready, today)


def _days(ready: Prepared, today: date) -> None:
    """Another day to call again; and, where the file can learn from it, the day of what was done elsewhere."""
    row = st.container(horizontal=True, gap="small")
    row.date_input(t("or on"), value=None, key=_key(ready, "day"), min_value=today + timedelta(days=1), format=day_format(),
                   on_change=_later, args=(ready, today), width=190)  # fmt: skip
    if ready.due.reason in _DATED:
        row.date_input(t(_DATED[ready.due.reason]), value=None, key=_key(ready, "done"), format=day_format(), width=190)


def leave_call() -> None:
    """Back to the lists; the call is anybody's again."""
    act(let_go, at=PLACE)
    _leave()


def _leave() -> None:
    for name in ("call", "reason", "about"):
        st.query_params.pop(name, None)
    st.query_params["view"] = "call"


def _key(ready: Prepared, name: str) -> str:
    return f"call_{name}_{ready.car.id}_{ready.due.reason}"


def _typed(ready: Prepared, name: str) -> str:
    return str(st.session_state.get(_key(ready, name)) or "")


def _book(ready: Prepared) -> None:
    """A refusal keeps everything on the page; the times are computed anew."""
    at, note = st.session_state[_key(ready, "time")], _typed(ready, "note")
    jobs = [one.job.id for one in ready.told.offered] if ready.told else []
    occasion: Occasion = ready.occasion
    made = act(lambda work: call_booked(work, occasion, job_ids=jobs, starts_at=at, note=note), at=PLACE, once=token("call"),
               done=t("Booked."))  # fmt: skip
    _over(ready, made is not None)


def _later(ready: Prepared, today: date) -> None:
    days, day = st.session_state.get(_key(ready, "later")), st.session_state.get(_key(ready, "day"))
    if days or day:
        _say(ready, R.LATER, today + timedelta(days=days) if days else day)


def _say(ready: Prepared, result: OutreachResult, again_on: date | None = None) -> None:
    note, done_on = _typed(ready, "note"), st.session_state.get(_key(ready, "done"))
    occasion = ready.occasion
    kept = act(
        lambda work: call_result(work, occasion, result, note=note, again_on=again_on, done_on=done_on), at=PLACE,
        once=token("call"), done=t("Noted."),
    )  # fmt: skip
    _over(ready, kept is not None)


def _over(ready: Prepared, kept: bool) -> None:
    spend("call")
    for name in ("later", "day"):
        st.session_state.pop(_key(ready, name), None)
    if kept:
        for name in ("note", "time", "done"):
            st.session_state.pop(_key(ready, name), None)
        st.session_state.pop(f"call_jobs_{ready.car.id}", None)
        _leave()
