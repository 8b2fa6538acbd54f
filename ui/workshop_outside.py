"""The forms of outside work on a car's record: what goes out, until when, and that it is back."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from db.models import OrderLine
from services.order_facts import OrderFacts
from services.outside_work import send_out, take_back
from ui.booking_draft import day_format
from ui.here import here, zone
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, badge, joined, md, t
from ui.when import moment
from ui.workshop_parts import save, value

EVENING = time(18)


def send_form(facts: OrderFacts) -> None:
    """Every agreed line that has not gone out: to whom, when it is due back, one tap."""
    for line in facts.to_send:
        with st.container(border=True, gap="xsmall", key=f"send_row_{line.id}"):
            st.markdown(Safe(f"**{md(line.title)}**"))
            row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
            row.text_input(t("Supplier"), value=line.supplier, key=f"send_to_{line.id}")
            due = _local(line.due_at)
            row.date_input(
                t("Due back"), value=due.date() if due else None, key=f"send_due_{line.id}", format=day_format()
            )
            row.time_input(t("Time"), value=due.time() if due else EVENING, key=f"send_time_{line.id}", step=900)
            row.button(t("Sent out"), icon=":material/outbound:", key=f"send_{line.id}", type="primary", on_click=_send,
                       args=(facts.order.id, line.id))  # fmt: skip


def back_form(facts: OrderFacts) -> None:
    """Every line that is out, those overdue marked: what it cost, and back with a tap."""
    now = here().clock()
    for line in facts.out:
        with st.container(border=True, gap="xsmall", key=f"back_row_{line.id}"):
            st.markdown(joined(Safe(f"**{md(line.title)}**"), _until(line, now), by=" "))
            row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
            with row:
                sum_input(t("Cost"), f"back_cost_{line.id}", facts.currency, line.cost)
            row.button(t("Is back"), icon=":material/move_to_inbox:", key=f"back_{line.id}", type="primary", on_click=_back,
                       args=(facts.order.id, line.id))  # fmt: skip


def _until(line: OrderLine, now: datetime) -> Safe:
    sent = t("out since {at}", at=moment(line.sent_at or now, now, zone()))
    if line.due_at is None:
        return badge("gray", "outbound", joined(md(line.supplier), sent))
    late = line.due_at < now
    due = (
        t("overdue since {at}", at=moment(line.due_at, now, zone()))
        if late
        else t("due {at}", at=moment(line.due_at, now, zone()))
    )
    return badge("red" if late else "blue", "outbound", joined(md(line.supplier), sent, due))


def _send(order_id: int, line_id: int) -> None:
    day: date | None = st.session_state[f"send_due_{line_id}"]
    clock: time = st.session_state[f"send_time_{line_id}"] or EVENING
    due = datetime.combine(day, clock, ZoneInfo(zone())) if day else None
    supplier = value(f"send_to_{line_id}")
    save(
        order_id,
        lambda work: send_out(work, order_id, line_id=line_id, due_at=due, supplier=supplier),
        t("Noted as out."),
    )


def _back(order_id: int, line_id: int) -> None:
    cost = sum_typed_in(f"back_cost_{line_id}")
    save(order_id, lambda work: take_back(work, order_id, line_id=line_id, cost=cost), t("Noted as back."))


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(ZoneInfo(zone())) if at else None
