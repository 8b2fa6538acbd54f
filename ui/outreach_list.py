"""Cars to call, reason by reason: whom, why, the number large, and the one tap that opens the call."""

from datetime import date

import streamlit as st

from db.enums_desk import OutreachReason
from services import permissions as may
from services.outreach import ToCall, cars_to_call, counts
from services.outreach_claims import Claim, claims, open_call
from services.outreach_sql import MOST
from ui.act import act, notices
from ui.here import here, look, person, zone
from ui.live_feed import live
from ui.outreach_words import why
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import clock, moment
from web.live_feed import board as feed

PLACE = "call"
_KEY = "call_reason"
SHOWN = 20  # at once: each card has its price


@st.fragment
def call_lists() -> None:
    """The lists; drawn again alone when something happened elsewhere."""
    if "call" in st.query_params:
        st.rerun()  # a call was opened: that is for the whole page
    seen = feed.version
    with look() as work:
        numbers = counts(work)
        reason = _reason(numbers)
        shown = SHOWN * (1 + st.session_state.get(_more(reason), 0))
        rows, taken = cars_to_call(work, reason, shown), claims(work)
        today = work.local(work.now).date()
    notices(PLACE)
    _choice(numbers, reason)
    if not rows:
        st.caption(
            t("Nobody to call for this. Lists fill from service dates, expiry dates, declined work and campaigns.")
        )
    with st.grid(2, min_column_width=340):
        for row in rows:
            _card(row, taken.get(row.customer_id), today)
    if len(rows) == shown < numbers[reason]:
        st.button(t("More"), key="calls_more", icon=":material/expand_more:", on_click=_show_more, args=(reason,))
    live("calls_live", seen=seen)


def _more(reason: OutreachReason) -> str:
    return f"calls_more_{reason}"


def _show_more(reason: OutreachReason) -> None:
    st.session_state[_more(reason)] = st.session_state.get(_more(reason), 0) + 1


def _reason(numbers: dict[OutreachReason, int]) -> OutreachReason:
    """The list chosen, else the first that is not empty."""
    chosen = st.session_state.get(_KEY)
    first = next((reason for reason, number in numbers.items() if number), OutreachReason.SERVICE)
    return OutreachReason(chosen) if chosen else first


def _choice(numbers: dict[OutreachReason, int], reason: OutreachReason) -> None:
    st.pills(
        t("Why we call"), list(numbers), default=None if _KEY in st.session_state else reason, key=_KEY, required=True,
        format_func=lambda one: _with_number(one, numbers[one]), label_visibility="collapsed", wrap=True,
        persist_state="session",
    )  # fmt: skip


def _with_number(reason: OutreachReason, number: int) -> Safe:
    shown = md(f"{MOST}+" if number >= MOST else number)
    return joined(Safe(f":material/{reason.icon}: {t(reason.label)}"), shown if number else None)


def _card(row: ToCall, claim: Claim | None, today: date) -> None:
    with st.container(border=True, gap="xsmall", key=f"to_call_{row.vehicle_id}_{row.about}"):
        top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        top.markdown(Safe(f"**{md(row.name)}**"), width="content")
        top.markdown(Safe(f"**:material/call: {phone(row.phone)}**"), width="content")
        st.markdown(why(row.reason, row.due_on, row.about, row.what, row.at_km, today))
        st.caption(joined(md(row.plate), md(row.model), _best(row), _last(row)))
        marks = joined(_tried(row), _held(claim), by=" ")
        if marks:
            st.markdown(marks)
        if person().has(*may.CALLS):
            st.button(t("Call"), key=f"call_{row.vehicle_id}_{row.about}", icon=":material/call:", width="stretch",
                      type="secondary" if claim else "primary", on_click=_open, args=(row,))  # fmt: skip


def _best(row: ToCall) -> Safe | None:
    return t("best time: {when}", when=row.call_when) if row.call_when else None


def _last(row: ToCall) -> Safe | None:
    return t("last contact {when}", when=moment(row.called_at, here().clock(), zone())) if row.called_at else None


def _tried(row: ToCall) -> Safe | None:
    return badge("orange", "phone_missed", t("tried {n}×", n=row.tries)) if row.tries else None


def _held(claim: Claim | None) -> Safe | None:
    if claim is None:
        return None
    return badge(
        "violet",
        "phone_in_talk",
        t("{name} has had it open since {at}", name=claim.name, at=clock(claim.since, zone())),
    )


def _open(row: ToCall) -> None:
    """The call opens also when somebody else has it: the page says who, and lets it be taken over."""
    act(lambda work: open_call(work, row.customer_id), at=PLACE)
    st.query_params.update({"call": str(row.vehicle_id), "reason": row.reason.value, "about": row.about})
