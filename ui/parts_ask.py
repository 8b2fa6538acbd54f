"""Drawing parts on a car's record: the technician asks the store by one tap, the clerk gives out against a signature."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from db.enums_workshop import RequisitionStatus
from services import permissions as may
from services.counter import Waiting, slips_of
from services.job_parts import JobPart, job_parts
from services.order_facts import OrderFacts
from services.papers import quantity_words
from services.people import people_with
from services.requisitions import ask, left_to_ask
from ui.act import act
from ui.here import look
from ui.job_parts import part_state
from ui.slip_card import slip_card
from ui.text import Safe, badge, joined, md, t


def ask_form(facts: OrderFacts) -> None:
    """The parts nobody has asked for, all chosen: one tap asks for them. Below, the slips of the car."""
    key = facts.order.id
    with look() as work:
        left = {line: many for line, many in left_to_ask(work, facts).items() if many}
        parts = {one.line.id: one for found in job_parts(work, facts).values() for one in found}
        slips = slips_of(work, key)
        people = {one.id: one.name for one in people_with(work, may.REPAIRS)}
    groups = _by_part(left, parts)
    if groups:
        names = {part: _name([parts[line] for line in lines]) for part, lines in groups.items()}
        chosen = st.pills(t("Parts"), list(names), selection_mode="multi", default=list(names), key=f"ask_{key}",
                          format_func=names.__getitem__)  # fmt: skip
        st.button(t("Ask the store"), key=f"ask_parts_{key}", icon=":material/shopping_basket:", type="primary",
                  disabled=not chosen, on_click=_ask, args=(key, left, groups))  # fmt: skip
    _slips(slips, key, people)


def _by_part(left: dict[int, Decimal], parts: dict[int, JobPart]) -> dict[int, list[int]]:
    """The lines to ask for by part: what two jobs need of the same part is one choice."""
    found: dict[int, list[int]] = {}
    for line in left:
        found.setdefault(parts[line].part.id, []).append(line)
    return found


def _slips(slips: list[Waiting], order_id: int, people: dict[int, str]) -> None:
    """Open ones first, then what went out."""
    for one in sorted(slips, key=lambda one: one.slip.row.status == RequisitionStatus.ISSUED):
        slip_card(one, f"order_{order_id}", people, car=False)


def _name(lines: list[JobPart]) -> Safe:
    """How much of what, and where it stands; what all of them lack is said."""
    part = lines[0].part
    worst = next((one for one in lines if one.stand.missing), lines[0])
    missing = sum((one.stand.missing for one in lines), Decimal(0))
    state = badge(*part_state(replace(worst, stand=replace(worst.stand, missing=missing))))
    amount = md(quantity_words(sum((one.due for one in lines), Decimal(0)), part.unit))
    return joined(amount, md(part.name), md(part.code), state, by=" ")


def _ask(order_id: int, left: dict[int, Decimal], groups: dict[int, list[int]]) -> None:
    wanted = {line: left[line] for part in st.session_state[f"ask_{order_id}"] for line in groups[part]}
    if act(lambda work: ask(work, order_id, wanted), at=f"order_{order_id}", done=t("The store knows.")):
        st.session_state.pop(f"ask_{order_id}", None)
