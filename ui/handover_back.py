"""Given back: key, papers, contact card; when a call suits, who takes the car, and the signature that ends it."""

from collections.abc import Sequence

import streamlit as st

from db.enums_desk import LinkPurpose
from db.models import Garage, Handover, PrivateLink
from services import handover
from services.addresses import link_path
from services.boards import OrderCard
from services.consent_rows import Signature
from services.handover_points import HandoverPoint, open_points
from services.handover_safety import left_undone, to_sign
from services.i18n import N_
from services.links import link_for
from services.order_links import order_link
from services.order_moves import ORDERS
from services.order_refusals import ExitPassMissing
from services.people import names
from ui.act import act, said
from ui.addresses import address
from ui.handover_parts import PLACE, kept, point_rows, tap
from ui.here import look, show_record
from ui.qr import qr
from ui.signature import signature
from ui.text import Safe, joined, language, md, phone, t

TIMES = (N_("Morning"), N_("Midday"), N_("Afternoon"), N_("Evening"))
SIGNS = (True, False)


def draw(card: OrderCard, row: Handover | None) -> None:
    """What is still open first: each a tap away."""
    with look() as work:
        garage, advisor = work.garage, names(work).get(card.order.advisor_id or 0, "")
        link = link_for(work, LinkPurpose.ORDER, card.id)
        unsigned = bool(to_sign(left_undone(work, card.facts), row))
    point_rows(card, row, "back")
    _contact(card, garage, advisor, link)
    _call(card)
    who, how = st.columns(2, gap="small", vertical_alignment="bottom")
    name = f"takes_{card.id}"
    st.session_state.setdefault(name, (row.taken_by if row else "") or card.customer.name)
    who.text_input(
        t("Who takes the car"), key=name, max_chars=120, on_change=_takes, args=(card.id, card.customer.name)
    )
    how.segmented_control(t("Signature"), SIGNS, default=True, format_func=_how, key=f"out_signs_{card.id}", required=True,
                          width="stretch")  # fmt: skip
    if not _blocked(card, [point for point in open_points(card.facts, row) if point.moment != "money"], unsigned):
        _end(card)


def _contact(card: OrderCard, garage: Garage, advisor: str, link: PrivateLink | None) -> None:
    """The card itself, for the customer's own phone: whom to call, and the page of this visit as a code."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="medium", key=f"contact_{card.id}"
    ):
        if link:
            shown = address(link_path(link)) or link_path(link)
            st.image(qr(shown), width=150, alt=t("QR code of this address"))
        with st.container(width="stretch", gap="xsmall"):
            st.markdown(joined(Safe(f"**{md(garage.name)}**"), md(garage.address), by=", "))
            st.markdown(
                joined(Safe(f":material/call: **{phone(garage.phone)}**") if garage.phone else None, md(advisor))
            )
            if not link:
                st.button(t("Link for the customer"), icon=":material/qr_code_2:", key=f"out_link_{card.id}", on_click=tap,
                          args=(lambda work: order_link(work, card.id),))  # fmt: skip


def _call(card: OrderCard) -> None:
    """A time of day by a tap, or other words."""
    pills, words, said_now = f"suits_{card.id}", f"call_when_{card.id}", card.customer.call_when
    known = {t(one): one for one in TIMES}
    st.session_state[pills] = next((one for shown, one in known.items() if said_now in (shown, one)), None)
    left, right = st.columns([3, 2], gap="small", vertical_alignment="bottom")
    left.pills(
        t("When a follow-up call suits"), TIMES, format_func=t, key=pills, on_change=_suits, args=(card.id, pills)
    )
    st.session_state[words] = "" if st.session_state[pills] else said_now
    right.text_input(t("In other words"), key=words, max_chars=120, placeholder="17:30", on_change=_suits,
                     args=(card.id, words))  # fmt: skip


def _blocked(card: OrderCard, left: Sequence[HandoverPoint], unsigned: bool) -> bool:
    """What stands in the way, as sentences with the tap that solves each; whether anything does."""
    move = ORDERS.move("deliver")
    missing = [] if card.facts.exit_pass else [ExitPassMissing()]
    why = {type(one): one for one in (*move.blockers(card.facts), *missing)}
    moments = dict.fromkeys(point.moment for point in left)
    for number, one in enumerate(why.values()):
        _go(card, "money", md(one.say(language())), "payments", number)
    for moment in moments:
        names_ = joined(*(t(point.label) for point in left if point.moment == moment), by=", ")
        _go(card, moment, t("Not shown yet: {points}", points=names_), "check_box_outline_blank")
    if unsigned:
        _go(card, "advice", t("Safety work left undone is not signed for"), "warning")
    return bool(why or moments or unsigned)


def _go(card: OrderCard, moment: str, words: Safe, icon: str, number: int = 0) -> None:
    key = f"to_{moment}_{icon}_{number}_{card.id}"
    st.button(words, icon=f":material/{icon}:", key=key, width="stretch", disabled=moment == "back", on_click=go_to,
              args=(card.id, moment))  # fmt: skip


def go_to(order_id: int, moment: str) -> None:
    """On to another screen, which is kept with the hand-over. From a callback."""
    if kept(lambda work: handover.reached(work, order_id, moment)):
        show_record("moment", moment)
        st.session_state[f"handover_moved_{order_id}"] = True


def _end(card: OrderCard) -> None:
    if st.session_state.get(f"out_signs_{card.id}", True):
        turn = st.session_state.get(f"out_turn_{card.id}", 0)
        with st.container(key=f"out_sign_{card.id}"):
            signature(f"out_pad_{card.id}_{turn}", label=t("Signature"), accept=t("Sign and take the car"), clear=t("Clear"),
                      on_signed=lambda signed: _deliver(card, Signature(signed.png, signed.strokes)))  # fmt: skip
        return
    st.button(t("Hand over"), icon=":material/key:", type="primary", key=f"deliver_{card.id}", width="stretch", on_click=_deliver,
              args=(card, None))  # fmt: skip


def _deliver(card: OrderCard, drawn: Signature | None) -> None:
    key = card.id
    if act(lambda work: handover.deliver(work, key, done=(), signature=drawn), at=PLACE) is None:
        st.session_state[f"out_turn_{key}"] = st.session_state.get(f"out_turn_{key}", 0) + 1
    else:
        said(t("Handed over: {plate}", plate=md(card.vehicle.plate)), f"order_{key}")
        show_record("moment", None)
    st.session_state[f"handover_moved_{key}"] = True


def _suits(order_id: int, field: str) -> None:
    words = str(st.session_state.get(field) or "")
    spoken = str(t(words)) if words in TIMES else words
    tap(lambda work: handover.call_suits(work, order_id, words=spoken))


def _takes(order_id: int, customer: str) -> None:
    name = str(st.session_state[f"takes_{order_id}"])
    tap(lambda work: handover.taken_by(work, order_id, name="" if name.strip() == customer else name))


def _how(signs: bool) -> Safe:
    return t("Signs here") if signs else t("Without a signature")
