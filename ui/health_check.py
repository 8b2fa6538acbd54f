"""The health check of check-in: a group of points at a time, each good, soon or now by one tap, or all good at once."""

import streamlit as st

from db.enums_reception import Grade, HealthGroup, Measure
from services import health
from services.boards import OrderCard
from services.health_sheet import Board, Group
from services.health_templates import template_name
from ui.act import act, notices
from ui.health_point import BAD, PLACE, point_row
from ui.here import look
from ui.text import Safe, joined, t


@st.fragment
def draw(card: OrderCard) -> None:
    """The checklist, its groups, and the points of the group that is looked at. A tap redraws this alone."""
    with look() as work:
        board = health.board(work, card.order)
    notices(PLACE)
    if not board.groups:
        st.caption(t("No checklist is in use. The manager chooses them in the settings, under Reception."))
        return
    _head(card.id, board)
    group = _group(card.id, board)
    if group.open:
        words = t("All good") if group.open == len(group.points) else t("The rest is good")
        st.button(words, key=f"good_{card.id}_{group.group}", icon=":material/done_all:", width="stretch", on_click=_good,
                  args=(card.id, group.group, _next(board, group)))  # fmt: skip
    measured = any(point.item.measure != Measure.NONE for point in group.points)
    with st.grid(1 if measured else 2, min_column_width=500, gap="small", vertical_alignment="center"):
        for point in group.points:
            point_row(card.id, point, board.on_order)


def _head(order_id: int, board: Board) -> None:
    """Which checklist, when there is a choice; and one tap for a car at which nothing is left to find."""
    row = st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", gap="small")
    names = {one.id: t(template_name(one)) for one in board.templates}
    if len(names) > 1 and board.template:
        key = f"checklist_{order_id}"
        st.session_state[key] = board.template.id if board.template.id in names else next(iter(names))
        row.segmented_control(t("Checklist"), list(names), format_func=names.__getitem__, key=key, required=True,
                              label_visibility="collapsed", on_change=_choose, args=(order_id,))  # fmt: skip
    if board.open:
        found = any(point.grade in BAD for group in board.groups for point in group.points)
        words = t("Everything else good ({n})", n=board.open) if found else t("Everything good ({n})", n=board.open)
        row.button(words, key=f"everything_{order_id}", icon=":material/done_all:",
                   type="primary", on_click=_good, args=(order_id, None, None))  # fmt: skip
    else:
        row.markdown(Safe(f":green-badge[:material/check: {t('Everything checked')}]"), width="content")


def _group(order_id: int, board: Board) -> Group:
    """The group tapped last; at first the first one that is not finished."""
    key, groups = f"health_group_{order_id}", {one.group: one for one in board.groups}
    if st.session_state.get(key) not in groups:
        st.session_state[key] = next((one.group for one in board.groups if one.open), board.groups[0].group)
    chosen = st.segmented_control(t("Group"), list(groups), format_func=lambda group: _label(groups[group]), key=key,
                                  required=True, width="stretch", label_visibility="collapsed")  # fmt: skip
    return groups[chosen or board.groups[0].group]


def _label(group: Group) -> Safe:
    grades = [point.grade for point in group.points]
    worst = next((grade for grade in (Grade.NOW, Grade.SOON) if grade in grades), None)
    mark = worst.icon if worst else "" if group.open else "check"
    return joined(Safe(f":material/{mark}:" if mark else ""), t(group.group.label), by=" ")


def _next(board: Board, done: Group) -> HealthGroup | None:
    """Where to look after this group: the next one with points to judge, from the first one again after the last."""
    at = board.groups.index(done)
    return next((one.group for one in (*board.groups[at + 1 :], *board.groups[:at]) if one.open), None)


def _choose(order_id: int) -> None:
    chosen = st.session_state[f"checklist_{order_id}"]
    act(lambda work: health.choose(work, order_id, template_id=chosen), at=PLACE)


def _good(order_id: int, group: HealthGroup | None, then: HealthGroup | None) -> None:
    done = act(lambda work: health.all_good(work, order_id, group=group), at=PLACE)
    if done is not None and then:
        st.session_state[f"health_group_{order_id}"] = then
