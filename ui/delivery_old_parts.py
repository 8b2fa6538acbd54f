"""Old parts before delivery: where each lies, and one tap that says where those lie that nobody has put aside yet."""

from collections.abc import Sequence

import streamlit as st

from db.models import OldPart, OrderLine
from services.i18n import N_
from services.old_parts import keep
from services.work import Work
from ui.act import act
from ui.text import Safe, badge, joined, md, plain, t

USUAL = (N_("In the boot"), N_("At the counter"))


def old_part_rows(order_id: int, kept: Sequence[OldPart], to_keep: Sequence[OrderLine], *, at: str) -> None:
    """The parts kept with their places; for the others a field for the place. What is refused is said at `at`."""
    for part in kept:
        where = badge(part.state.color, part.state.icon, joined(t(part.state.label), md(part.place), by=": "))
        st.caption(joined(Safe(f"{md(f'{part.quantity.normalize():f}')} × {md(part.title)}"), where, by=" "))
    if not to_keep:
        return
    st.caption(joined(Safe(f":orange[:material/pending: {t('not put aside yet')}]"),
                      joined(*(md(line.title) for line in to_keep), by=", "), by=" "))  # fmt: skip
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"old_parts_{order_id}")
    for usual in USUAL:
        row.button(t(usual), key=f"old_{usual}_{order_id}", icon=":material/inventory_2:", on_click=_keep,
                   args=(order_id, to_keep, plain(usual), at))  # fmt: skip
    field = f"old_place_{order_id}"
    row.text_input(t("Where they lie"), key=field, max_chars=60, width="stretch", on_change=_typed,
                   args=(order_id, to_keep, field, at))  # fmt: skip


def _typed(order_id: int, lines: Sequence[OrderLine], field: str, at: str) -> None:
    place = str(st.session_state.get(field) or "").strip()
    if place:
        _keep(order_id, lines, place, at)
        st.session_state[field] = ""


def _keep(order_id: int, lines: Sequence[OrderLine], place: str, at: str) -> None:
    """Only a place too long is refused, and the field takes none."""

    def write(work: Work) -> int:
        for line in lines:
            keep(work, order_id, title=line.title, quantity=line.quantity, place=place, line_id=line.id)
        return len(lines)

    act(write, at=at, done=t("Put aside"))
