"""The forms of a claim's steps: handed in, answered in one of three ways, paid, asked again, taken back by them, written off."""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from db.enums import Payer
from db.enums_money import ClaimRejection
from services import claim_flow, claim_money
from services.claim_facts import ClaimFacts
from services.claim_moves import CLAIMS
from services.i18n import N_
from services.money import Sum
from services.work import Work
from services.workflow import Move, allowed
from ui import insurer_claim
from ui.act import act, spend, token
from ui.here import person
from ui.payer_claim_fields import PLACE, fields
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, language, md, t

ClaimMove = Move[ClaimFacts]
DONE = {
    "send": N_("Handed in"), "approve": N_("Approved"), "cut": N_("Cut"), "reject": N_("Rejected"),
    "receive": N_("Money noted"), "return_money": N_("Money noted"), "ask_again": N_("It can be handed in again"),
    "write_off": N_("Written off"),
}  # fmt: skip
ANSWERS = ("approve", "cut", "reject")


def next_step(facts: ClaimFacts, currency: str) -> None:
    """The step that is next, or the one chosen under More, with what stands in its way."""
    claim = facts.claim
    moves = [one for one in CLAIMS.possible(facts, claim.status) if one.action in FORMS]
    chosen = st.session_state.get(f"claim_step_{claim.id}")
    step = next((one for one in moves if one.action == chosen), None) or CLAIMS.next_step(facts, claim.status)
    step = step or next(iter(moves), None)
    if step is None:
        return
    with st.container(border=True, key="next_step"):
        row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        title = N_("What do they answer?") if step.action in ANSWERS else step.label
        row.markdown(Safe(f"**:material/{step.icon}: {t(title)}**"), width="content")
        hidden = ANSWERS if step.action in ANSWERS else (step.action,)
        _menu(row, claim.id, [one for one in moves if one.action not in hidden and allowed(one, person())])
        if allowed(step, person()):
            FORMS[step.action](facts, step, currency)
        else:
            st.caption(t("This step is for: {role}.", role=step.roles[0].label))


def _menu(row: st.delta_generator.DeltaGenerator, key: int, moves: list[ClaimMove]) -> None:
    if moves:
        row.menu_button(t("More"), [one.action for one in moves], format_func=lambda action: t(CLAIMS.move(action).label),
                        key=f"claim_more_{key}", icon=":material/more_horiz:", on_click=_picked, args=(key,))  # fmt: skip


def _picked(key: int) -> None:
    st.session_state[f"claim_step_{key}"] = st.session_state[f"claim_more_{key}"]


def _send(facts: ClaimFacts, step: ClaimMove, _currency: str) -> None:
    if facts.claim.payer == Payer.INSURER:
        insurer_claim.to_complete(facts)
    else:
        fields(facts.claim)
    reasons = [md(refusal.say(language())) for refusal in step.blockers(facts)]
    _button(facts, step, disabled=bool(reasons))
    for reason in reasons:
        st.caption(Safe(f":material/block: {reason}"))


def _answer(facts: ClaimFacts, _step: ClaimMove, currency: str) -> None:
    """One of three, then what it asks for."""
    key = facts.claim.id
    said = st.segmented_control(
        t("What do they answer?"), list(ANSWERS), default=ANSWERS[0], key=f"claim_answer_{key}", required=True,
        format_func=lambda action: t(CLAIMS.move(action).label),
        label_visibility="collapsed",
    )  # fmt: skip
    if said == "cut":
        sum_input(t("They pay, of {sum}", sum=Sum(facts.claim.asked, currency)), f"claim_approved_{key}", currency)
    if said != "approve":
        st.pills(
            t("Why"), list(ClaimRejection), key=f"claim_why_{key}", format_func=lambda why: t(why.label), wrap=True
        )
        st.text_input(t("The payer's words"), key=f"claim_reason_{key}", max_chars=300)
    st.text_input(t("Their reference"), facts.claim.reference, key=f"claim_reference_{key}", max_chars=60)
    _button(facts, CLAIMS.move(str(said)))


def _receive(facts: ClaimFacts, step: ClaimMove, currency: str) -> None:
    key = facts.claim.id
    sum_input(t("Amount"), f"claim_amount_{key}_{facts.received}", currency, facts.due)
    st.text_input(t("Reference of the transfer"), key=f"claim_transfer_{key}", max_chars=120)
    _button(facts, step)


def _return(facts: ClaimFacts, step: ClaimMove, currency: str) -> None:
    key = facts.claim.id
    sum_input(
        t("Amount, of {sum}", sum=Sum(facts.received, currency)), f"claim_amount_{key}_{facts.received}", currency
    )
    _with_reason(facts, step, currency)


def _with_reason(facts: ClaimFacts, step: ClaimMove, _currency: str) -> None:
    st.text_input(
        t("Reason"), key=f"claim_reason_{facts.claim.id}", max_chars=120 if step.action == "return_money" else 300
    )
    _button(facts, step)


def _button(facts: ClaimFacts, step: ClaimMove, *, disabled: bool = False) -> None:
    st.button(t(step.label), key=f"claim_{step.action}_{facts.claim.id}", icon=f":material/{step.icon}:", type="primary",
              disabled=disabled, on_click=_do, args=(step.action, facts.claim.id, facts.received))  # fmt: skip


def _do(action: str, key: int, received: Decimal) -> None:
    """What was typed is read here, before the unit of work begins: no Streamlit call inside it."""
    told = st.session_state
    reference, reason = str(told.get(f"claim_reference_{key}") or ""), str(told.get(f"claim_reason_{key}") or "")
    transfer, why = str(told.get(f"claim_transfer_{key}") or ""), told.get(f"claim_why_{key}")
    approved, amount = sum_typed_in(f"claim_approved_{key}"), sum_typed_in(f"claim_amount_{key}_{received}")
    verbs: dict[str, Callable[[Work], object]] = {
        "send": lambda work: claim_flow.send(work, key),
        "approve": lambda work: claim_money.approve(work, key, reference=reference),
        "cut": lambda work: claim_money.cut(work, key, approved=approved, why=why, reason=reason, reference=reference),
        "reject": lambda work: claim_money.reject(work, key, why=why, reason=reason, reference=reference),
        "receive": lambda work: claim_money.receive(work, key, amount=amount, reference=transfer),
        "return_money": lambda work: claim_money.return_money(work, key, amount=amount, reason=reason),
        "ask_again": lambda work: claim_flow.ask_again(work, key, reason=reason),
        "write_off": lambda work: claim_money.write_off(work, key, reason=reason),
    }
    name = f"claim_{action}_{key}"
    if act(verbs[action], done=t(DONE[action]), at=PLACE, once=token(name)) is not None:
        spend(name)
        for one in ("step", "reason", "why", "approved", "transfer"):
            told.pop(f"claim_{one}_{key}", None)


FORMS: dict[str, Callable[[ClaimFacts, ClaimMove, str], None]] = {
    "send": _send, "approve": _answer, "cut": _answer, "reject": _answer, "receive": _receive, "return_money": _return,
    "ask_again": _with_reason, "write_off": _with_reason,
    "charge_customer": lambda facts, _step, currency: insurer_claim.charge_form(facts, currency),
}  # fmt: skip
