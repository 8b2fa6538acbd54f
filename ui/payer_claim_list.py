"""The list of claims: what is to hand in first, by its last day; then what waits for an answer or for money."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from db.enums import Payer
from db.enums_money import ClaimStatus as C
from services.claim_list import ENDED, Listed, ended, found, waiting
from services.claim_moves import CLAIMS
from services.i18n import N_
from ui.here import look, show_record
from ui.order_task_rows import order_task_rows
from ui.payer_claim_words import stands
from ui.sums import money
from ui.text import Safe, badge, joined, md, plain, t

ALL = "all"
PARTS: dict[str, tuple[str, tuple[C, ...]]] = {
    ALL: (N_("All open"), tuple(one for one in C if one not in ENDED)),
    "open": (N_("To hand in"), (C.OPEN,)),
    "sent": (N_("Handed in"), (C.SENT,)),
    "money": (N_("Money to come"), (C.APPROVED, C.SHORT)),
    "rejected": (N_("Rejected"), (C.REJECTED,)),
    "ended": (N_("Ended"), ENDED),
}
_EMPTY = {
    ALL: N_("No claim is open. One is made with each statement of which warranty or an insurer pays a part."),
    "open": N_("Everything is handed in."),
    "sent": N_("No answer is waited for."),
    "money": N_("No money is waited for."),
    "rejected": N_("Nothing was rejected."),
    "ended": N_("No claim has ended yet."),
}
_NONE = Decimal(0)


def claim_list() -> None:
    """Questions about warranty first, then the claims of the part chosen; whatever is searched for, in any state."""
    order_task_rows("claims", folded=True)
    part, words = _choices()
    with look() as work:
        rows = found(work, words) if words else ended(work) if part == "ended" else waiting(work)
        currency = work.garage.currency
    payers = {one.claim.payer for one in rows}
    if len(payers) > 1:
        rows = _of_payer(rows)
    shown = rows if words else [one for one in rows if one.claim.status in PARTS[part][1]]
    if not words and part != "ended":
        _sum_line(rows, currency)
    if not shown:
        st.caption(t("Nothing was found.") if words else t(_EMPTY[part]))
    for one in shown:
        _row(one, currency)


def _choices() -> tuple[str, str]:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="claims_choice")
    part = row.segmented_control(
        t("State"), list(PARTS), default=ALL, key="claims_part", required=True, label_visibility="collapsed",
        format_func=lambda name: t(PARTS[name][0]), persist_state="session",
    )  # fmt: skip
    words = row.text_input(
        t("Search"), key="claims_search", placeholder=plain("Number, plate, reference"), label_visibility="collapsed",
        icon=":material/search:", width=260, max_chars=60,
    )  # fmt: skip
    return str(part), str(words or "").strip()


def _of_payer(rows: list[Listed]) -> list[Listed]:
    """Those of one payer, where there are several and one was tapped."""
    counts = Counter(one.claim.payer for one in rows)
    chosen = st.pills(
        t("Who pays"), [payer for payer in Payer if counts[payer]], key="claims_payer", label_visibility="collapsed",
        format_func=lambda payer: Safe(f"{t(payer.label)} · {counts[payer]:d}"),
    )  # fmt: skip
    return [one for one in rows if chosen in (None, one.claim.payer)]


def _sum_line(rows: Sequence[Listed], currency: str) -> None:
    """What all that is open comes to: still to hand in, at the payers, agreed and still to come."""
    to_hand_in = [one.claim.asked for one in rows if one.claim.status == C.OPEN]
    theirs = [one.claim.asked for one in rows if one.claim.status == C.SENT]
    to_come = [one.facts.due for one in rows if one.facts.due]
    words = [
        Safe(f"{t(label)} **{money(sum(sums, start=_NONE), currency)}** · {len(sums):d}")
        for label, sums in ((N_("To hand in"), to_hand_in), (N_("Handed in"), theirs), (N_("Money to come"), to_come))
    ]
    st.markdown(joined(*words, by="&emsp;"))


def _row(one: Listed, currency: str) -> None:
    claim = one.claim
    step = CLAIMS.next_step(one.facts, claim.status)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"claim_{claim.id}"):
        with st.container(gap="xxsmall", width="stretch"):
            title = joined(Safe(f"**{md(one.car.plate)}**"), md(claim.title), md(claim.part_code))
            st.markdown(joined(title, Safe(f"**{money(claim.asked, currency)}**")))
            st.caption(joined(md(claim.number), md(claim.payer_name) or t(claim.payer.label), md(claim.reference)))
        with st.container(width="content"):
            payer = badge("gray", "account_balance", t(claim.payer.label)) if claim.payer != Payer.WARRANTY else None
            st.markdown(joined(payer, stands(one.facts, currency), by=" "))
        st.button(t(step.label) if step else t("Open"), key=f"open_claim_{claim.id}", on_click=show_record, width=190,
                  icon=f":material/{step.icon if step else 'open_in_full'}:", args=("claim", claim.id))  # fmt: skip
