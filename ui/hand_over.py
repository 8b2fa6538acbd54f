"""The last moment: the tag on the key, the papers, what the workshop has to know, and the car is the workshop's."""

from collections.abc import Callable

import streamlit as st

from db.enums import OrderStatus
from db.enums_reception import HandedPaper
from db.models import WorkOrder
from services import handing
from services.boards import OrderCard
from services.order_facts import OrderFacts
from services.work import Work
from ui.act import act, notices
from ui.here import here, look, zone
from ui.order_papers import order_papers
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "C", "0", "<")
KEY = 108  # pixels: three keys fit half an upright tablet


def draw(card: OrderCard) -> None:
    """Key and papers to tap; time and requests to read; the customer's copies."""
    _draw(card.id)
    order_papers(card.id)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Key, papers and car go to the workshop."""
    return lambda work: handing.hand_over(work, card.id)


def shown(card: OrderCard) -> bool:
    """Until it is handed over; also while the customer still reads the order, as the step that comes then."""
    return card.status != OrderStatus.AWAITING_DISPATCH or card.order.handed_at is None


def hand_over_form(facts: OrderFacts) -> None:
    """The same on the record."""
    order_id = facts.order.id
    _draw(order_id)
    st.button(t("Hand over to the workshop"), icon=":material/move_down:", type="primary", key=f"hand_over_{order_id}",
              on_click=_hand_over, args=(order_id,))  # fmt: skip


@st.fragment
def _draw(order_id: int) -> None:
    with look() as work:
        order = work.get(WorkOrder, order_id)
        taken = handing.who_has(work, order, order.key_tag)
    notices(f"hand_over_{order_id}")
    left, right = st.columns(2, gap="medium")
    with left:
        _tag(order, taken)
    with right.container():
        _papers(order)
        st.markdown(to_know(order))


def to_know(order: WorkOrder) -> Safe:
    """What the workshop has to know: until when, who waits, wash, old parts, special requests."""
    at = moment(order.promised_at, here().clock(), zone()) if order.promised_at else None
    marks = [
        badge("blue", "schedule", t("Ready {at}", at=at)) if at else None,
        badge("blue", "chair", t("Waits here")) if order.waits else None,
        badge("gray", "local_car_wash", t("Wash the car")) if order.wash else None,
        badge("gray", "recycling", t("Old parts back")) if order.old_parts else None,
        badge("orange", "priority_high", md(order.requests)) if order.requests else None,
    ]
    return joined(*marks, by=" ")


def _tag(order: WorkOrder, taken: str | None) -> None:
    st.markdown(Safe(f"## :material/key: {md(order.key_tag) or '–'}"))
    if taken:
        st.markdown(badge("red", "block", t("on the key of {plate}", plate=taken)))
    with st.container(key=f"tag_pad_{order.id}", gap="xsmall"):
        for start in range(0, len(DIGITS), 3):
            row = st.container(horizontal=True, gap="xsmall", wrap=False)
            for digit in DIGITS[start : start + 3]:
                row.button(
                    _face(digit), key=f"tag_{order.id}_{digit}", on_click=_press, args=(order.id, digit), width=KEY
                )


def _papers(order: WorkOrder) -> None:
    key = f"papers_{order.id}"
    st.session_state[key] = [paper for paper in HandedPaper if paper.value in (order.papers or ())]
    st.pills(t("Papers and keys in the car's pouch"), list(HandedPaper), selection_mode="multi", format_func=_paper, key=key,
             wrap=True, on_change=_keep_papers, args=(order.id,))  # fmt: skip


def _press(order_id: int, digit: str) -> None:
    def write(work: Work) -> WorkOrder:
        tag = work.get(WorkOrder, order_id).key_tag
        return handing.set_tag(work, order_id, "" if digit == "C" else tag[:-1] if digit == "<" else tag + digit)

    act(write, at=f"hand_over_{order_id}")


def _keep_papers(order_id: int) -> None:
    papers = list(st.session_state[f"papers_{order_id}"])
    act(lambda work: handing.set_papers(work, order_id, papers), at=f"hand_over_{order_id}")


def _hand_over(order_id: int) -> None:
    if act(lambda work: handing.hand_over(work, order_id), done=t("The workshop has it now"), at=f"order_{order_id}"):
        st.session_state.pop(f"step:{order_id}", None)


def _face(digit: str) -> Safe:
    return {"C": Safe(":material/clear:"), "<": Safe(":material/backspace:")}.get(digit, md(digit))


def _paper(paper: HandedPaper) -> Safe:
    return joined(Safe(f":material/{paper.icon}:"), t(paper.label), by=" ")
