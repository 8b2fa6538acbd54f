"""Settings: recalls and campaigns, which cars they are for, how many are still to do; a maker's list brought in."""

import streamlit as st

from services.campaigns import CampaignState, all_campaigns, unknown_vins
from ui.act import notices
from ui.campaign_form import campaign_form
from ui.here import look
from ui.recall_list import recall_list
from ui.text import Safe, badge, joined, md, plain, t
from ui.when import full_date

PLACE = "campaigns"
_OPEN = "campaign_open"
_LIST = "campaign_list"
_NAMED = 5
_SHOWN = 30  # of the thousands a maker's list may bring; the rest are found by code or words


@st.fragment
def campaigns() -> None:
    """The newest, or those searched for, on the left; one to change, a new one, or a list on the right."""
    with look() as work:
        rows = all_campaigns(work, str(st.session_state.get("campaign_search", "")), _SHOWN)
        chosen = next((one for one in rows if one.row.id == st.session_state.get(_OPEN)), None)
        unknown = unknown_vins(work, chosen.row.vins) if chosen else []
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _top(rows)
    with right:
        notices(PLACE)
        if st.session_state.get(_LIST):
            recall_list()
            return
        if unknown:
            _warn(unknown)
        if chosen and chosen.ranges:
            st.caption(t("{n} rows of a list say which cars it is for.", n=chosen.ranges))
        campaign_form(chosen.row if chosen else None)


def _top(rows: list[CampaignState]) -> None:
    taps = st.container(horizontal=True, gap="small")
    taps.button(t("New campaign"), key="campaign_new", icon=":material/add:", on_click=_choose, args=(None,))
    taps.button(t("Import a list"), key="campaign_import", icon=":material/upload_file:", on_click=_bring)
    searched = st.text_input(
        t("Search"), key="campaign_search", placeholder=plain("Code or words"), label_visibility="collapsed"
    )
    for one in rows:
        _card(one)
    if len(rows) == _SHOWN:
        st.caption(t("The newest {n}. Search for others by code or words.", n=_SHOWN))
    elif not rows and searched:
        st.caption(t("No recall or campaign with these words."))
    elif not rows:
        st.caption(t("No recall or campaign yet. Its cars come on the list to call by themselves."))


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
    st.session_state[_LIST] = False


def _bring() -> None:
    st.session_state[_LIST] = True


def _warn(unknown: list[str]) -> None:
    named = ", ".join(unknown[:_NAMED]) + ("…" if len(unknown) > _NAMED else "")
    st.warning(t("{n} VINs belong to no car in the files: {vins}", n=len(unknown), vins=named), icon=":material/help:")
