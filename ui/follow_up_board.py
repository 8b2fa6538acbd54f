"""The lists of the follow-up screen: calls with the number large, complaints with their next step."""

from datetime import datetime

import streamlit as st

from services.calls import CallCard, ComplaintCard
from services.care_moves import COMPLAINTS
from ui.here import show_record, zone
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import left, moment, urgency


def call_card(card: CallCard, now: datetime) -> None:
    """Whom to call, the number, since when it is due, and the one tap that opens the call."""
    call = card.follow_up
    with st.container(border=True, gap="xsmall", key=f"call_card_{call.id}"):
        st.subheader(md(card.customer.name), anchor=False)
        st.markdown(f"**:material/call: {phone(card.customer.phone) or t('no phone number')}**")
        st.caption(
            joined(md(card.vehicle.plate), md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.call_when))
        )
        due = joined(moment(call.due_at, now, zone()), left(call.due_at, now) if call.due_at <= now else None)
        marks = [badge(urgency(call.due_at, now), "schedule", due)]
        if card.tries:
            marks.append(badge("orange", "phone_missed", t("tried {n}×", n=card.tries)))
        st.markdown(joined(*marks, by=" "))
        st.button(t("Call"), key=f"call_{call.id}", icon=":material/call:", width="stretch",
                  type="primary" if call.due_at <= now else "secondary",
                  on_click=show_record, args=("follow_up", call.id))  # fmt: skip


def complaint_card(card: ComplaintCard, now: datetime) -> None:
    """What is wrong, whose it is, until when, and the next step."""
    row = card.complaint
    with st.container(border=True, gap="xsmall", key=f"complaint_card_{row.id}"):
        st.subheader(md(card.vehicle.plate if card.vehicle else card.customer.name), anchor=False)
        st.markdown(md(row.text))
        st.caption(joined(md(card.customer.name), t(row.kind.label) if row.kind else None, md(card.responsible)))
        due = badge(urgency(row.due_at, now), "schedule", _due(row.due_at, now)) if row.due_at else None
        st.markdown(joined(badge(row.status.color, row.status.icon, t(row.status.label)), due, by=" "))
        step = COMPLAINTS.next_step(row, row.status)
        label = t(step.label) if step else t("Open")
        st.button(label, key=f"open_complaint_{row.id}", icon=":material/arrow_forward:", type="primary", width="stretch",
                  on_click=show_record, args=("complaint", row.id))  # fmt: skip


def section(title: Safe, count: int) -> None:
    """The headline of a list."""
    st.markdown(Safe(f"**{title} · {count:d}**"))


def _due(due_at: datetime, now: datetime) -> Safe:
    return joined(moment(due_at, now, zone()), left(due_at, now))
