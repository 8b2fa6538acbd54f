"""Counting: a shelf or a part, what really lies there, and what is not as listed with its reason."""

from decimal import Decimal
from functools import partial

import streamlit as st

from services.papers import quantity_words
from services.part_labels import part_labels_pdf
from services.shelves import OnShelf, found, on_shelf, shelves
from services.stock_counts import REASONS, Counted, count_parts
from ui.act import act, notices
from ui.addresses import part_addresses
from ui.here import here, look, zone
from ui.papers import paper
from ui.sums import sum_typed_in
from ui.text import Safe, badge, joined, language, md, plain, t
from ui.when import moment

PLACE = "parts_count"
BESIDE = 130  # pixels beside the number, whatever stands there


@st.fragment
def counting() -> None:
    """The shelves, or what was typed or scanned; then the parts, their quantities, and one tap that keeps the count."""
    with look() as work:
        names = shelves(work)
    typed = st.text_input(t("Part"), key="count_typed", placeholder=plain("Code or name"), icon=":material/search:", width=320,
                          label_visibility="collapsed")  # fmt: skip
    shelf = None
    if not typed:
        shelf = st.pills(t("Shelf"), list(names), key="count_shelf", default=next(iter(names), None), required=bool(names),
                         format_func=md, label_visibility="collapsed")  # fmt: skip
    with look() as work:
        parts = found(work, typed) if typed else on_shelf(work, names.get(shelf, [])) if shelf else []
    notices(PLACE)
    if not parts:
        st.caption(
            t("No part fits.") if typed else t("Parts with a place in the store are counted here, shelf by shelf.")
        )
        return
    for part in parts:
        _row(part)
    _save_row(parts)


def _row(part: OnShelf) -> None:
    """What the list says, what lies there: as listed by one tap, anything else as a number."""
    value = sum_typed_in(_key(part.id))
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"count_row_{part.id}"
    ):
        where = Safe(f"**{md(part.place)}**") if part.place else None
        counted = t("counted {at}", at=moment(part.counted_at, here().clock(), zone())) if part.counted_at else None
        words = st.container(gap=None, width="stretch")
        words.markdown(joined(where, md(part.name)))
        words.caption(joined(md(part.code), t("listed: {n}", n=quantity_words(part.on_hand, part.unit)), counted))
        st.number_input(t("How many"), min_value=0.0, value=None, step=1.0, format="%g", key=_key(part.id), width=170,
                        label_visibility="collapsed", placeholder=plain("How many"), on_change=_seen, args=(part,))  # fmt: skip
        if value is not None:
            st.markdown(_difference(part, value), width=BESIDE if _was_seen(part) == part.on_hand else "content")
        if value is None or _was_seen(part) != part.on_hand:
            st.button(t("As listed") if value is None else t("Sure"), key=f"count_ok_{part.id}", icon=":material/check:",
                      on_click=_as_listed, args=(part,), width=BESIDE if value is None else "content")  # fmt: skip


def _difference(part: OnShelf, value: Decimal) -> Safe:
    if _was_seen(part) != part.on_hand:
        return badge("red", "sync_problem", t("moved meanwhile: count again"))
    if value == part.on_hand:
        return badge("green", "check", t("as listed"))
    return badge("orange", "difference", md(f"{(value - part.on_hand).normalize():+f} {part.unit}"))


def _save_row(parts: list[OnShelf]) -> None:
    typed = {part.id: value for part in parts if (value := sum_typed_in(_key(part.id))) is not None}
    if any(typed.get(part.id, part.on_hand) != part.on_hand for part in parts):
        st.pills(t("Reason"), REASONS, format_func=t, key="count_reason")
        st.text_input(t("Reason in words"), key="count_words", max_chars=200)
    bar = st.container(horizontal=True, gap="small")
    bar.button(t("Save the count"), key="count_keep", icon=":material/save:", type="primary", disabled=not typed,
               on_click=_keep, args=(parts,))  # fmt: skip
    bar.button(t("The rest as listed"), key="count_rest", icon=":material/done_all:", disabled=len(typed) == len(parts),
               on_click=_rest, args=(parts,))  # fmt: skip
    with bar:
        make = partial(
            part_labels_pdf, part_ids=[part.id for part in parts], language=language(), address=part_addresses()
        )
        paper(t("Labels"), make, f"labels-{parts[0].code}-{language()}.pdf", icon="label")


def _key(part_id: int) -> str:
    return f"counted_{part_id}"


def _was_seen(part: OnShelf) -> Decimal:
    """What the list said when the number was typed: what moves meanwhile must not be counted away."""
    listed: Decimal = st.session_state.get(f"seen_{part.id}", part.on_hand)
    return listed


def _seen(part: OnShelf) -> None:
    st.session_state[f"seen_{part.id}"] = part.on_hand


def _as_listed(part: OnShelf) -> None:
    """One tap: as listed; with a number typed, that this number is right against the list as it is now."""
    if sum_typed_in(_key(part.id)) is None:
        st.session_state[_key(part.id)] = float(part.on_hand)
    _seen(part)


def _rest(parts: list[OnShelf]) -> None:
    for part in parts:
        if sum_typed_in(_key(part.id)) is None:
            _as_listed(part)


def _keep(parts: list[OnShelf]) -> None:
    typed = {
        part.id: Counted(value, _was_seen(part)) for part in parts if (value := sum_typed_in(_key(part.id))) is not None
    }
    chosen, words = st.session_state.get("count_reason"), str(st.session_state.get("count_words") or "").strip()
    reason = " – ".join(part for part in (plain(chosen) if chosen else "", words) if part)
    if act(lambda work: count_parts(work, typed, reason=reason), at=PLACE, done=t("Counted.")) is None:
        return
    for key in typed:
        st.session_state.pop(f"seen_{key}", None)
        st.session_state.pop(_key(key), None)
    for name in ("count_reason", "count_words"):
        st.session_state.pop(name, None)
