"""The promised time: as reckoned with its reasons, or another; every tap is written at once, an earlier time with a reason."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from db.models import WorkOrder
from services.i18n import N_
from services.order_moves import ORDERS
from services.promise_reckoning import Reason, Reckoned, reckon_promise
from services.promises import set_promise
from services.slots import GRID
from services.work import Work
from services.workflow import facts_of
from ui.act import act, notices
from ui.booking_draft import day_format
from ui.here import here, look, zone
from ui.text import Safe, joined, plain, t
from ui.when import day, moment, span

WHY_SOONER = (
    N_("Two people work on it"),
    N_("A bay is kept free"),
    N_("The part is fetched"),
    N_("The customer waits for it"),
)


@st.fragment
def promise_inputs(order_id: int) -> None:
    """Large what was promised, or can be; below it why, and another day and time."""
    with look() as work:
        facts = facts_of(work, ORDERS, order_id)
        reckoned, order = reckon_promise(work, facts), facts.order
    now = here().clock()
    notices(f"promise_{order_id}")
    taken = order.promised_at is not None and abs(order.promised_at - reckoned.at) < GRID
    if order.promised_at:
        st.markdown(f"### :material/event_available: {t('Promised {at}', at=moment(order.promised_at, now, zone()))}")
    if not taken:
        st.button(
            t("Ready at the earliest: {at}", at=moment(reckoned.at, now, zone())), icon=":material/auto_awesome:",
            key=f"suggested_{order_id}", type="secondary" if order.promised_at else "primary", width="stretch",
            on_click=_take, args=(order_id, reckoned.at),
        )  # fmt: skip
    reasons(reckoned, now)
    _another(order, reckoned)


def reasons(reckoned: Reckoned, now: datetime) -> None:
    """Why it is ready then: what is not known stands out."""
    said = [_reason(one, now) for one in reckoned.reasons]
    st.markdown(joined(*said, by="  \n"))  # a line each: a part's name may be long


def typed_promise(order_id: int) -> datetime | None:
    """The instant typed; None when a part is missing."""
    chosen: date | None = st.session_state.get(f"promise_day_{order_id}")
    clock: time | None = st.session_state.get(f"promise_time_{order_id}")
    return datetime.combine(chosen, clock, ZoneInfo(zone())) if chosen and clock else None


def keep_promise(work: Work, order_id: int) -> None:
    """What stands in the fields is promised, as far as it is not yet; with nothing typed or promised, what is reckoned."""
    promised = work.get(WorkOrder, order_id).promised_at
    typed = typed_promise(order_id)
    if promised is None and not st.session_state.get(f"promise_typed_{order_id}"):
        typed = reckon_promise(work, facts_of(work, ORDERS, order_id)).at
    if typed != promised or (promised and promised <= work.now):
        set_promise(work, order_id, promised_at=typed, reason=_sooner(order_id))


def _reason(one: Reason, now: datetime) -> Safe:
    what: dict[str, object] = {"what": one.what}
    if one.minutes:
        what["span"] = span(one.minutes)
    if one.at:
        local = one.at.astimezone(ZoneInfo(zone())).date()
        today = now.astimezone(ZoneInfo(zone())).date()
        what["at"] = day(local, today) if one.whole_day else moment(one.at, now, zone())
    color, icon = ("orange", "help") if one.open else ("gray", one.icon)
    return Safe(f":{color}[:material/{icon}: {t(one.words, **what)}]")


def _another(order: WorkOrder, reckoned: Reckoned) -> None:
    """Day and time, on what is promised or reckoned; when earlier, the reasons to tap and a field for another."""
    _seed(order, reckoned.at)
    row, args = st.container(horizontal=True, gap="small"), (order.id,)
    row.date_input(
        t("Promised day"), key=f"promise_day_{order.id}", format=day_format(), on_change=_write, args=args, width=170
    )
    row.time_input(t("Promised time"), key=f"promise_time_{order.id}", step=900, on_change=_write, args=args, width=130)
    typed = typed_promise(order.id)
    if typed and typed + GRID < reckoned.at:
        if order.promise_reason and typed == order.promised_at:
            st.caption(t("Sooner because: {reason}", reason=order.promise_reason))
        st.pills(
            t("Why it can be sooner"), WHY_SOONER, format_func=t, key=f"sooner_{order.id}", on_change=_write, args=args
        )
        st.text_input(t("Another reason"), key=f"sooner_words_{order.id}", on_change=_write, args=args)


def _seed(order: WorkOrder, reckoned_at: datetime) -> None:
    """What is promised, also by another tablet; before that what is reckoned now. What was typed and refused stays."""
    seen, typed = f"promise_seen_{order.id}", f"promise_typed_{order.id}"
    fresh = seen not in st.session_state or st.session_state[seen] != order.promised_at
    if fresh or (order.promised_at is None and not st.session_state.get(typed)):
        _put(order.id, order.promised_at or reckoned_at)
        st.session_state[seen] = order.promised_at


def _put(order_id: int, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(zone()))
    st.session_state[f"promise_day_{order_id}"] = local.date()
    st.session_state[f"promise_time_{order_id}"] = local.time().replace(second=0, microsecond=0)


def _take(order_id: int, at: datetime) -> None:
    _put(order_id, at)
    _write(order_id)


def _sooner(order_id: int) -> str:
    tapped = st.session_state.get(f"sooner_{order_id}")
    words = (plain(tapped) if tapped else "", (st.session_state.get(f"sooner_words_{order_id}") or "").strip())
    return " · ".join(word for word in words if word)


def _write(order_id: int) -> None:
    st.session_state[f"promise_typed_{order_id}"] = True
    at, reason = typed_promise(order_id), _sooner(order_id)
    act(lambda work: set_promise(work, order_id, promised_at=at, reason=reason), at=f"promise_{order_id}")
