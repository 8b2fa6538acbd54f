"""The form that reports a delay: how much longer, then one tap on the reason."""

from datetime import datetime

import streamlit as st

from db.enums_workshop import DelayReason
from db.models import Delay
from services.delays import delays, report
from services.order_facts import OrderFacts
from services.people import names
from services.promise_proposals import delayed
from ui.act import token
from ui.delay_words import answer_words, delay_words
from ui.here import here, look, zone
from ui.text import Safe, joined, md, t
from ui.when import moment, span
from ui.workshop_parts import save, value

LONGER = (15, 30, 60, 120, 240, 480)  # minutes
USUAL = 30


def delay_form(facts: OrderFacts) -> None:
    """What was reported before, how much longer it takes, the new time that makes, and the reasons: a tap on one reports it."""
    key = facts.order.id
    with look() as work:
        before, staff = delays(work, key), names(work)
    for delay in before[:1]:
        _reported(delay, staff)
    minutes = st.segmented_control(t("How much longer"), LONGER, default=USUAL, format_func=_more, required=True,
                                   key=f"delay_minutes_{key}", width="stretch")  # fmt: skip
    with look() as work:
        new = delayed(work, facts.order, int(minutes or USUAL))
    st.markdown(Safe(f"### :material/schedule: {_change(facts, new)}"))
    open_one = next((one.id for one in before[:1] if one.told_at is None), None)
    with st.grid(3, min_column_width=210, gap="small"):
        for reason in DelayReason:
            st.button(t(reason.label), icon=f":material/{reason.icon}:", key=f"delay_{reason.value}_{key}", width="stretch",
                      on_click=_report, args=(key, reason, open_one, token(f"delay_{key}")))  # fmt: skip
    st.text_input(t("Note"), key=f"delay_note_{key}", max_chars=300)


def delay_lines(found: list[Delay], staff: dict[int, str]) -> None:
    """Every delay of a car with its answer, the newest first; nothing when there was none."""
    for delay in found:
        _reported(delay, staff)


def _reported(delay: Delay, staff: dict[int, str]) -> None:
    now = here().clock()
    with st.container(border=True, gap="xsmall", key=f"delay_row_{delay.id}"):
        st.markdown(joined(Safe(":material/more_time:"), delay_words(delay, now), by=" "))
        st.markdown(answer_words(delay, now))
        st.caption(joined(md(staff.get(delay.by_id or 0, "")), moment(delay.at, now, zone())))


def _change(facts: OrderFacts, new: datetime) -> Safe:
    now = here().clock()
    at = moment(new, now, zone())
    if facts.order.promised_at is None:
        return t("Ready {at}", at=at)
    return t("Ready {at} instead of {was}", at=at, was=moment(facts.order.promised_at, now, zone()))


def _report(order_id: int, reason: DelayReason, instead_of: int | None, once: str) -> None:
    minutes, note = int(st.session_state.get(f"delay_minutes_{order_id}") or USUAL), value(f"delay_note_{order_id}")
    save(
        order_id,
        lambda work: report(work, order_id, reason=reason, minutes=minutes, note=note, instead_of=instead_of),
        t("Reported. The advisor tells the customer."),
        f"delay_note_{order_id}",
        once=once,
        name=f"delay_{order_id}",
    )


def _more(minutes: int) -> Safe:
    return Safe(f"+{span(minutes)}")
