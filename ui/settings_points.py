"""Settings: the points of a checklist, by group; one is opened to change its limits and what it proposes."""

from decimal import Decimal

import streamlit as st

from db.enums_reception import HealthGroup, Measure
from db.models import CheckTemplateItem
from services import health_items
from services.health_items import Limits
from services.health_points import STEPS, UNITS, amount, name_of
from services.health_templates import items_of
from services.packages import job_names
from ui.act import act
from ui.here import look
from ui.text import Safe, badge, joined, md, plain, t

PLACE = "checklists"
OPEN = "point_open"
NEW = 0


def points(template_id: int) -> None:
    """The points of one group at a time, each to be switched off, moved up or changed; and a new one."""
    with look() as work:
        rows, jobs = items_of(work, template_id), job_names(work)
    group = st.segmented_control(t("Group"), list(HealthGroup), default=HealthGroup.OUTSIDE, required=True, key="points_group",
                                 format_func=_group, label_visibility="collapsed", width="stretch")  # fmt: skip
    mine = [row for row in rows if row.group == group]
    for row in mine:
        _line(row, jobs, first=row is mine[0])
        if st.session_state.get(OPEN) == row.id:
            _form(row, jobs)
    if st.session_state.get(OPEN) == NEW:
        _form(CheckTemplateItem(template_id=template_id, group=group or HealthGroup.OTHER), jobs)
    else:
        st.button(t("New point"), icon=":material/add:", key="point_new", on_click=_open, args=(NEW,))


def _group(group: HealthGroup) -> Safe:
    return Safe(f":material/{group.icon}: {t(group.label)}")


def _line(row: CheckTemplateItem, jobs: dict[int, str], *, first: bool) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"point_line_{row.id}"
    ):
        with st.container(width="stretch", gap="xsmall"):
            safety = badge("red", "health_and_safety", t("safety")) if row.safety else None
            st.markdown(joined(Safe(f"**{t(name_of(row.point, row.title))}**"), safety, by=" "))
            if facts := joined(_limit(row, "soon"), _limit(row, "now"), md(jobs.get(row.job_id or 0, ""))):
                st.caption(facts)
        key = f"point_used_{row.id}"
        st.session_state[key] = row.active
        st.toggle(t("In use"), key=key, on_change=_use, args=(row.id, key))
        st.button(t("Up"), key=f"point_up_{row.id}", icon=":material/arrow_upward:", disabled=first, on_click=_up,
                  args=(row.id,))  # fmt: skip
        st.button(t("Change"), key=f"point_change_{row.id}", icon=":material/edit:", on_click=_open, args=(row.id,))


def _limit(row: CheckTemplateItem, which: str) -> Safe | None:
    limit = row.soon_below if which == "soon" else row.now_below
    if limit is None:
        return None
    said = amount(row.measure, limit)
    return t("soon at {value}", value=said) if which == "soon" else t("now at {value}", value=said)


def _form(row: CheckTemplateItem, jobs: dict[int, str]) -> None:
    """What is typed stays until it is saved or discarded."""
    key = f"point_{row.id or NEW}"
    with st.container(border=True, key=f"{key}_form"):
        if not row.point:
            st.text_input(t("Point"), value=row.title, key=f"{key}_title", max_chars=120)
        measure = row.measure
        if not row.id:
            measure = st.pills(t("What is measured"), list(Measure), default=Measure.NONE, required=True, format_func=_measure,
                               key=f"{key}_measure") or Measure.NONE  # fmt: skip
        if measure != Measure.NONE:
            _limits(row, measure, key)
        st.toggle(t("Concerns safety"), value=row.safety, key=f"{key}_safety")
        st.selectbox(t("Job it proposes"), [0, *jobs], [0, *jobs].index(row.job_id or 0), key=f"{key}_job",
                     format_func=lambda job: jobs.get(job) or plain("In free words, priced after diagnosis"))  # fmt: skip
        buttons = st.container(horizontal=True, gap="small")
        buttons.button(
            t("Save"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save, args=(row, key)
        )
        buttons.button(
            t("Discard"), type="tertiary", icon=":material/delete:", key=f"{key}_discard", on_click=_open, args=(None,)
        )


def _limits(row: CheckTemplateItem, measure: Measure, key: str) -> None:
    cells = st.columns(2)
    for cell, name, label, value in (
        (cells[0], "soon", t("Soon, at or below, {unit}", unit=UNITS[measure]), row.soon_below),
        (cells[1], "now", t("Now, at or below, {unit}", unit=UNITS[measure]), row.now_below),
    ):
        cell.number_input(label, value=None if value is None else float(value), min_value=0.0, step=STEPS[measure],
                          format="%.1f", key=f"{key}_{name}")  # fmt: skip


def _measure(measure: Measure) -> Safe:
    return t(measure.label)


def _open(key: int | None) -> None:
    st.session_state[OPEN] = key


def _save(row: CheckTemplateItem, key: str) -> None:
    typed = st.session_state
    limits = Limits(_exact(typed.get(f"{key}_soon")), _exact(typed.get(f"{key}_now")), typed[f"{key}_safety"],
                    typed[f"{key}_job"] or None)  # fmt: skip
    title, measure = typed.get(f"{key}_title"), typed.get(f"{key}_measure") or Measure.NONE
    if row.id:
        saved = act(
            lambda work: health_items.change_item(work, row.id, limits=limits, title=title), done=t("Saved"), at=PLACE
        )
    else:
        saved = act(
            lambda work: health_items.add_item(
                work, row.template_id, group=row.group, title=title or "", measure=measure, limits=limits
            ),
            done=t("Saved"),
            at=PLACE,
        )
    if saved:
        _open(None)


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _use(key: int, widget: str) -> None:
    active = st.session_state[widget]
    act(lambda work: health_items.use_item(work, key, active=active), at=PLACE)


def _up(key: int) -> None:
    act(lambda work: health_items.move_up(work, key), at=PLACE)
