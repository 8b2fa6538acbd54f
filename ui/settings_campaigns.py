"""Settings: recalls and campaigns, which cars they are for, how many are still to do."""

import streamlit as st

from services.campaigns import CampaignState, all_campaigns, unknown_vins
from ui.act import notices
from ui.campaign_form import campaign_form
from ui.here import look
from ui.text import Safe, badge, joined, md, t
from ui.when import full_date

PLACE = "campaigns"
_OPEN = "campaign_open"
_NAMED = 5


@st.fragment
def campaigns() -> None:
    """All of them on the left; one to change, or a new one, on the right."""
    with look() as work:
        rows = all_campaigns(work)
        chosen = next((one for one in rows if one.row.id == st.session_state.get(_OPEN)), None)
        unknown = unknown_vins(work, chosen.row.vins) if chosen else []
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.button(t("New campaign"), key="campaign_new", icon=":material/add:", on_click=_choose, args=(None,))
        for one in rows:
            _card(one)
        if not rows:
            st.caption(t("No recall or campaign yet. Its cars come on the list to call by themselves."))
    with right:
        notices(PLACE)
        if unknown:
            _warn(unknown)
        campaign_form(chosen.row if chosen else None)


def _card(one: CampaignState) -> None:
    row = one.row
    with st.container(border=True, gap="xsmall", key=f"campaign_{row.id}"):
        st.markdown(
            joined(badge(row.kind.color, row.kind.icon, t(row.kind.label)), Safe(f"**{md(row.title)}**"), by=" ")
        )
        until = t("until {day}", day=full_date(row.ends_on)) if row.ends_on else None
        st.caption(joined(md(row.code), full_date(row.starts_on), until))
        st.markdown(
            joined(
                badge(one.stand.color, one.stand.icon, t(one.stand.label)),
                t("{n} cars to do", n=one.to_do),
                t("{n} done", n=one.done),
            )
        )
        st.button(
            t("Change"), key=f"campaign_change_{row.id}", icon=":material/edit:", on_click=_choose, args=(row.id,)
        )


def _choose(key: int | None) -> None:
    st.session_state[_OPEN] = key


def _warn(unknown: list[str]) -> None:
    named = ", ".join(unknown[:_NAMED]) + ("…" if len(unknown) > _NAMED else "")
    st.warning(t("{n} VINs belong to no car in the files: {vins}", n=len(unknown), vins=named), icon=":material/help:")
