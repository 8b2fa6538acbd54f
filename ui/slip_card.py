"""A slip of the store as a card: for which car, what from where, and the tap that is next; given out against a signature."""

from collections.abc import Mapping
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from services import permissions as may
from services.addresses import order_path
from services.counter import Waiting
from services.order_parts import plan_all_missing
from services.papers import quantity_words
from services.requisition_moves import REQUISITIONS
from services.requisitions import pick, put_back, withdraw
from services.slip_paper import slip_pdf
from services.slips import Slip, SlipLine
from services.workflow import Move, allowed
from ui.act import act
from ui.addresses import address
from ui.here import here, person, show_record, zone
from ui.papers import paper
from ui.slip_hand_out import OPEN, hand_out_form
from ui.text import Safe, badge, joined, language, md, t
from ui.when import clock, day, left, moment, urgency


def slip_card(one: Waiting, place: str, people: Mapping[int, str], *, car: bool = True) -> None:
    """Draw it; what came of a tap is told at `place`. `people` may take parts, by id; `car`: which car it is for."""
    row = one.slip.row
    with st.container(border=True, gap="small", key=f"slip_{row.id}"):
        _head(one, car)
        _lines(one)
        if row.note:
            st.caption(md(row.note))
        if st.session_state.get(OPEN) == row.id:
            hand_out_form(one, place, people)
        else:
            _buttons(one, place)


def _head(one: Waiting, car: bool) -> None:
    row, now = one.slip.row, here().clock()
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if car:
        top.markdown(f"#### {md(one.car.plate)}", width="content")
    else:
        top.markdown(badge(row.status.color, row.status.icon, t(row.status.label)), width="content")
    promised = one.slip.order.promised_at
    if car and promised and not row.issued_at:
        words = joined(moment(promised, now, zone()), left(promised, now))
        top.markdown(badge(urgency(promised, now), "schedule", words), width="content")
    asked = t("asked {at} by {name}", at=moment(row.asked_at, now, zone()), name=one.asked_by) if one.asked_by else None
    model = md(f"{one.car.make} {one.car.model}") if car else None
    taken = t("taken by {name} {at}", name=one.taken_by, at=clock(row.issued_at, zone())) if row.issued_at else None
    st.caption(joined(model, md(row.number), asked, taken))


def _lines(one: Waiting) -> None:
    """Where it lies, how much of what; what is not there is said. What went out is said in small."""
    said = Safe("  \n".join(words for line in one.slip.lines if (words := _line(one, line))))
    (st.caption if one.slip.row.issued_at else st.markdown)(said)


def _line(one: Waiting, line: SlipLine) -> Safe | None:
    issued = one.slip.row.issued_at is not None
    many, unit = line.row.issued if issued else line.due, line.part.unit
    if not many:
        return None
    amount = joined(Safe(f"**{md(quantity_words(many, unit))}**"), md(line.part.name), by=" ")
    if issued:
        return amount
    where = Safe(f":material/shelves: **{md(line.part.place)}**") if line.part.place else None
    lies = line.ready if one.slip.row.picked_at else one.there.get(line.row.id, many)
    lacks = t("{n} missing", n=quantity_words(many - lies, unit))
    short = (
        joined(badge("orange", "production_quantity_limits", lacks), _comes(one, line), by=" ") if lies < many else None
    )
    return joined(joined(where, amount, md(line.part.code)), short, by=" ")


def _comes(one: Waiting, line: SlipLine) -> Safe | None:
    """How far buying what is not there is, and when it comes."""
    bought = one.buying.get(line.part.id)
    if bought is None:
        return None
    today = here().clock().astimezone(ZoneInfo(zone())).date()
    words = t("comes {day}", day=day(bought.expected_on, today)) if bought.expected_on else t(bought.status.label)
    return badge("violet", "local_shipping", words)


def _buttons(one: Waiting, place: str) -> None:
    row = one.slip.row
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small")
    moves = [move for move in REQUISITIONS.possible(one.slip, row.status) if allowed(move, person())]
    blocked = [md(refusal.say(language())) for move in moves[:1] for refusal in move.blockers(one.slip)]
    for move in moves:
        if move.primary:
            _move(bar, one, move, place)
    with bar:
        code = address(order_path(one.slip.order.id)) or row.number
        paper(t("Slip"), partial(slip_pdf, requisition_id=row.id, language=language(), code=code), f"{row.number}.pdf")
    if one.to_buy and person().has(*may.ISSUES_PARTS):
        bar.button(t("Plan purchase"), key=f"slip_buy_{row.id}", icon=":material/add_shopping_cart:", on_click=_buy,
                   type="secondary" if one.can_pick else "primary", args=(one.slip.order.id, place))  # fmt: skip
    rest = [move.action for move in moves if not move.primary]
    if rest:
        bar.menu_button(t("More"), rest, format_func=lambda action: t(REQUISITIONS.move(action).label), key=f"slip_more_{row.id}",
                        icon=":material/more_horiz:", on_click=_chosen, args=(row.id, place))  # fmt: skip
    if row.issued_at:
        bar.button(t("Open the car"), key=f"slip_car_{row.id}", icon=":material/open_in_full:", on_click=show_record,
                   args=("order", one.slip.order.id))  # fmt: skip
    for reason in blocked:
        st.caption(Safe(f":material/block: {reason}"))


def _move(bar: DeltaGenerator, one: Waiting, move: Move[Slip], place: str) -> None:
    """Nothing can be picked that is not there; handing out begins the form."""
    key, first = one.slip.row.id, move is REQUISITIONS.next_step(one.slip, one.slip.row.status)
    blocked = bool(move.blockers(one.slip)) or (move.action == "pick" and not one.can_pick)
    bar.button(
        t(move.label), key=f"slip_{move.action}_{key}", icon=f":material/{move.icon}:", disabled=blocked,
        type="primary" if first and not blocked else "secondary", on_click=_tapped, args=(move.action, key, place),
    )  # fmt: skip


def _tapped(action: str, key: int, place: str) -> None:
    if action == "hand_out":
        st.session_state[OPEN] = key
        return
    verb, done = {
        "pick": (pick, t("Picked.")), "put_back": (put_back, t("Put back.")), "withdraw": (withdraw, t("Withdrawn.")),
    }[action]  # fmt: skip
    act(lambda work: verb(work, key), at=place, done=done)


def _chosen(key: int, place: str) -> None:
    _tapped(st.session_state[f"slip_more_{key}"], key, place)


def _buy(order_id: int, place: str) -> None:
    act(lambda work: plan_all_missing(work, order_id), at=place, done=t("On the purchase plan."))
