"""A hard case: the supervisor is called, or the car is taken apart to find out, up to a sum."""

from decimal import Decimal

import streamlit as st

from db.enums import Role
from db.enums_reception import OrderTaskKind
from db.models import OrderJob
from services.dismantling import propose_dismantling
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_tasks import ask, tasks_of
from services.people import names
from ui.act import act
from ui.here import look
from ui.order_answers import asked_and_answered
from ui.sums import money, sum_input, sum_typed_in
from ui.text import Safe, badge, joined, md, t

HOURS = (1, 2, 4)  # of labour: the sums offered as a limit


def help_buttons(row: st.delta_generator.DeltaGenerator, facts: OrderFacts, place: str) -> None:
    """Call the supervisor; take the car apart."""
    key = facts.order.id
    with row.popover(t("Call the supervisor"), icon=":material/support_agent:", key=f"call_{key}"):
        st.text_area(
            t("What is asked"), value=facts.order.concern[:1000], key=f"call_asked_{key}", height=120, max_chars=1000
        )
        st.button(t("Call the supervisor"), key=f"call_now_{key}", icon=":material/support_agent:", type="primary", on_click=_call,
                  args=(key, place))  # fmt: skip
    with look() as work:
        rate, currency = work.garage.labour_rate, work.garage.currency
    with row.popover(t("Take apart to find out"), icon=":material/build_circle:", key=f"dismantle_{key}"):
        st.text_input(t("What is taken apart"), key=f"dismantle_what_{key}", max_chars=100)
        sums = [rate * hours for hours in HOURS if rate]
        if sums:
            st.pills(t("At most"), sums, key=f"dismantle_sum_{key}", format_func=lambda amount: money(amount, currency),
                     label_visibility="collapsed", on_change=_chosen, args=(key,))  # fmt: skip
        sum_input(t("At most"), f"dismantle_up_to_{key}", currency)
        st.button(t("Add"), key=f"dismantle_add_{key}", icon=":material/add:", type="primary", on_click=_dismantle,
                  args=(key, place))  # fmt: skip


def hard_case(facts: OrderFacts) -> None:
    """What the supervisor was asked and found, and what is to be taken apart with the customer's word on it."""
    with look() as work:
        tasks = [one for one in tasks_of(work, facts.order.id) if one.kind == OrderTaskKind.DIAGNOSE]
        staff = names(work) if tasks else {}
    asked_and_answered(tasks, staff)
    dismantled(facts)


def dismantled(facts: OrderFacts) -> None:
    """The jobs that take the car apart, each with its limit and the customer's word."""
    for job in facts.jobs:
        if job.dismantling:
            _dismantled(facts, job)


def _dismantled(facts: OrderFacts, job: OrderJob) -> None:
    limit = max((line.up_to for line in facts.job_lines(job) if line.up_to), default=None)
    answer = facts.job_answer(job)
    marks = joined(
        Safe(f":material/build_circle: **{md(job.title)}**"),
        badge("blue", "payments", t("at most {sum}", sum=Sum(limit, facts.currency))) if limit else None,
        badge(answer.color, answer.icon, t(answer.label)),
        by=" ",
    )
    with st.container(border=True, key=f"dismantled_{job.id}"):
        st.markdown(marks)


def _call(order_id: int, place: str) -> None:
    asked = str(st.session_state.get(f"call_asked_{order_id}") or "")
    act(lambda work: ask(work, order_id, OrderTaskKind.DIAGNOSE, Role.SUPERVISOR, asked), done=t("The supervisor is called"),
        at=place)  # fmt: skip


def _chosen(order_id: int) -> None:
    amount: Decimal | None = st.session_state.get(f"dismantle_sum_{order_id}")
    st.session_state[f"dismantle_up_to_{order_id}"] = None if amount is None else float(amount)


def _dismantle(order_id: int, place: str) -> None:
    what, up_to = (
        str(st.session_state.get(f"dismantle_what_{order_id}") or ""),
        sum_typed_in(f"dismantle_up_to_{order_id}"),
    )
    if act(
        lambda work: propose_dismantling(work, order_id, up_to=up_to, what=what), done=t("Added to the order"), at=place
    ):
        for name in ("what", "up_to", "sum"):
            st.session_state.pop(f"dismantle_{name}_{order_id}", None)
