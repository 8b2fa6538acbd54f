"""What belongs to the car or comes out of it: old parts, spare wheel and tools, covers, what stayed inside."""

import streamlit as st

from db.enums_money import OldPartState
from db.enums_reception import Equipment, Valuable
from db.models import Handover, Inspection
from services import old_parts
from services.boards import OrderCard
from services.work import Work
from ui.delivery_old_parts import old_part_rows
from ui.handover_parts import PLACE, part, point_rows, tap
from ui.here import look
from ui.text import Safe, joined, md, t


def draw(card: OrderCard, row: Handover | None) -> None:
    """The points, then old parts with their places and where they go, and what reception saw in the car."""
    with look() as work:
        kept = old_parts.of_order(work, card.id)
        asked = old_parts.claimed(work, kept)
    to_keep = old_parts.to_keep(card.facts, kept)
    point_rows(card, row, "things")
    if kept or to_keep:
        part(t("Old parts"))
        old_part_rows(card.id, kept, to_keep, at=PLACE)
        free = [one.id for one in kept if one.state == OldPartState.KEPT and one.id not in asked]
        if free:
            with st.container(horizontal=True, gap="small", key=f"old_go_{card.id}"):
                st.button(t("The customer takes them"), icon=":material/person:", key=f"old_given_{card.id}", on_click=tap,
                          args=(lambda work: old_parts.give_all(work, card.id) or True,))  # fmt: skip
                st.button(t("We dispose of them"), icon=":material/recycling:", key=f"old_gone_{card.id}", on_click=tap,
                          args=(lambda work: _dispose(work, free),))  # fmt: skip
    _seen(card.facts.inspection)


def _seen(sheet: Inspection | None) -> None:
    """What was in the car when it came."""
    if sheet is None:
        return
    there = [Equipment(one) for one, yes in (sheet.equipment or {}).items() if yes]
    stays = [Valuable(one) for one in sheet.stays or ()]
    words = joined(*(Safe(f":material/{one.icon}: {t(one.label)}") for one in (*there, *stays)), md(sheet.valuables))
    if words:
        part(t("In the car when it came"))
        st.markdown(words)


def _dispose(work: Work, keys: list[int]) -> object:
    return [old_parts.dispose(work, key) for key in keys]
