"""The customer reads the order, answers every line, and signs or has answered by phone. What is tapped is kept at once."""

from collections.abc import Callable

import streamlit as st

from db.enums import ConsentMethod, OrderStatus
from db.enums_desk import CampaignKind
from db.models import Garage
from services import begun_answers
from services.begun_answers import Begun
from services.boards import OrderCard
from services.boards import order_card as load_card
from services.consents import Signature
from services.estimate_versions import last_items
from services.i18n import LANGUAGES
from services.part_grades import parts_to_choose
from services.recalls import unanswered
from services.work import Work
from ui.act import act, notices
from ui.agreement_jobs import jobs
from ui.agreement_sums import missing, nothing_wanted, summary, sums
from ui.agreement_who import pad, warnings_read, who_and_how
from ui.here import look, show_record
from ui.signature import Signed
from ui.text import Safe, language, md, read_in, t

PLACE = "agreement"


@st.fragment
def draw(card: OrderCard) -> None:
    """The whole order as the customer agrees to it, in the customer's language."""
    if st.session_state.pop(f"agree_turned:{card.id}", False):
        st.rerun()  # the page around it changes too
    with look() as work:
        card = load_card(work, card.id) or card
        now, garage = begun_answers.begun(work, card.order), work.garage
        parts = parts_to_choose(work, card.facts)
        open_ = unanswered(work, card.id)
        items, recalls = last_items(work, card.id), [one.title for one in open_ if one.kind == CampaignKind.RECALL]
    if card.status != OrderStatus.AWAITING_APPROVAL:
        st.rerun()  # answered on another tablet
    with read_in(now.language):
        _top(card, garage, recalls)
        jobs(card, now, garage, items, parts)
        _bottom(card, now, garage)


def save(card: OrderCard) -> Callable[[Work], object]:
    """Answers given without a signature: keep them and send the order to dispatch."""
    return lambda work: begun_answers.give(work, card.id, card.order.estimate_version)


def signs(card: OrderCard) -> bool:
    """Whether the customer signs on the tablet, so that the pad's button is the last one."""
    return bool(st.session_state.get(f"consent_{card.id}", ConsentMethod.SIGNED) == ConsentMethod.SIGNED)


def reads(card: OrderCard) -> str | None:
    """The language the customer turned the screen to; None for the tablet's own."""
    with look() as work:
        return begun_answers.begun(work, card.order).language


def _top(card: OrderCard, garage: Garage, recalls: list[str]) -> None:
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with top.container(width="stretch"):
        summary(card, garage)
    other = next(key for key in LANGUAGES if key != language())
    top.button(md(LANGUAGES[other]), icon=":material/translate:", key=f"turn_{card.id}", on_click=_turn,
               args=(card, other))  # fmt: skip
    notices(PLACE)
    for title in recalls:
        st.warning(t("Recall without an answer: {title}", title=title), icon=":material/campaign:")


def _bottom(card: OrderCard, now: Begun, garage: Garage) -> None:
    warnings_read(card, now)
    sums(card, now, garage)
    who_and_how(card, now)
    left = missing(card, now)
    for words in left:
        st.markdown(Safe(f":orange-badge[:material/help: {words}]"))
    if not left and nothing_wanted(card, now):
        st.warning(t("Nothing is agreed to: with this answer the visit ends without work."), icon=":material/block:")
    if now.method == ConsentMethod.SIGNED and not left:
        pad(card, lambda signed, turn: _signed(card, signed, turn))


def _turn(card: OrderCard, to: str) -> None:
    """Turn the screen to another language, or back."""
    st.session_state[f"agree_turned:{card.id}"] = True
    version = card.order.estimate_version
    act(lambda work: begun_answers.how(work, card.id, version, language=to), at=PLACE)


def _signed(card: OrderCard, signed: Signed, turn: int) -> None:
    drawn, version = Signature(signed.png, signed.strokes), card.order.estimate_version
    if act(lambda work: begun_answers.give(work, card.id, version, drawn), done=t("Signed: {plate}", plate=md(card.vehicle.plate)),
           at="check_in"):  # fmt: skip
        show_record("step", None)
    else:
        st.session_state[f"sign_turn_{card.id}"] = turn + 1  # a refused signature is not used again: a new pad
    st.session_state[f"agree_turned:{card.id}"] = True
