"""Guided hand-over: one screen per moment, in the order a person walks it; kept at each tap, left and taken up again anywhere."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from db.choice import Label
from db.enums import OrderStatus
from db.models import Handover
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.handover_points import MOMENTS
from services.handover_rows import of_order
from services.i18n import LANGUAGES, N_
from services.order_moves import ORDERS
from services.workflow import allowed
from ui import handover_advice, handover_back, handover_car, handover_money, handover_next, handover_things
from ui.act import notices
from ui.handover_back import go_to
from ui.handover_parts import PLACE, reads
from ui.here import look, person, show_record
from ui.text import Safe, joined, language, md, read_in, t

OPENS = {"show_car": "", "deliver": "back"}  # the steps that open it, and where
MONEY_NEXT = ("bill", "pay", "pass_out")  # for who shows the car they are part of it


@dataclass(frozen=True)
class Moment:
    """One screen, and what it draws."""

    key: str
    label: Label
    draw: Callable[[OrderCard, Handover | None], None]


_DRAWN: tuple[tuple[Label, Callable[[OrderCard, Handover | None], None]], ...] = (
    (N_("The work"), handover_car.draw),
    (N_("Parts, tools, covers"), handover_things.draw),
    (N_("Advice for later"), handover_advice.draw),
    (N_("Next service and warranty"), handover_next.draw),
    (N_("Statement and payment"), handover_money.draw),
    (N_("Giving back"), handover_back.draw),
)
SCREENS = tuple(Moment(key, label, draw) for key, (label, draw) in zip(MOMENTS, _DRAWN, strict=True))


def hand_over(card: OrderCard) -> None:
    """Draw the hand-over of this car and stop, when it was opened; nothing otherwise, or when it is not possible (any more)."""
    step = str(st.session_state.get(f"step:{card.id}"))
    opened = "money" if card.facts.begun_at and step in MONEY_NEXT else OPENS.get(step)
    asked = st.query_params.get("moment")
    if opened is None and asked is None:
        return
    move = ORDERS.move("show_car")
    if card.status not in move.before or not allowed(move, person()) or move.blockers(card.facts):
        show_record("moment", None)
        return
    with look() as work:
        row = of_order(work, card.id)
    if opened is not None:
        st.session_state.pop(f"step:{card.id}", None)
        asked = opened
    wanted = (asked, row.moment if row else "")
    now = next((one for key in wanted for one in SCREENS if one.key == key), SCREENS[0])
    st.query_params["moment"] = now.key
    with read_in(reads(card.id)):
        _header(card, now)
    with st.container(key=f"handover_{now.key}"):
        _screen(card.id, now.key)
    with read_in(reads(card.id)):
        _bottom(card, now)
    st.stop()


@st.fragment
def _screen(order_id: int, key: str) -> None:
    """A tap redraws this and nothing else; what leads elsewhere, here or on another tablet, redraws the page."""
    if st.session_state.pop(f"handover_moved_{order_id}", False):
        st.rerun()
    with look() as work:
        card, row = load_card(work, order_id), of_order(work, order_id)
    if card is None or card.status != OrderStatus.READY:
        st.rerun()
    with read_in(reads(order_id)):
        notices(PLACE)
        notices(f"order_{order_id}")
        next(one for one in SCREENS if one.key == key).draw(card, row)


def _header(card: OrderCard, now: Moment) -> None:
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Record"), icon=":material/article:", on_click=_leave, key="leave_handover")
    top.markdown(f"### {md(card.vehicle.plate)}", width="content")
    top.caption(joined(md(f"{card.vehicle.make} {card.vehicle.model}"), md(card.customer.name)), width="content")
    top.space("stretch")
    other = next(key for key in LANGUAGES if key != language())
    top.button(md(LANGUAGES[other]), icon=":material/translate:", key=f"handover_turn_{card.id}", on_click=_turn,
               args=(card.id, other))  # fmt: skip
    st.markdown(f"#### {t(now.label)} &nbsp; {_progress(SCREENS.index(now) + 1)}")


def _progress(at: int) -> Safe:
    dots = " ".join(":primary[●]" if n < at else ":gray[○]" for n in range(len(SCREENS)))
    return Safe(f"{dots} &nbsp; :gray[{at} / {len(SCREENS)}]")


def _bottom(card: OrderCard, now: Moment) -> None:
    """Back and Next in reach of the thumb; the last screen ends with the signature on it."""
    at = SCREENS.index(now)
    with st.bottom, st.container(horizontal=True, gap="small", key="handover_bottom"):
        before = SCREENS[at - 1].key if at else ""
        st.button(t("Back"), icon=":material/arrow_back:", key=f"handover_back_{now.key}", width="stretch", disabled=not before,
                  on_click=go_to, args=(card.id, before))  # fmt: skip
        if at + 1 < len(SCREENS):
            st.button(t("Next"), icon=":material/arrow_forward:", icon_position="right", type="primary", width="stretch",
                      key=f"handover_next_{now.key}", on_click=go_to, args=(card.id, SCREENS[at + 1].key))  # fmt: skip


def _leave() -> None:
    """Back to the car's record; what was tapped stays."""
    show_record("moment", None)


def _turn(order_id: int, to: str) -> None:
    st.session_state[f"handover_reads_{order_id}"] = to
