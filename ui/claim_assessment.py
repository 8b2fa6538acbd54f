"""What the damage was assessed at, and the word of the three parties on it."""

from datetime import datetime
from typing import Any

import streamlit as st

from db.enums_reception import ClaimParty
from services.claim_agreement import agree, begin_alone
from services.claim_state import ALONE, all_agreed, insured
from services.i18n import N_
from ui.act import act
from ui.claim_look import PLACE, Shown, amount, instant, words
from ui.here import here, person, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

WHY_ALONE = (
    N_("The customer pays if the insurer does not"),
    N_("To be taken apart for the assessment"),
    N_("Agreed by phone, papers follow"),
)


def draw(shown: Shown) -> None:
    """Assessor and sums; then each party with its word, or the tap that takes it down."""
    left, right = st.columns(2, gap="medium")
    words(left, shown, "assessor", t("Loss assessor"), most=140)
    words(right, shown, "assessor_phone", t("Phone of the loss assessor"), most=60)
    sums = st.columns(3, gap="medium")
    amount(sums[0], shown, "assessed_sum", t("Assessed sum"))
    instant(sums[1], shown, "assessed_at", t("Assessed on"))
    amount(sums[2], shown, "excess", t("Excess the customer pays"))
    for party in ClaimParty:
        _party(shown, party)
    _alone(shown)


def _party(shown: Shown, party: ClaimParty) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"party_{party}_{shown.order_id}")
    row.markdown(Safe(f":material/{party.icon}: **{t(party.label)}**"), width=140)
    word = shown.claim.agreed.get(party)
    if word:
        row.markdown(badge("green", "check", joined(md(word["name"]), _at(word))), width="stretch")
        return
    key = f"agrees_{party}_{shown.order_id}"
    row.text_input(t("Name"), value=_name(shown, party), key=key, label_visibility="collapsed", max_chars=140)
    row.button(t("Agrees"), icon=":material/check:", key=f"agree_{party}_{shown.order_id}", on_click=_agree,
               args=(shown, party, key))  # fmt: skip


def _alone(shown: Shown) -> None:
    """The way out: work begins before all agreed, and why."""
    word = shown.claim.agreed.get(ALONE)
    if word:
        says = t("Work may begin without: {reason}", reason=_reason(word["reason"]))
        st.markdown(badge("orange", "warning", joined(says, md(word["by"]), _at(word))))
    elif insured(shown.facts.lines) and not all_agreed(shown.claim):
        with st.popover(t("Begin before all agreed"), icon=":material/play_arrow:", key=f"alone_{shown.order_id}"):
            for number, reason in enumerate(WHY_ALONE):
                st.button(t(reason), key=f"alone_{number}_{shown.order_id}", width="stretch", on_click=_begin,
                          args=(shown, reason))  # fmt: skip
            key = f"alone_other_{shown.order_id}"
            st.text_input(t("Another reason"), key=key, max_chars=400, on_change=_other, args=(shown, key))


def _name(shown: Shown, party: ClaimParty) -> str:
    """Who most probably speaks for it."""
    names = {
        ClaimParty.CUSTOMER: shown.customer,
        ClaimParty.INSURER: shown.claim.assessor,
        ClaimParty.GARAGE: person().name,
    }
    return names[party]


def _at(word: dict[str, Any]) -> Safe:
    return moment(datetime.fromisoformat(word["at"]), here().clock(), zone())


def _reason(reason: str) -> Safe:
    return t(reason) if reason in WHY_ALONE else md(reason)


def _agree(shown: Shown, party: ClaimParty, key: str) -> None:
    name, seen = str(st.session_state[key]), (shown.claim.assessed_sum, shown.claim.excess)
    act(lambda work: agree(work, shown.order_id, party=party, name=name, seen=seen), at=PLACE)


def _begin(shown: Shown, reason: str) -> None:
    act(lambda work: begin_alone(work, shown.order_id, reason=reason), at=PLACE)


def _other(shown: Shown, key: str) -> None:
    if reason := str(st.session_state[key]).strip():
        _begin(shown, reason)
