"""The three checks as lists of points: passed, or back to rework with a word about what is wrong."""

from collections.abc import Callable

import streamlit as st

from db.enums import CheckLevel
from services.checks import FAIL, PASS, TEMPLATES, fail_check, pass_check
from services.order_facts import OrderFacts
from ui.text import t
from ui.ticks import forget_ticks, tick_all, ticked, ticks
from ui.workshop_parts import blockers, save, value


def check_form(level: CheckLevel) -> Callable[[OrderFacts], None]:
    """The form of one level."""
    return lambda facts: _form(facts, level)


def _form(facts: OrderFacts, level: CheckLevel) -> None:
    key, points = facts.order.id, dict(TEMPLATES[level])
    left, right = st.columns([3, 2])
    with left:
        ticks(list(points), [t(points[item]) for item in points], _name(key, level))
    right.button(t("Everything in order"), key=f"all_{level.value}_{key}", icon=":material/done_all:", on_click=tick_all,
                 args=(_name(key, level), list(points)), width="stretch")  # fmt: skip
    right.text_area(t("Note"), key=f"check_note_{key}", height=120)
    reasons = blockers(facts, PASS[level])
    row = st.container(horizontal=True, gap="small")
    row.button(t("Passed"), key=f"{PASS[level]}_{key}", icon=":material/check:", type="primary", disabled=bool(reasons),
               on_click=_decide, args=(key, level, True))  # fmt: skip
    row.button(t("Back to rework"), key=f"{FAIL[level]}_{key}", icon=":material/replay:", on_click=_decide,
               args=(key, level, False))  # fmt: skip


def _name(order_id: int, level: CheckLevel) -> str:
    return f"{level.value}_{order_id}"


def _decide(order_id: int, level: CheckLevel, passed: bool) -> None:
    items, note = ticked(_name(order_id, level)), value(f"check_note_{order_id}")
    verb = pass_check if passed else fail_check
    done = t("Passed.") if passed else t("Back to rework.")
    saved = save(
        order_id, lambda work: verb(work, order_id, level=level, items=items, note=note), done, f"check_note_{order_id}"
    )
    if saved:
        forget_ticks(_name(order_id, level))
