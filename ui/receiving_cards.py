"""Cards of cars being received: how far, whose, what is missing, what is waited for."""

from datetime import timedelta

import streamlit as st

from db.enums import OrderStatus
from services.boards import OrderCard
from services.greeting import took
from services.order_moves import ORDERS
from ui.arrival_cards import face
from ui.cards import flags, why_not
from ui.check_in_moments import MOMENTS
from ui.here import show_record
from ui.text import Safe, badge, joined, md, t
from ui.when import span


def receiving(cards: list[OrderCard], people: dict[int, str], standard: int) -> None:
    """Who came first stands first; a tap goes on where check-in was left."""
    if not cards:
        st.caption(t("Nobody is being received. Greet who has arrived, or take a walk-in."))
    for card in sorted(cards, key=lambda card: card.order.arrived_at):
        with st.container(border=True, gap="xsmall", key=f"card_reception_{card.id}"):
            face(card)
            st.markdown(joined(_stand(card), _greeting(card, standard), by=" "))
            flags(card)
            whose = md(people.get(card.order.advisor_id or 0, ""))
            missing = _missing(card)
            if whose or missing:
                st.caption(joined(Safe(f":material/person: {whose}") if whose else None, missing))
            if st.button(t("Continue"), icon=":material/arrow_forward:", key=f"open_reception_{card.id}", width="stretch",
                         on_click=show_record, args=("order", card.id)):  # fmt: skip
                st.rerun()


def _stand(card: OrderCard) -> Safe:
    """Where check-in stands; the customer's answer and the hand-over in words of their own."""
    if card.status == OrderStatus.AWAITING_APPROVAL:
        return badge("orange", "signature", t("waits for the answer"))
    moments = [moment for moment in MOMENTS if moment.shown(card)]
    here_now = [moment for moment in moments if moment.status == card.status]
    reached = next((moment for moment in here_now if moment.key == card.order.moment), (here_now or moments)[0])
    place = Safe(f"{moments.index(reached) + 1:d}/{len(moments):d}")
    return badge("blue", reached.icon, joined(place, t(reached.label), by=" "))


def _greeting(card: OrderCard, standard: int) -> Safe | None:
    """Only what was not as it should be."""
    waited = took(card.order)
    if waited is None or waited <= timedelta(seconds=standard):
        return None
    seconds = int(waited.total_seconds())
    words = (
        t("greeted after {n} s", n=seconds) if seconds < 120 else t("greeted after {span}", span=span(seconds // 60))
    )
    return badge("orange", "timer", words)


def _missing(card: OrderCard) -> Safe | None:
    """What stands in the way of the next step."""
    step = ORDERS.next_step(card.facts, card.status)
    reasons = why_not(step, card.facts) if step else []
    return joined(*reasons, by=" ") or None
