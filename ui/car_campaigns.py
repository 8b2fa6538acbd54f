"""Recalls and campaigns open for a car, with the tap that says one was done."""

import streamlit as st

from services import permissions as may
from services.campaigns import mark_done, open_campaigns_for
from ui.act import act, notices
from ui.here import look, person
from ui.text import badge, joined, md, t


def open_campaigns(vehicle_id: int) -> None:
    """One line for each; nothing when none is open."""
    with look() as work:
        rows = open_campaigns_for(work, vehicle_id)
    notices(f"campaigns_{vehicle_id}")
    for one in rows:
        line = st.container(horizontal=True, vertical_alignment="center", gap="small", border=True)
        mark = badge(one.kind.color, one.kind.icon, t(one.kind.label))
        line.markdown(joined(mark, md(one.title), md(one.code)), width="stretch")
        if person().has(*may.MARKS_CAMPAIGNS):
            line.button(t("Done"), key=f"campaign_done_{vehicle_id}_{one.id}", icon=":material/check:", on_click=_done,
                        args=(one.id, vehicle_id))  # fmt: skip


def _done(campaign_id: int, vehicle_id: int) -> None:
    act(lambda work: mark_done(work, campaign_id, vehicle_id), done=t("Noted."), at=f"campaigns_{vehicle_id}")
