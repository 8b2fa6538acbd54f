"""Old parts as rows: where each lies, until when and for whom, with the taps that end it; and one more put aside."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

import streamlit as st

from db.enums_money import OldPartState
from db.models import OldPart, OrderLine
from services import old_parts
from services import permissions as may
from services.i18n import N_
from services.papers import quantity_words
from services.work import Work
from ui.act import act, spend, token
from ui.booking_draft import day_format
from ui.here import person
from ui.payer_claim_words import today_here
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import day

MOVING = "old_part_moving"  # the one whose place is being changed
BACK = (N_("Tapped by mistake"), N_("Came back"))
ENDS: dict[str, tuple[str, str, Callable[[Work, int], OldPart]]] = {
    "give": (N_("Give it to the customer"), "person", old_parts.give),
    "send": (N_("Send it to who pays"), "local_shipping", old_parts.send),
    "dispose": (N_("Dispose of it"), "recycling", old_parts.dispose),
}


def old_part_rows(rows: Sequence[OldPart], claimed: Collection[int], known: Sequence[str], place: str) -> None:
    """Draw them; `claimed` ones must be kept, `known` are the places in use. What came of a tap is told at `place`."""
    for row in rows:
        with st.container(border=True, gap="xsmall", key=f"old_part_{row.id}"):
            st.markdown(joined(words(row), lies(row, row.id in claimed), by=" "))
            taps(row, row.id in claimed, place)
            moving(row, known, place)


def words(row: OldPart) -> Safe:
    """What it is."""
    return Safe(f"**{md(row.title)}** × {md(quantity_words(row.quantity, ''))}")


def lies(row: OldPart, claimed: bool, *, on_shelf: bool = False) -> Safe:
    """Where it lies and until when, or where it went; `on_shelf` without the place, which stands above."""
    if row.state != OldPartState.KEPT:
        return joined(badge(row.state.color, row.state.icon, t(row.state.label)), md(row.note), by=" ")
    until = _until(row.keep_until, claimed) if row.keep_until else None
    must = badge("violet", "request_quote", t("for the claim")) if claimed else None
    where = None if on_shelf else badge("blue", "shelves", md(row.place))
    return joined(where, must, until, by=" ")


def _until(until: date, claimed: bool) -> Safe:
    past = until < today_here() and not claimed
    return badge("green" if past else "gray", "recycling" if past else "event",
                 t("may go") if past else t("until {day}", day=day(until, today_here())))  # fmt: skip


def taps(row: OldPart, claimed: bool, place: str) -> None:
    """What can become of it; once it is gone, back on its shelf for one of two reasons. Nothing for who keeps no old parts."""
    if not person().has(*may.KEEPS_OLD_PARTS):
        return
    line = st.container(horizontal=True, gap="small")
    if row.state != OldPartState.KEPT:
        for reason in BACK:
            line.button(t(reason), key=f"old_back_{row.id}_{reason}", icon=":material/undo:", on_click=_back,
                        args=(row.id, reason, place))  # fmt: skip
        return
    for action in ("send",) if claimed and row.claim_id else () if claimed else ("give", "dispose"):
        label, icon, _ = ENDS[action]
        line.button(t(label), key=f"old_{action}_{row.id}", icon=f":material/{icon}:", on_click=_end,
                    args=(action, row.id, place))  # fmt: skip
    line.button(
        t("Where it lies"), key=f"old_where_{row.id}", icon=":material/shelves:", on_click=_turn, args=(row.id,)
    )


def moving(row: OldPart, known: Sequence[str], place: str) -> None:
    """The form for another place, below the part of which it was tapped; nothing for the others."""
    if st.session_state.get(MOVING) == row.id and row.state == OldPartState.KEPT:
        _where(row, known, place)


def _where(row: OldPart, known: Sequence[str], place: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"old_moving_{row.id}"):
        _place_input(f"old_place_{row.id}", row.place, known)
        st.date_input(t("Keep until"), row.keep_until, key=f"old_until_{row.id}", format=day_format(), width=170)
        st.button(t("Save"), key=f"old_move_{row.id}", icon=":material/check:", on_click=_move, args=(row.id, place))


def put_aside(order_id: int, lines: Sequence[OrderLine], known: Sequence[str], place: str) -> None:
    """The old parts that lines replaced: all of them, or those left chosen, put aside at one place."""
    if not lines or not person().has(*may.KEEPS_OLD_PARTS):
        return
    key, titles = lines[0].id, {line.id: line.title for line in lines}
    with st.container(border=True, gap="xsmall", key=f"aside_{key}"):
        if len(lines) == 1:
            st.markdown(joined(t("Old part"), Safe(f"**{md(lines[0].title)}**"), by=": "))
        else:
            st.pills(t("Old parts"), list(titles), selection_mode="multi", default=list(titles), key=f"aside_lines_{key}",
                     format_func=lambda one: md(titles[one]), label_visibility="collapsed", wrap=True)  # fmt: skip
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        with row.container(width="stretch"):
            _place_input(f"aside_place_{key}", "", known)
        row.button(t("Keep it"), key=f"aside_do_{key}", icon=":material/inventory_2:", on_click=_keep,
                   args=(order_id, lines, place))  # fmt: skip


def _place_input(key: str, now: str, known: Sequence[str]) -> None:
    """A place tapped among those in use, or typed."""
    options = list(dict.fromkeys([*([now] if now else []), *known]))
    st.selectbox(t("Where it lies"), options, 0 if now else None, key=key, accept_new_options=True, width="stretch",
                 label_visibility="visible" if now else "collapsed", placeholder=plain("Place: choose or type"))  # fmt: skip


def _turn(key: int) -> None:
    """The form for another place comes and goes by the same tap."""
    st.session_state[MOVING] = None if st.session_state.get(MOVING) == key else key


def _keep(order_id: int, lines: Sequence[OrderLine], place: str) -> None:
    key = lines[0].id
    chosen = st.session_state.get(f"aside_lines_{key}", [key])
    where, name = str(st.session_state.get(f"aside_place_{key}") or ""), f"aside_{key}"
    wanted = [line for line in lines if line.id in chosen]

    def verb(work: Work) -> list[OldPart]:
        return [old_parts.keep(work, order_id, title=line.title, quantity=line.quantity, place=where, line_id=line.id)
                for line in wanted]  # fmt: skip

    if not wanted:
        return
    if act(verb, at=place, done=t("Put aside"), once=token(name)):
        spend(name)


def _move(key: int, place: str) -> None:
    where, until = str(st.session_state.get(f"old_place_{key}") or ""), st.session_state.get(f"old_until_{key}")
    if act(lambda work: old_parts.put_elsewhere(work, key, place=where, keep_until=until), at=place, done=t("Saved")):
        st.session_state[MOVING] = None


def _end(action: str, key: int, place: str) -> None:
    verb = ENDS[action][2]
    act(lambda work: verb(work, key), at=place, done=t("Saved"))


def _back(key: int, reason: str, place: str) -> None:
    words_ = plain(reason)
    act(lambda work: old_parts.take_again(work, key, reason=words_), at=place, done=t("Saved"))
