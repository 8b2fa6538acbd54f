"""An accident repair on the screen: what is still missing, each with the way there, and its parts to fill in."""

from collections.abc import Callable

import streamlit as st

from db.models import Customer
from services import claim_supplements
from services.boards import OrderCard
from services.claim_state import Part, gaps
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.workflow import facts_of
from ui import claim_accident, claim_assessment, claim_more, claim_papers, claim_shares
from ui.act import notices
from ui.claim_look import PLACE, Shown
from ui.here import look
from ui.text import badge, t

LABELS = {
    Part.ACCIDENT: N_("Accident"),
    Part.ASSESSMENT: N_("Assessment"),
    Part.SHARES: N_("Who pays"),
    Part.PAPERS: N_("Papers"),
    Part.SUPPLEMENT: N_("More damage"),
}
_DRAW: dict[Part, Callable[[Shown], None]] = {
    Part.ACCIDENT: claim_accident.draw,
    Part.ASSESSMENT: claim_assessment.draw,
    Part.SHARES: claim_shares.draw,
    Part.PAPERS: claim_papers.draw,
    Part.SUPPLEMENT: claim_more.draw,
}


def shown(card: OrderCard) -> bool:
    """Whether the visit is an accident repair."""
    return card.facts.claim is not None


def draw(card: OrderCard) -> None:
    """The moment of check-in."""
    board(card.id)


def section(facts: OrderFacts) -> None:
    """The part of the record, and the form of the move."""
    board(facts.order.id)


@st.fragment
def board(order_id: int) -> None:
    """Everything about the claim of an order. A tap redraws this alone."""
    parts(order_id)


def parts(order_id: int, first: Part = Part.ACCIDENT) -> None:
    """The same as a piece of the page around it, opened at `first`."""
    with look() as work:
        facts = facts_of(work, ORDERS, order_id)
        if facts.claim is None:
            return
        claim = Shown(
            facts=facts,
            claim=facts.claim,
            garage=work.garage,
            customer=work.get(Customer, facts.order.customer_id).name,
            more=claim_supplements.supplements(work, facts.claim.id),
        )
    key = f"claim_part_{order_id}"
    _missing(claim, key)
    offered = [one for one in Part if one != Part.SUPPLEMENT or facts.billed is None or claim.more]
    if st.session_state.get(key, first) not in offered:
        del st.session_state[key]
    part = st.segmented_control(
        t("Insurance claim"), offered, default=None if key in st.session_state else first, key=key, required=True,
        format_func=lambda one: t(LABELS[one]), label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    notices(PLACE)
    with st.container(key=f"claim_{part}"):
        _DRAW[part or first](claim)


def _missing(shown: Shown, key: str) -> None:
    """What is missing, each as a tap to where it belongs."""
    found = gaps(shown.facts)
    if not found:
        st.markdown(badge("green", "check", t("nothing is missing")))
        return
    with st.container(horizontal=True, gap="xsmall", key=f"claim_gaps_{shown.facts.order.id}"):
        for number, gap in enumerate(found):
            st.button(t(gap.label), icon=":material/edit_note:", key=f"gap_{number}_{shown.facts.order.id}", type="tertiary",
                      on_click=_go, args=(key, gap.part))  # fmt: skip


def _go(key: str, part: Part) -> None:
    st.session_state[key] = part
