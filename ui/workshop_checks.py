"""The three checks as lists of points: passed, or back to rework with a word about what is wrong."""

from collections.abc import Callable

import streamlit as st

from db.enums import CheckLevel
from services.checks import FAIL, PASS, TEMPLATES, fail_check, pass_check
from services.order_facts import OrderFacts
from ui.text import t
from ui.workshop_parts import blockers, save, value


def check_form(level: CheckLevel) -> Callable[[OrderFacts], None]:
    """The form of one level."""
    return lambda facts: _form(facts, level)


def _form(facts: OrderFacts, level: CheckLevel) -> None:
    key = facts.order.id
    left, right = st.columns([3, 2])
    with left:
        st.button(
            t("Everything in order"),
            key=f"all_{level.value}_{key}",
            icon=":material/done_all:",
            on_click=_tick,
            args=(key, level),
        )
        for item, words in TEMPLATES[level]:
            st.toggle(t(words), key=_toggle(key, level, item))
    right.text_area(t("Note"), key=f"check_note_{key}", height=120)
    reasons = blockers(facts, PASS[level])
    row = st.container(horizontal=True, gap="small")
    row.button(t("Passed"), key=f"{PASS[level]}_{key}", icon=":material/check:", type="primary", disabled=bool(reasons),
               on_click=_decide, args=(key, level, True))  # fmt: skip
    row.button(
        t("Back to rework"),
        key=f"{FAIL[level]}_{key}",
        icon=":material/replay:",
        on_click=_decide,
        args=(key, level, False),
    )


def _toggle(order_id: int, level: CheckLevel, item: str) -> str:
    return f"check_{level.value}_{item}_{order_id}"


def _tick(order_id: int, level: CheckLevel) -> None:
    for item, _ in TEMPLATES[level]:
        st.session_state[_toggle(order_id, level, item)] = True


def _decide(order_id: int, level: CheckLevel, passed: bool) -> None:
    toggles = {item: _toggle(order_id, level, item) for item, _ in TEMPLATES[level]}
    ticked = [item for item, key in toggles.items() if st.session_state.get(key)]
    note = value(f"check_note_{order_id}")
    verb = pass_check if passed else fail_check
    done = t("Passed.") if passed else t("Back to rework.")
    save(
        order_id,
        lambda work: verb(work, order_id, level=level, items=ticked, note=note),
        done,
        *toggles.values(),
        f"check_note_{order_id}",
    )
