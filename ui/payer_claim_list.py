"""The list of claims: what is to hand in first, by its last day; then what waits for an answer or for money."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from db.enums import Payer, Role
from db.enums_money import ClaimStatus as C
from services.claim_flow import send_all
from services.claim_list import ENDED, Listed, ended, found, waiting
from services.claim_moves import CLAIMS
from services.i18n import N_
from services.workflow import allowed
from ui.act import act, notices
from ui.here import look, person, show_record
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
PLACE = "claims"


def claim_list() -> None:
    """Questions about warranty first, then the claims of the part chosen; whatever is searched for, in any state."""
    order_task_rows("claims", folded=True, role=Role.WARRANTY_CLERK)
    notices(PLACE)
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
    for visit in by_visit(shown):
        _visit(visit, currency)


def by_visit(rows: Sequence[Listed]) -> list[list[Listed]]:
    """The claims of each visit together, where its first one stands."""
    visits: dict[int, list[Listed]] = {}
    for one in rows:
        visits.setdefault(one.order.id, []).append(one)
    return list(visits.values())


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


def _visit(rows: list[Listed], currency: str) -> None:
    """One car's claims: all that is ready goes with one tap."""
    first = rows[0]
    ready = [one.claim.id for one in rows if _ready(one)]
    with st.container(border=True, gap="xsmall", key=f"claims_of_{first.order.id}"):
        top = st.container(horizontal=True, vertical_alignment="center", gap="small")
        asked = sum((one.claim.asked for one in rows), start=_NONE)
        words = joined(Safe(f"**{md(first.car.plate)}**"), md(f"{first.car.make} {first.car.model}"), md(first.customer.name),
                       Safe(f"**{money(asked, currency)}**") if len(rows) > 1 else None)  # fmt: skip
        top.markdown(words, width="stretch")
        if len(ready) > 1:
            top.button(t("Hand in all {n}", n=len(ready)), key=f"send_all_{first.order.id}", icon=":material/send:",
                       type="primary", on_click=_send_all, args=(ready,))  # fmt: skip
        for one in rows:
            _row(one, currency)


def _ready(one: Listed) -> bool:
    move = CLAIMS.move("send")
    return one.claim.status in move.before and allowed(move, person()) and not move.blockers(one.facts)


def _send_all(keys: list[int]) -> None:
    act(lambda work: send_all(work, keys), at=PLACE, done=t("Handed in"))


def _row(one: Listed, currency: str) -> None:
    claim = one.claim
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"claim_{claim.id}"):
        with st.container(gap=None, width="stretch"):
            st.markdown(joined(md(claim.title), md(claim.part_code), Safe(f"**{money(claim.asked, currency)}**")))
            st.caption(joined(md(claim.number), md(claim.payer_name) or t(claim.payer.label), md(claim.reference)))
        with st.container(width="content"):
            payer = badge("gray", "account_balance", t(claim.payer.label)) if claim.payer != Payer.WARRANTY else None
            st.markdown(joined(payer, stands(one.facts, currency), by=" "))
        st.button(t("Open"), key=f"open_claim_{claim.id}", on_click=show_record, args=("claim", claim.id),
                  icon=":material/open_in_full:")  # fmt: skip
