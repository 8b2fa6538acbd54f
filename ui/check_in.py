"""Guided check-in: one moment a screen, saved at each step, left and taken up again at any time."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from db.choice import Label
from db.enums import OrderStatus
from services import orders
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.i18n import N_
from services.order_moves import ORDERS
from services.work import Work
from services.workflow import allowed
from ui import agreement, check_in_car, check_in_known, damage, estimate, promise_form
from ui.act import act, notices
from ui.cards import flags
from ui.here import asked, look, person, show_record
from ui.text import joined, md, t

PLACE = "check_in"
Save = Callable[[OrderCard], Callable[[Work], object] | None]


@dataclass(frozen=True)
class Moment:
    """One screen: what it draws, and what its Next writes (None: nothing, it was written already)."""

    label: Label
    icon: str
    draw: Callable[[OrderCard], None]
    save: Save


def _nothing(_card: OrderCard) -> None:
    return None


MOMENTS: tuple[Moment, ...] = (
    Moment(N_("Customer and car"), "person", check_in_known.draw, check_in_known.save),
    Moment(N_("Walk-around"), "directions_car", check_in_car.draw, check_in_car.save),
    Moment(N_("Damage"), "car_crash", damage.draw, _nothing),
    Moment(N_("Jobs and parts"), "build", estimate.draw, _nothing),
    Moment(N_("Promised time and wishes"), "schedule", promise_form.draw, promise_form.save_and_ask),
    Moment(N_("Agreement"), "signature", agreement.draw, agreement.save),
)
LAST = len(MOMENTS)


def check_in() -> None:
    """Draw the check-in of the car asked for by `?order=` and stop; nothing when it is not being received, or not by you."""
    key = asked("order")
    if key is None:
        st.session_state.pop("record_of", None)
    if key is None or st.session_state.get("record_of") == key:
        return
    with look() as work:
        card = load_card(work, key)
    if card is None or not _receiving(card):
        return
    step = _step(card)
    _header(card, step)
    notices(PLACE)
    with st.container(key=f"moment_{step}"):
        MOMENTS[step - 1].draw(card)
    _bottom(card, step)
    st.stop()


def _receiving(card: OrderCard) -> bool:
    mine = allowed(ORDERS.move("estimate"), person())
    greeted = card.status == OrderStatus.RECEPTION and card.order.greeted_at is not None
    return mine and (greeted or card.status == OrderStatus.AWAITING_APPROVAL)


def _step(card: OrderCard) -> int:
    """The moment in the address; without one, the first that is not done."""
    if card.status == OrderStatus.AWAITING_APPROVAL:
        return LAST
    wanted = asked("step")
    if wanted and 1 <= wanted < LAST:
        return wanted
    if card.facts.inspection is None:
        return 1
    return 5 if card.facts.jobs and card.order.promised_at else 3


def _header(card: OrderCard, step: int) -> None:
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Reception"), icon=":material/arrow_back:", on_click=leave, args=(card.id,), key="leave_check_in")
    top.markdown(f"### {md(card.vehicle.plate)}", width="content")
    car = md(f"{card.vehicle.make} {card.vehicle.model}")
    top.caption(joined(car, md(card.customer.name)), width="content")
    with top.container(width="content"):
        flags(card)
    top.space("stretch")
    top.button(t("Record"), icon=":material/article:", on_click=_open_record, args=(card.id,), key="full_record")
    dots = " ".join(":primary[●]" if n <= step else ":gray[○]" for n in range(1, LAST + 1))
    label = MOMENTS[step - 1].label
    st.markdown(f"#### {t(label)} &nbsp; {dots} &nbsp; :gray[{step} / {LAST}]")


def _bottom(card: OrderCard, step: int) -> None:
    """Back and Next in reach of the thumb; a signature is accepted on the pad itself.

    Each moment has buttons of its own, so a double tap cannot skip one.
    """
    with st.bottom, st.container(horizontal=True, gap="small", key="check_in_bottom"):
        with st.container(key="step_back"):
            st.button(t("Back"), icon=":material/arrow_back:", key=f"back_{step}", width="stretch", disabled=step == 1,
                      on_click=_go_back, args=(card, step))  # fmt: skip
        if step == LAST and agreement.signs(card):
            return
        label = t("Next") if step < LAST - 1 else t("Show to the customer") if step < LAST else t("To the workshop")
        with st.container(key="step_next"):
            st.button(label, icon=":material/arrow_forward:", icon_position="right", type="primary", key=f"next_{step}",
                      width="stretch", on_click=_go_on, args=(card, step))  # fmt: skip


def _go_on(card: OrderCard, step: int) -> None:
    verb = MOMENTS[step - 1].save(card)
    done = t("The order waits for dispatch") if step == LAST else None
    if verb is not None and act(verb, done=done, at=PLACE) is None:
        return
    if step < LAST:
        show_record("step", step + 1)
    else:
        leave(card.id)


def _go_back(card: OrderCard, step: int) -> None:
    if step == LAST and act(lambda work: orders.revise(work, card.id), at=PLACE) is None:
        return
    show_record("step", step - 1)


def leave(_order_id: int) -> None:
    """Back to the lists; what was saved stays."""
    show_record("step", None)
    show_record("order", None)


def _open_record(order_id: int) -> None:
    st.session_state["record_of"] = order_id
