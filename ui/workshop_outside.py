"""The forms of outside work on a car's record: what goes out, until when, another time, and that it is back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from db.models import OrderLine
from services.order_facts import OrderFacts
from services.outside_work import expect_back, send_out, take_back
from services.suppliers import suppliers
from ui.booking_draft import day_format
from ui.here import here, look, zone
from ui.outside_words import until
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, joined, md, plain, t
from ui.workshop_parts import save, value

EVENING = time(18)


def send_form(facts: OrderFacts) -> None:
    """Every agreed line that has not gone out: to whom, for how much, when it is due back, one tap."""
    with look() as work:
        known = [one.name for one in suppliers(work)]
    for line in facts.to_send:
        with st.container(border=True, gap="xsmall", key=f"send_row_{line.id}"):
            st.markdown(Safe(f"**{md(line.title)}**"))
            row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
            with row:
                _supplier(line, known)
                sum_input(t("Cost"), f"send_cost_{line.id}", facts.currency, line.cost)
            _due(row, "send", line, _local(line.due_at) or _tomorrow())
            row.button(t("Sent out"), icon=":material/outbound:", key=f"send_{line.id}", type="primary", on_click=_send,
                       args=(facts.order.id, line.id))  # fmt: skip


def back_form(facts: OrderFacts) -> None:
    """Every line that is out, those overdue marked: what it cost, and back with a tap; or another time."""
    now = here().clock()
    for line in facts.out:
        with st.container(border=True, gap="xsmall", key=f"back_row_{line.id}"):
            st.markdown(joined(Safe(f"**{md(line.title)}**"), until(line, now), by=" "))
            row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
            with row:
                sum_input(t("Cost"), f"back_cost_{line.id}", facts.currency, line.cost)
            row.button(t("Is back"), icon=":material/move_to_inbox:", key=f"back_{line.id}", type="primary", on_click=_back,
                       args=(facts.order.id, line.id))  # fmt: skip
            row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
            _due(row, "back", line, _local(line.due_at))
            row.button(t("Back later"), icon=":material/event_repeat:", key=f"later_{line.id}", on_click=_later,
                       args=(facts, line.id))  # fmt: skip


def _supplier(line: OrderLine, known: list[str]) -> None:
    """One we buy from, the one planned, or a new name."""
    names = list(dict.fromkeys([*([line.supplier] if line.supplier else []), *known]))
    st.selectbox(t("Supplier"), names, index=0 if line.supplier else None, key=f"send_to_{line.id}", accept_new_options=True,
                 placeholder=plain("Choose or type a name"), width=260)  # fmt: skip


def _due(row: st.delta_generator.DeltaGenerator, name: str, line: OrderLine, at: datetime | None) -> None:
    row.date_input(
        t("Due back"), value=at.date() if at else None, key=f"{name}_due_{line.id}", format=day_format(), width=160
    )
    row.time_input(t("Time"), value=at.time() if at else EVENING, key=f"{name}_time_{line.id}", step=900, width=130)


def _typed(name: str, line_id: int) -> datetime | None:
    day: date | None = st.session_state.get(f"{name}_due_{line_id}")
    clock: time = st.session_state.get(f"{name}_time_{line_id}") or EVENING
    return datetime.combine(day, clock, ZoneInfo(zone())) if day else None


def _send(order_id: int, line_id: int) -> None:
    due, supplier, cost = _typed("send", line_id), value(f"send_to_{line_id}"), sum_typed_in(f"send_cost_{line_id}")
    save(
        order_id,
        lambda work: send_out(work, order_id, line_id=line_id, due_at=due, supplier=supplier, cost=cost),
        t("Noted as out."),
    )


def _back(order_id: int, line_id: int) -> None:
    cost = sum_typed_in(f"back_cost_{line_id}")
    save(order_id, lambda work: take_back(work, order_id, line_id=line_id, cost=cost), t("Noted as back."))


def _later(facts: OrderFacts, line_id: int) -> None:
    """When it comes after the promised time, the form that reports the delay is next."""
    key, due, promised = facts.order.id, _typed("back", line_id), facts.order.promised_at
    if due is None:
        return
    done = save(key, lambda work: expect_back(work, key, line_id=line_id, due_at=due), t("Noted."))
    if done and promised and due > promised:
        st.session_state[f"step:{key}"] = "report_delay"


def _tomorrow() -> datetime:
    local = here().clock().astimezone(ZoneInfo(zone())) + timedelta(days=1)
    return datetime.combine(local.date(), EVENING, ZoneInfo(zone()))


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(ZoneInfo(zone())) if at else None
