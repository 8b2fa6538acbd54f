"""The gate: a pass scanned or typed, the answer large enough to be read from the car, and the cars that leave today."""

import streamlit as st

from services import permissions as may
from services.exit_passes import AtGate, at_gate, check_out, leaving, pass_number
from services.refusals import Refusal
from services.work import Work
from ui.act import act
from ui.here import here, look, person, zone
from ui.live_feed import live
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, moment
from web.live_feed import board as feed

FIELD = "gate_pass"
_SHOWN = "gate_shown"  # the number last asked about; its answer stays until the next
_LET_OUT = "gate_let_out"  # whether this very tap let it out
# A scanner types into the field that has the focus. Two texts by turns, because the browser runs the same one only once.
_FOCUS = {
    True: "<script>/*1*/setTimeout(()=>{if(document.activeElement===document.body||document.activeElement.closest('.stButton'))"
    "document.querySelector('.st-key-gate_pass input')?.focus()},200)</script>",
    False: "<script>/*2*/setTimeout(()=>{if(document.activeElement===document.body||document.activeElement.closest('.stButton'))"
    "document.querySelector('.st-key-gate_pass input')?.focus()},200)</script>",
}


def opened_by_code() -> None:
    """The code on the paper opens this page with its number: shown, not let out, so that a reload changes nothing."""
    number = st.query_params.get("pass")
    if number and st.session_state.get("gate_asked") != number:
        st.session_state["gate_asked"] = st.session_state[_SHOWN] = number[:300]
        st.session_state[_LET_OUT] = False


@st.fragment
def gate() -> None:
    """The field, the answer, and the list; drawn again when something happened anywhere in the garage."""
    seen = feed.version
    shown = str(st.session_state.get(_SHOWN) or "")
    with look() as work:
        found = _asked(work, shown) if shown else None
        cars = leaving(work)
    st.text_input(t("Scan or type the exit pass"), key=FIELD, placeholder="X261122-07", on_change=_scanned)
    if found is not None:
        _answer(found)
    _cars(cars)
    turn = st.session_state["gate_turn"] = not st.session_state.get("gate_turn", False)
    st.html(_FOCUS[turn], unsafe_allow_javascript=True)
    live("gate_feed", seen=seen)


def _asked(work: Work, number: str) -> AtGate | Refusal:
    try:
        return at_gate(work, number)
    except Refusal as refusal:
        return refusal


def _answer(found: AtGate | Refusal) -> None:
    """Green: it may leave or has just left. Red: why not, in a sentence."""
    with st.container(border=True, key="gate_answer"):
        if isinstance(found, Refusal):
            st.error(Safe(f"## :material/block: {md(found.say(language()))}"))
            return
        left = bool(st.session_state.get(_LET_OUT)) and found.found.used_at is not None
        car = joined(md(f"{found.vehicle.make} {found.vehicle.model}"), md(found.customer.name), md(found.order.number))
        if left or found.problem is None:
            words = t("Let out.") if left else t("The car may leave.")
            st.success(Safe(f"# {md(found.vehicle.plate)}\n## :material/check_circle: {words}"))
        else:
            st.error(Safe(f"# {md(found.vehicle.plate)}\n### :material/block: {md(found.problem.say(language()))}"))
        st.caption(car)
        if found.problem is None and person().has(*may.LETS_OUT):
            _button(found, "answer", stretch=True)


def _cars(cars: list[AtGate]) -> None:
    """Those still here first: one tap lets a car out whose paper is not at hand."""
    waiting = [one for one in cars if one.found.used_at is None]
    gone = [one for one in cars if one.found.used_at is not None]
    st.markdown(Safe(f"**{t('With an exit pass')} · {len(waiting):d}**"))
    if not waiting:
        st.caption(t("No car has an exit pass. It is issued when nothing is owed."))
    with st.grid(3, min_column_width=300):
        for one in waiting:
            _car(one)
    if gone:
        st.markdown(Safe(f"**{t('Left today')} · {len(gone):d}**"))
    for one in gone:
        at = moment(one.found.used_at, here().clock(), zone()) if one.found.used_at else None
        st.markdown(joined(Safe(f"**{md(one.vehicle.plate)}**"), at, md(one.let_out_by), md(one.found.number)))


def _car(one: AtGate) -> None:
    with st.container(border=True, key=f"gate_car_{one.found.id}"):
        st.markdown(Safe(f"### {md(one.vehicle.plate)}"))
        st.caption(
            joined(md(f"{one.vehicle.make} {one.vehicle.model}"), md(one.found.number), clock(one.found.at, zone()))
        )
        if one.problem is not None:
            st.markdown(badge("red", "block", md(one.problem.say(language()))))
        elif person().has(*may.LETS_OUT):
            _button(one, "list")


def _button(one: AtGate, place: str, *, stretch: bool = False) -> None:
    st.button(t("Let out"), key=f"big_{place}_{one.found.id}", icon=":material/output:", type="primary",
              width="stretch" if stretch else "content", on_click=_let_out, args=(one.found.number,))  # fmt: skip


def _scanned() -> None:
    """Enter, from a finger or from a scanner: lets the car out at once, and the field is free for the next."""
    typed = str(st.session_state.get(FIELD) or "").strip()
    st.session_state[FIELD] = ""
    if typed:
        _let_out(typed)


def _let_out(typed: str) -> None:
    """What stands in the way is shown with the car, not as a notice beside it."""
    done = act(lambda work: check_out(work, typed), at="gate_refused")
    st.session_state.pop("notices:gate_refused", None)
    st.session_state[_LET_OUT] = done is not None
    with look() as work:
        st.session_state[_SHOWN] = pass_number(work, typed)
