"""The three checks as lists of points: passed, or back to rework for a cause, on a job, to a person."""

from collections.abc import Callable

import streamlit as st

from db.enums import CheckLevel
from db.models import Check
from services import check_draft
from services import permissions as may
from services.check_draft import pictures_of
from services.check_marks import Said, failed_in
from services.checks import BY_ANOTHER, FAIL, PASS, fail_check, pass_check, points_for
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from ui.act import act, notices, said
from ui.check_point_row import Known, place, point_row
from ui.here import look, person
from ui.parking import place_chosen, place_field
from ui.rework_fields import chosen_rework, rework_fields
from ui.text import Safe, badge, t
from ui.workshop_parts import blockers, value

Load = Callable[[Work, OrderFacts], Known]


def check_form(level: CheckLevel, load: Load | None = None) -> Callable[[OrderFacts], None]:
    """The form of one level; `load` reads what the order says about its points."""
    return lambda facts: _form(facts, level, load)


@st.fragment
def _form(facts: OrderFacts, level: CheckLevel, load: Load | None) -> None:
    """The points, and below them what follows; once it is passed only the way back. A tap redraws this alone."""
    key = facts.order.id
    if not ORDERS.move(PASS[level]).fits(facts, facts.order.status):
        notices(place(key))
        _rework(facts, level, [])
        return
    with look() as work:
        points, told = points_for(work, facts, level), check_draft.begun(work, key, level)
        pictures = pictures_of(work, told.values())
        known = load(work, facts) if load else None
    left = [point for point in points if told.get(point.key, Said()).mark is None]
    blocked = bool(blockers(facts, PASS[level]))
    failed = failed_in(told)
    by_one_tap = not blocked and any(not point.explain for point in left)
    _head(key, level, len(left), by_one_tap=by_one_tap, failed=bool(failed))
    with st.grid(2, min_column_width=420, gap="small"):
        for point in points:
            point_row(key, level, point, told.get(point.key, Said()), pictures, known)
    notices(place(key))
    if failed or st.session_state.get(_back(key, level)) or st.session_state.get(f"step:{key}") == FAIL[level]:
        _rework(facts, level, failed)
    else:
        _pass(facts, level, ready=not left, blocked=blocked)


def _head(order_id: int, level: CheckLevel, left: int, *, by_one_tap: bool, failed: bool) -> None:
    """How much is open, and the tap that marks all of it as in order; after a fault the strong button is the one back to rework."""
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    if left:
        row.markdown(t("still open: {n}", n=left), width="content")
    if by_one_tap:
        row.button(t("The rest in order") if failed else t("Everything in order"), key=f"all_{level.value}_{order_id}",
                   icon=":material/done_all:", type="secondary" if failed else "primary", on_click=_all,
                   args=(order_id, level))  # fmt: skip
    if not left:
        row.markdown(badge("green", "check", t("Everything checked")), width="content")


def _pass(facts: OrderFacts, level: CheckLevel, *, ready: bool, blocked: bool) -> None:
    """What is said with it; the one strong button is here once every point is marked."""
    key = facts.order.id
    if level == CheckLevel.FINAL and not facts.order.wash:
        place_field(key)
    _note(key)
    row = st.container(horizontal=True, gap="small")
    row.button(t("Passed"), key=f"{PASS[level]}_{key}", icon=":material/check:", disabled=blocked, on_click=_passed,
               type="primary" if ready else "secondary", args=(facts, level))  # fmt: skip
    row.button(t(ORDERS.move(FAIL[level]).label), key=f"{FAIL[level]}_{key}", icon=":material/replay:", on_click=_turn,
               args=(key, level, True))  # fmt: skip
    if level in BY_ANOTHER and person().has(*may.ADVISES):
        row.button(t("Recommend for later"), key=f"advise_{level.value}_{key}", icon=":material/event_upcoming:",
                   type="tertiary", on_click=_advise, args=(key,))  # fmt: skip


def _rework(facts: OrderFacts, level: CheckLevel, failed: list[str]) -> None:
    key = facts.order.id
    rework_fields(facts, failed)
    _note(key)
    row = st.container(horizontal=True, gap="small")
    row.button(t(ORDERS.move(FAIL[level]).label), key=f"{FAIL[level]}_{key}", icon=":material/replay:", type="primary",
               on_click=_failed, args=(facts, level, failed))  # fmt: skip
    if not failed:
        row.button(t("Discard"), key=f"not_back_{level.value}_{key}", icon=":material/undo:", type="tertiary", on_click=_turn,
                   args=(key, level, False))  # fmt: skip


def _advise(order_id: int) -> None:
    """What was marked so far is kept meanwhile."""
    st.session_state[f"step:{order_id}"] = "recommend"
    st.rerun()


def _note(order_id: int) -> None:
    """One field whatever follows, so that what was typed stays."""
    st.text_area(t("Note"), key=f"check_note_{order_id}", height=80, max_chars=1000)


def _back(order_id: int, level: CheckLevel) -> str:
    return f"back_{level.value}_{order_id}"


def _turn(order_id: int, level: CheckLevel, back: bool) -> None:
    st.session_state[_back(order_id, level)] = back
    if st.session_state.get(f"step:{order_id}") == FAIL[level]:
        st.session_state.pop(f"step:{order_id}")


def _all(order_id: int, level: CheckLevel) -> None:
    act(lambda work: check_draft.rest_in_order(work, order_id, level), at=place(order_id))


def _passed(facts: OrderFacts, level: CheckLevel) -> None:
    key, note = facts.order.id, value(f"check_note_{facts.order.id}")
    stands = place_chosen(key) if level == CheckLevel.FINAL else ""
    _decided(
        facts, level, t("Passed."),
        lambda work: pass_check(work, key, level=level, items=check_draft.begun(work, key, level), note=note, place=stands),
    )  # fmt: skip


def _failed(facts: OrderFacts, level: CheckLevel, failed: list[str]) -> None:
    key, note, chosen = facts.order.id, value(f"check_note_{facts.order.id}"), chosen_rework(facts, failed)
    _decided(
        facts, level, t("Back to rework."),
        lambda work: fail_check(work, key, level=level, items=check_draft.begun(work, key, level), note=note, **chosen),
    )  # fmt: skip


def _decided(facts: OrderFacts, level: CheckLevel, done: Safe, verb: Callable[[Work], Check]) -> None:
    """After a refusal everything stays as it was typed, and the reason stands right above the buttons."""
    key = facts.order.id
    if act(verb, at=place(key)) is None:
        return
    said(done, f"order_{key}")
    for name in (f"check_note_{key}", f"step:{key}", _back(key, level)):
        st.session_state.pop(name, None)
    st.rerun()
